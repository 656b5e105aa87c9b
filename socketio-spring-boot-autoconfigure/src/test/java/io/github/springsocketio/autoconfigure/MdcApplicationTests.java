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

import java.time.Duration;
import java.util.Map;

import io.github.springsocketio.autoconfigure.observation.SocketIoMdcAutoConfiguration;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.SocketAuthentication;
import io.github.springsocketio.socketio.SocketAuthenticator;
import io.github.springsocketio.socketio.SocketIoOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the log lines of handlers are told of the socket.
 */
@Timeout(120)
class MdcApplicationTests {

	@Test
	void logLinesOfHandlersHaveTheSocket() {
		try (TestApplication application = TestApplication.run(Application.class, "socketio.mdc.enabled=true",
				"socketio.allow-eio3=true")) {
			try (WireWebSocket websocket = application.websocket("/socket.io/?EIO=4&transport=websocket")) {
				assertThat(websocket.receive()).startsWith("0{");
				websocket.send("40{\"user\":\"ja\\nne\"}");
				String id = TestApplication.sid(websocket.receive());
				String expected = "[\"" + id + " / ja\\\\u000ane\"]";
				websocket.send("420[\"listener\"]");
				assertThat(websocket.receive()).isEqualTo("430" + expected);
				websocket.send("421[\"deferred\"]");
				assertThat(websocket.receive()).isEqualTo("431" + expected);
				websocket.send("422[\"blocking\"]");
				assertThat(websocket.receive()).isEqualTo("432" + expected);
				websocket.send("423[\"elsewhere\"]");
				assertThat(websocket.receive()).isEqualTo("433[\"null null null\"]");
			}
			try (WireWebSocket websocket = application.websocket("/socket.io/?EIO=3&transport=websocket")) {
				assertThat(websocket.receive()).startsWith("0{");
				assertThat(websocket.receive()).isEqualTo("40");
				// the id is that of the session, which is a secret
				websocket.send("420[\"listener\"]");
				assertThat(websocket.receive()).isEqualTo("430[\"null / null\"]");
			}
		}
	}

	@Test
	void nothingIsAddedUnlessItIsAskedFor() {
		ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner().withConfiguration(
				AutoConfigurations.of(SocketIoAutoConfiguration.class, SocketIoMdcAutoConfiguration.class));
		runner.run((context) -> {
			assertThat(context.getBean(SocketIoOptions.class).handlers().observers()).isEmpty();
			assertThat(context.getBean(SocketIoOptions.class).handlers().threadContexts()).isEmpty();
		});
	}

	private static String mdc() {
		Map<String, String> values = MDC.getCopyOfContextMap();
		Map<String, String> all = (values != null) ? values : Map.of();
		return all.get("socketio.socket") + " " + all.get("socketio.namespace") + " " + all.get("socketio.user");
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = { ReactiveWebSecurityAutoConfiguration.class,
			ReactiveUserDetailsServiceAutoConfiguration.class, ReactiveManagementWebSecurityAutoConfiguration.class })
	static class Application {

		@Bean
		NamespaceConfigurer namespaces() {
			return (io) -> io.sockets()
				.on("listener", (socket, event) -> event.ack(mdc()))
				.handle("deferred", (socket, event) -> Mono.fromCallable(MdcApplicationTests::mdc))
				.handleBlocking("blocking", (socket, event) -> mdc())
				// without automatic context propagation, which is the application's to
				// switch on
				.handle("elsewhere", (socket, event) -> Mono.delay(Duration.ofMillis(1), Schedulers.parallel())
					.map((tick) -> mdc()));
		}

		@Bean
		SocketAuthenticator authenticator() {
			return (namespace, handshake) -> Mono.justOrEmpty(handshake.auth().get("user"))
				.map((user) -> SocketAuthentication.of(user::toString));
		}

	}

}
