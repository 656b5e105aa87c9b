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

package io.github.springsocketio.autoconfigure;

import io.github.springsocketio.autoconfigure.security.HandlerSecurityAutoConfiguration;
import io.github.springsocketio.autoconfigure.security.SocketIoSecurityAutoConfiguration;
import io.github.springsocketio.socketio.annotation.NamespaceVariable;
import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketIoController;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableReactiveMethodSecurity;
import org.springframework.util.Assert;

/**
 * An application that is processed ahead of time.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({ CodecsAutoConfiguration.class, HandlerSecurityAutoConfiguration.class,
		HttpHandlerAutoConfiguration.class, JacksonAutoConfiguration.class,
		NettyReactiveWebServerAutoConfiguration.class, SocketIoAutoConfiguration.class,
		SocketIoSecurityAutoConfiguration.class, ValidationAutoConfiguration.class, WebFluxAutoConfiguration.class })
@EnableReactiveMethodSecurity
@Import(AheadOfTimeApplication.Handlers.class)
public class AheadOfTimeApplication {

	static final String STARTED = "started on port ";

	/**
	 * Start the application, and print its port.
	 * @param args properties
	 */
	public static void main(String[] args) {
		ConfigurableApplicationContext context = SpringApplication.run(AheadOfTimeApplication.class, args);
		// not there if the context is what was generated
		Assert.state(!context.containsBean(AnnotationConfigUtils.CONFIGURATION_ANNOTATION_PROCESSOR_BEAN_NAME),
				"Configuration classes are processed");
		// read by the test, in another process
		System.out.println(STARTED + context.getEnvironment().getProperty("local.server.port"));
	}

	record Author(@NotBlank String name) {

	}

	record Message(String text, @Valid Author author) {

	}

	record Receipt(String room, int length, Author author) {

	}

	@SocketIoController("/room-{room}")
	static class Handlers {

		@OnEvent
		Receipt send(@Valid Message message, @NamespaceVariable String room) {
			return new Receipt(room, message.text().length(), message.author());
		}

		@OnEvent
		@PreAuthorize("denyAll")
		String denied() {
			return "called";
		}

	}

}
