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

package io.github.springsocketio.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.springsocketio.autoconfigure.security.SocketIoServerLogoutHandler;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.Socket;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.http.MediaType;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.logout.DelegatingServerLogoutHandler;
import org.springframework.security.web.server.authentication.logout.SecurityContextServerLogoutHandler;
import org.springframework.security.web.server.authentication.logout.WebSessionServerLogoutHandler;
import org.springframework.session.config.ReactiveSessionRepositoryCustomizer;
import org.springframework.session.data.redis.ReactiveRedisSessionRepository;
import org.springframework.session.data.redis.RedisSessionMapper;
import org.springframework.session.data.redis.config.annotation.web.server.EnableRedisWebSession;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebSession;

/**
 * An application that is open to all and has a form login. No annotation makes it a
 * component, because the applications of other tests scan this package.
 */
@EnableAutoConfiguration
@EnableWebFluxSecurity
class LoginApplication {

	@Bean
	SecurityWebFilterChain security(ServerHttpSecurity http, SocketIoServerLogoutHandler disconnect) {
		return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
			.formLogin(Customizer.withDefaults())
			.logout((logout) -> logout.logoutHandler(new DelegatingServerLogoutHandler(disconnect,
					new SecurityContextServerLogoutHandler(), new WebSessionServerLogoutHandler())))
			.csrf(CsrfSpec::disable)
			.build();
	}

	@Bean
	MapReactiveUserDetailsService users() {
		return new MapReactiveUserDetailsService(
				User.withUsername("jane").password("{noop}secret").roles("USER").build());
	}

	@Bean
	Report report() {
		return new Report(new CompletableFuture<>());
	}

	@Bean
	RouterFunction<ServerResponse> pages(Report report) throws IOException {
		String page = new ClassPathResource("logins.html").getContentAsString(StandardCharsets.UTF_8);
		return RouterFunctions.route()
			.GET("/", (request) -> ServerResponse.ok().contentType(MediaType.TEXT_HTML).bodyValue(page))
			.POST("/start",
					(request) -> request.session().doOnNext(WebSession::start).then(ServerResponse.noContent().build()))
			.GET("/me",
					(request) -> request.principal()
						.map(Principal::getName)
						.defaultIfEmpty("nobody")
						.flatMap((name) -> ServerResponse.ok().bodyValue(name)))
			.POST("/report",
					(request) -> request.bodyToMono(String.class)
						.doOnNext(report.text()::complete)
						.then(ServerResponse.noContent().build()))
			.build();
	}

	@Bean
	NamespaceConfigurer events() {
		return (io) -> {
			io.of("/chat");
			io.sockets().onConnection(LoginApplication::tick).on("echo", (socket, event) -> event.ack(event.toArray()));
		};
	}

	/**
	 * Keep the connections of a client busy that asks for it.
	 */
	private static void tick(Socket socket) {
		if (socket.handshake().query().containsKey("busy")) {
			Flux.interval(Duration.ofMillis(20))
				.takeUntilOther(socket.onDisconnect())
				.subscribe((number) -> socket.emit("tick", number));
		}
	}

	/**
	 * What the page has found out.
	 *
	 * @param text completed with what it sends
	 */
	record Report(CompletableFuture<String> text) {

	}

	/**
	 * With Spring Session.
	 */
	@EnableAutoConfiguration
	@EnableWebFluxSecurity
	@EnableRedisWebSession
	static class OnRedis extends LoginApplication {

		@Bean
		LettuceConnectionFactory redis(@Value("${redis.port}") int port) {
			LettuceConnectionFactory factory = new LettuceConnectionFactory("127.0.0.1", port);
			// the first request would block an event loop while it connects
			factory.setEagerInitialization(true);
			return factory;
		}

		/**
		 * Ignore incomplete sessions. A request that is under way while a login changes
		 * the id may store the time of the last access with the former id, which Spring
		 * Session cannot read.
		 */
		@Bean
		ReactiveSessionRepositoryCustomizer<ReactiveRedisSessionRepository> completeSessions() {
			RedisSessionMapper mapper = new RedisSessionMapper();
			return (repository) -> repository.setRedisSessionMapper((id, values) -> values.containsKey("creationTime")
					? Mono.just(mapper.apply(id, values)) : Mono.empty());
		}

	}

}
