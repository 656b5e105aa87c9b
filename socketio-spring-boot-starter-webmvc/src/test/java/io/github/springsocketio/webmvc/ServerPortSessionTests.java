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

package io.github.springsocketio.webmvc;

import java.util.concurrent.ConcurrentHashMap;

import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.test.client.Transport;
import io.github.springsocketio.testsupport.Await;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;
import org.springframework.session.events.SessionDeletedEvent;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint on a port of its own, with the sessions of a servlet application.
 */
class ServerPortSessionTests {

	/**
	 * With the ids encoded and a repository that tells of the ends of sessions; with
	 * neither.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void springSessionIsShared(boolean full) {
		try (MvcApplication application = MvcApplication.run(WithSpringSession.class, MvcApplication.ON_TOMCAT,
				"socketio.server.port=0", "socketio.security.authentication-required=true",
				"socketio.security.expiry-grace=100ms", "socketio.web-session.check-interval=" + (full ? "1h" : "20ms"),
				"test.full=" + full, "socketio.server.session-cookie=SID");
				SocketIoTester tester = testerOfPort(application)) {
			tester.expectConnectError().expectCode("unauthenticated");
			application.login("jane");
			assertThat(application.get("/visit").body()).isEqualTo("1");
			SocketIoTester browser = tester.cookies(application.cookies());
			for (Transport transport : Transport.values()) {
				SocketTester socket = browser.transports(transport).connect();
				socket.emitWithAck("who").expectAck(String.class).isEqualTo("jane");
			}
			SocketTester socket = browser.connect();
			socket.handshake().expectNoHeader("Set-Cookie");
			socket.emitWithAck("visit").expectAck(Integer.class).isEqualTo(2);
			assertThat(application.get("/visit").body()).isEqualTo("3");
			application.bean(SocketIoServer.class).user("jane").emit("hello");
			socket.expectEvent("hello");
			application.form("/logout", "/logout", "");
			if (full) {
				socket.expectDisconnect("io server disconnect");
			}
			else {
				socket.expectEvent("auth:expiring");
				socket.expectDisconnect("transport close");
			}
			browser.expectConnectError().expectCode("unauthenticated");
		}
	}

	@Test
	void sessionOfTheContainerIsNotSeen() {
		try (MvcApplication application = MvcApplication.run(Common.class, MvcApplication.ON_TOMCAT,
				"socketio.server.port=0"); SocketIoTester tester = testerOfPort(application)) {
			application.login("jane");
			SocketTester socket = tester.cookies(application.cookies()).connect();
			socket.emitWithAck("who").expectAck(String.class).isEqualTo("nobody");
			socket.emitWithAck("visit").expectAck(Integer.class).isEqualTo(-1);
		}
	}

	private static SocketIoTester testerOfPort(MvcApplication application) {
		return SocketIoTester
			.bindToServer("http://localhost:"
					+ application.bean(Environment.class).getRequiredProperty("local.socketio.port"))
			.timeout(Await.LIMIT);
	}

	/**
	 * Users, pages and handlers.
	 */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Pages.class)
	static class Common {

		@Bean
		InMemoryUserDetailsManager users() {
			return new InMemoryUserDetailsManager(
					User.withUsername("jane").password("{noop}secret").roles("USER").build());
		}

		@Bean
		SecurityFilterChain pages(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.formLogin(Customizer.withDefaults())
				.build();
		}

		@Bean
		NamespaceConfigurer handlers() {
			return (io) -> io
				.on("who",
						(socket, event) -> event
							.ack((socket.principal() != null) ? socket.principal().getName() : "nobody"))
				.handle("visit", (socket, event) -> socket.handshake().session().flatMap((session) -> {
					int visits = session.getAttributeOrDefault("visits", 0) + 1;
					session.getAttributes().put("visits", visits);
					return session.save().thenReturn(visits);
				}).defaultIfEmpty(-1));
		}

	}

	@RestController
	static class Pages {

		@GetMapping("/visit")
		int visit(HttpSession session) {
			Integer visits = (Integer) session.getAttribute("visits");
			session.setAttribute("visits", (visits != null) ? visits + 1 : 1);
			return (int) session.getAttribute("visits");
		}

	}

	@Import(Common.class)
	@EnableSpringHttpSession
	static class WithSpringSession {

		@Bean
		MapSessionRepository sessions(Environment environment, ApplicationEventPublisher events) {
			boolean tells = environment.getRequiredProperty("test.full", Boolean.class);
			return new MapSessionRepository(new ConcurrentHashMap<>()) {
				@Override
				public void deleteById(String id) {
					Session session = findById(id);
					super.deleteById(id);
					if (tells && session != null) {
						events.publishEvent(new SessionDeletedEvent(this, session));
					}
				}
			};
		}

		@Bean
		DefaultCookieSerializer cookies(Environment environment) {
			DefaultCookieSerializer serializer = new DefaultCookieSerializer();
			serializer.setCookieName("SID");
			serializer.setUseBase64Encoding(environment.getRequiredProperty("test.full", Boolean.class));
			return serializer;
		}

	}

}
