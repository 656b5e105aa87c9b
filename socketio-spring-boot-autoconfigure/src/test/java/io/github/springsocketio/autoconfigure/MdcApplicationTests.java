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
import io.github.springsocketio.test.SocketTester;
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
			SocketTester socket = application.tester().auth(Map.of("user", "ja\nne")).connect();
			assertThat(socket.socket().id()).isNotNull();
			String expected = socket.socket().id() + " / ja\\u000ane";
			socket.emitWithAck("listener").expectAck().isEqualTo(expected);
			socket.emitWithAck("deferred").expectAck().isEqualTo(expected);
			socket.emitWithAck("blocking").expectAck().isEqualTo(expected);
			socket.emitWithAck("elsewhere").expectAck().isEqualTo("null null null");
			// the id is that of the session, which is a secret
			SocketTester old = application.tester().client((client) -> client.protocol(3)).connect();
			assertThat(old.socket().id()).isEqualTo(old.socket().io().sid());
			old.emitWithAck("listener").expectAck().isEqualTo("null / null");
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
