/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.springsocketio.autoconfigure.training;

import io.github.springsocketio.engineio.web.AllowRequest;
import io.github.springsocketio.engineio.web.AllowRequest.Decision;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * An application that accepts clients with a header only.
 */
@SpringBootConfiguration
@EnableAutoConfiguration(exclude = { ReactiveWebSecurityAutoConfiguration.class,
		ReactiveUserDetailsServiceAutoConfiguration.class, ReactiveManagementWebSecurityAutoConfiguration.class })
public class TrainingApplication {

	/**
	 * Start the application on a free port.
	 * @param arguments properties
	 */
	public static void main(String[] arguments) {
		builder().run(arguments);
	}

	static SpringApplicationBuilder builder() {
		return new SpringApplicationBuilder(TrainingApplication.class).web(WebApplicationType.REACTIVE)
			.properties("server.port=0", "spring.main.banner-mode=off", "spring.reactor.netty.shutdown-quiet-period=0s",
					"socketio.training.duration=0s");
	}

	@Bean
	AllowRequest members() {
		return (exchange) -> Mono.just("member".equals(exchange.getRequest().getHeaders().getFirst("X-Role"))
				? Decision.accept() : Decision.reject("members only"));
	}

}
