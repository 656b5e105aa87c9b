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

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.springsocketio.autoconfigure.security.servlet.SocketIoRequest;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketIoController;
import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.test.client.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring Security in a servlet application. Configurations are those of
 * docs/spring-mvc.md.
 */
class MvcSecurityTests {

	private MvcApplication application;

	private MvcApplication run(Class<?> configuration, String... properties) {
		this.application = MvcApplication.run(configuration,
				StringUtils.addStringToArray(properties, MvcApplication.ON_TOMCAT));
		return this.application;
	}

	@AfterEach
	void close() {
		if (this.application != null) {
			this.application.close();
		}
	}

	private static void assertIs(SocketTester socket, String user) {
		socket.emitWithAck("who").expectAck(String.class).isEqualTo(user);
	}

	private static void assertRefused(SocketIoTester tester) {
		tester.handshake().expectStatus(401).expectNoHeader("WWW-Authenticate");
	}

	@Test
	void blocksOfTheDocumentationAreCopiesOfTheConfigurations() throws IOException {
		String source = Files.readString(Path.of("src/test/java", getClass().getName().replace('.', '/') + ".java"))
			.replaceAll("\\s+", " ");
		Matcher block = Pattern.compile("```java\n(@Bean.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(Path.of("../docs/spring-mvc.md")));
		int blocks = 0;
		while (block.find()) {
			blocks++;
			assertThat(source).contains(block.group(1).strip().replaceAll("\\s+", " "));
		}
		assertThat(blocks).isEqualTo(2);
	}

	@Test
	void formLogin() {
		run(FormLogin.class);
		for (Transport transport : Transport.values()) {
			assertLogin((browser) -> browser.transports(transport));
		}
		// with an upgrade
		assertLogin((browser) -> browser);
	}

	private void assertLogin(UnaryOperator<SocketIoTester> customizer) {
		assertRefused(this.application.browser());
		// nor is the poll what the login leads to
		assertThat(this.application.get("/socket.io/?EIO=4&transport=polling").statusCode()).isEqualTo(401);
		this.application.login("jane");
		SocketTester socket = customizer.apply(this.application.browser()).connect();
		assertIs(socket, "jane");
		this.application.bean(SocketIoServer.class).user("jane").emit("hello");
		socket.expectEvent("hello");
		socket.emitWithAck("user").expectAck(String.class).isEqualTo("for jane");
		socket.emitWithAck("blocking").expectAck(String.class).isEqualTo("for jane");
		socket.emitWithAck("admin")
			.expectAck(Object.class)
			.satisfies((ack) -> assertThat(ack.toString()).contains("error").doesNotContain("for jane"));
		assertThat(this.application.post("/logout", "").statusCode()).isEqualTo(403);
		assertThat(this.application.form("/logout", "/logout", "").statusCode()).isEqualTo(302);
		socket.expectDisconnect("io server disconnect");
	}

	@Test
	void matcherFollowsThePaths() {
		run(FormLogin.class, "socketio.path=/ws", "server.servlet.context-path=/app");
		assertThat(this.application.get("/app/ws/?EIO=4&transport=polling").statusCode()).isEqualTo(401);
		// a page, whose requests are sent to the login
		assertThat(this.application.get("/app/wsx/?EIO=4&transport=polling").statusCode()).isEqualTo(302);
		assertThat(this.application.get("/app/socket.io/?EIO=4&transport=polling").statusCode()).isEqualTo(302);
	}

	@Test
	void corsComesBeforeSecurity() {
		run(FormLogin.class, "socketio.cors.allowed-origins=https://example.com",
				"socketio.cors.allow-credentials=true");
		String path = "/socket.io/?EIO=4&transport=polling";
		HttpResponse<String> preflight = this.application.options(path, "Origin", "https://example.com",
				"Access-Control-Request-Method", "POST");
		assertThat(preflight.statusCode()).isEqualTo(204);
		assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://example.com");
		HttpResponse<String> refused = this.application.get(path, "Origin", "https://example.com");
		assertThat(refused.statusCode()).isEqualTo(401);
		assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://example.com");
		assertThat(refused.headers().allValues("Vary")).contains("Origin");
		this.application.login("jane");
		HttpResponse<String> accepted = this.application.get(path, "Origin", "https://example.com");
		assertThat(accepted.statusCode()).isEqualTo(200);
		assertThat(accepted.headers().allValues("Access-Control-Allow-Origin")).containsExactly("https://example.com");
	}

	private static String basic(String user) {
		return "Basic " + Base64.getEncoder().encodeToString((user + ":secret").getBytes());
	}

	@Test
	void httpBasic() {
		run(HttpBasic.class);
		assertRefused(this.application.tester());
		assertRefused(this.application.tester().header("Authorization", basic("eve")));
		SocketTester socket = this.application.tester()
			.header("Authorization", basic("jane"))
			.transports(Transport.POLLING)
			.connect();
		assertIs(socket, "jane");
		EngineSession session = this.application.bean(EngineServer.class).sessions().iterator().next();
		String target = "/socket.io/?EIO=4&transport=polling&sid=" + session.id();
		HttpResponse<String> foreign = this.application.post(target, "42[\"who\"]", "Authorization", basic("joe"));
		assertThat(foreign.statusCode()).isEqualTo(403);
		assertThat(foreign.body()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
		assertIs(socket, "jane");
	}

	/**
	 * Users, and handlers that tell who they are.
	 */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableMethodSecurity
	@Import({ Handlers.class })
	static class Common {

		@Bean
		InMemoryUserDetailsManager users() {
			return new InMemoryUserDetailsManager(
					User.withUsername("jane").password("{noop}secret").roles("USER").build(),
					User.withUsername("joe").password("{noop}secret").roles("USER").build());
		}

		@Bean
		NamespaceConfigurer who() {
			return (io) -> io.on("who", (socket, event) -> event.ack(socket.principal().getName()));
		}

	}

	@SocketIoController
	static class Handlers {

		@OnEvent
		@PreAuthorize("hasRole('USER')")
		Mono<String> user(Principal principal) {
			return Mono.just("for " + principal.getName());
		}

		@OnEvent
		@PreAuthorize("hasRole('USER')")
		String blocking(Principal principal) {
			return "for " + principal.getName();
		}

		@OnEvent
		@PreAuthorize("hasRole('ADMIN')")
		String admin(Principal principal) {
			return "for " + principal.getName();
		}

	}

	@Import(Common.class)
	static class FormLogin {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		SecurityFilterChain socketIo(HttpSecurity http) {
			SocketIoRequest.withDefaults().customize(http);
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated()).build();
		}

		@Bean
		SecurityFilterChain pages(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.formLogin(Customizer.withDefaults())
				.build();
		}

	}

	@Import(Common.class)
	static class HttpBasic {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		SecurityFilterChain socketIo(HttpSecurity http) {
			SocketIoRequest.withDefaults().customize(http);
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.httpBasic((basic) -> basic.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED)))
				.build();
		}

	}

}
