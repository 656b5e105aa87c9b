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

package io.github.springsocketio.autoconfigure.security;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springsocketio.socketio.SocketAuthentication;
import io.github.springsocketio.socketio.SocketAuthenticator;
import io.github.springsocketio.socketio.annotation.Emits;
import io.github.springsocketio.socketio.annotation.OnConnect;
import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketIoController;
import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PostAuthorize;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.method.configuration.EnableReactiveMethodSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.annotation.CurrentSecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Method security and transactions on annotated handlers of every return type.
 */
@Timeout(120)
class SecuredHandlersApplicationTests {

	private static final List<String> EVENTS = List.of("nothing", "value", "mono", "stage", "flux", "publisher",
			"transactional");

	private ConfigurableApplicationContext context;

	private SocketIoTester tester;

	@AfterEach
	void close() {
		this.tester.close();
		this.context.close();
	}

	private void run(Class<?> application) {
		this.context = new SpringApplicationBuilder(application).web(WebApplicationType.REACTIVE)
			.properties("server.port=0", "spring.main.banner-mode=off", "spring.reactor.netty.shutdown-quiet-period=0s",
					"socketio.shutdown-timeout=500ms")
			.run();
		this.tester = SocketIoTester
			.bindToServer("http://localhost:" + this.context.getEnvironment().getProperty("local.server.port"))
			.timeout(Await.LIMIT);
	}

	private SocketIoTester user(String name) {
		String credentials = Base64.getEncoder().encodeToString((name + ":secret").getBytes(StandardCharsets.UTF_8));
		return this.tester.header("Authorization", "Basic " + credentials);
	}

	private static String code(SocketTester socket, String event, Object... args) {
		Map<?, ?> ack = socket.emitWithAck(event, args).expectAck(Map.class).value();
		assertThat(ack.get("error")).as(event).isInstanceOf(Map.class);
		return String.valueOf(((Map<?, ?>) ack.get("error")).get("code"));
	}

	@ParameterizedTest
	@ValueSource(classes = { Reactive.class, Imperative.class })
	void preAuthorizeTakesEffectOnEveryKindOfHandler(Class<?> application) {
		run(application);
		SocketTester ann = user("ann").connect();
		SocketTester root = user("root").connect();
		Calls calls = this.context.getBean(Calls.class);
		for (String event : EVENTS) {
			assertThat(code(ann, event)).as(event).isEqualTo("access-denied");
		}
		assertThat(calls.count).hasValue(0);
		root.emitWithAck("nothing").expectEmptyAck();
		root.emitWithAck("value").expectAck(String.class).isEqualTo("root");
		root.emitWithAck("mono").expectAck(String.class).isEqualTo("root");
		root.emitWithAck("stage").expectAck(String.class).isEqualTo("root");
		root.emitWithAck("transactional").expectAck(Boolean.class).isEqualTo(true);
		root.emit("flux");
		root.expectEvent("number", Integer.class).isEqualTo(1);
		root.emitWithAck("publisher").expectEmptyAck();
		root.expectEvents("item", "item");
		assertThat(calls.count).hasValue(7);
	}

	@Test
	void postAuthorizeTakesEffectOnEveryKindOfHandler() {
		run(Reactive.class);
		SocketTester ann = user("ann").connect();
		for (String event : List.of("postValue", "postMono", "postStage")) {
			ann.emitWithAck(event, "ann").expectAck(String.class).isEqualTo("ann");
			assertThat(code(ann, event, "bob")).as(event).isEqualTo("access-denied");
		}
		assertThat(code(ann, "postNothing")).isEqualTo("access-denied");
		ann.emitWithAck("postPublisher", "ann").expectEmptyAck();
		ann.expectEvents("item", "item");
		assertThat(code(ann, "postPublisher", "bob")).isEqualTo("access-denied");
		ann.expectEvents("item");
	}

	@Test
	void postAuthorizeOfImperativeSecurityTakesEffectOnValues() {
		run(Imperative.class);
		SocketTester ann = user("ann").connect();
		ann.emitWithAck("postValue", "ann").expectAck(String.class).isEqualTo("ann");
		assertThat(code(ann, "postValue", "bob")).isEqualTo("access-denied");
		assertThat(code(ann, "postNothing")).isEqualTo("access-denied");
	}

	@ParameterizedTest
	@ValueSource(classes = { Reactive.class, Imperative.class })
	void preAuthorizeOfTheControllerGuardsTheNamespace(Class<?> application) {
		run(application);
		user("ann").namespace("/admin")
			.expectConnectError()
			.expectMessage("Access denied")
			.satisfies((error) -> assertThat(String.valueOf(error.data())).contains("access-denied"));
		user("root").namespace("/admin").connect().emitWithAck("who").expectAck(String.class).isEqualTo("root");
	}

	@ParameterizedTest
	@ValueSource(classes = { Reactive.class, Imperative.class })
	void whoHasNotLoggedInIsToldSo(Class<?> application) {
		run(application);
		SocketTester nobody = this.tester.connect();
		for (String event : EVENTS) {
			assertThat(code(nobody, event)).as(event).isEqualTo("unauthenticated");
		}
		assertThat(code(nobody, "principal")).isEqualTo("unauthenticated");
		assertThat(code(nobody, "authentication")).isEqualTo("unauthenticated");
		this.tester.namespace("/admin")
			.expectConnectError()
			.satisfies((error) -> assertThat(String.valueOf(error.data())).contains("unauthenticated"));
	}

	@ParameterizedTest
	@ValueSource(classes = { Reactive.class, Imperative.class })
	void whoIsAuthenticatedByTheAuthPayloadIsNotTheUserOfTheRequest(Class<?> application) {
		run(application);
		SocketTester robot = user("root").auth(Map.of("robot", true)).connect();
		for (String event : EVENTS) {
			assertThat(code(robot, event)).as(event).isIn("access-denied", "unauthenticated");
		}
	}

	@Test
	void argumentsComeFromTheSecurityContext() {
		run(Reactive.class);
		SocketTester ann = user("ann").connect();
		ann.emitWithAck("principal").expectAck(String.class).isEqualTo("ann ann");
		ann.emitWithAck("authentication").expectAck(String.class).isEqualTo("ann ann");
		ann.emitWithAck("currentContext").expectAck(String.class).isEqualTo("ann");
	}

	@Test
	void reactiveServicesThatHandlersCallAreAuthorized() {
		run(Reactive.class);
		user("root").connect().emitWithAck("service").expectAck(String.class).isEqualTo("root");
		assertThat(code(user("ann").connect(), "service")).isEqualTo("access-denied");
	}

	@Test
	void servicesThatBlockingHandlersCallAreAuthorized() {
		run(Imperative.class);
		SocketTester root = user("root").connect();
		root.emitWithAck("blockingService").expectAck(String.class).isEqualTo("root");
		root.emitWithAck("blockingContext").expectAck(String.class).isEqualTo("root");
		assertThat(code(user("ann").connect(), "blockingService")).isEqualTo("access-denied");
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableReactiveMethodSecurity
	@Import(Shared.class)
	static class Reactive {

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableMethodSecurity
	@Import(Shared.class)
	static class Imperative {

	}

	@EnableTransactionManagement(proxyTargetClass = true)
	@Import({ Handlers.class, AdminHandlers.class, Calls.class, SecuredService.class })
	static class Shared {

		@Bean
		SecurityWebFilterChain security(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
				.httpBasic(Customizer.withDefaults())
				.csrf(CsrfSpec::disable)
				.build();
		}

		@Bean
		MapReactiveUserDetailsService users() {
			return new MapReactiveUserDetailsService(
					User.withUsername("ann").password("{noop}secret").roles("USER").build(),
					User.withUsername("root").password("{noop}secret").roles("ADMIN").build());
		}

		@Bean
		SocketAuthenticator robots() {
			return (namespace, handshake) -> handshake.auth().containsKey("robot")
					? Mono.just(SocketAuthentication.of(() -> "robot")) : Mono.empty();
		}

		@Bean
		PlatformTransactionManager transactionManager() {
			return new NoTransactions();
		}

	}

	static class Calls {

		final AtomicInteger count = new AtomicInteger();

	}

	static class SecuredService {

		@PreAuthorize("hasRole('ADMIN')")
		Mono<String> find() {
			return Mono.just("root");
		}

	}

	@SocketIoController
	static class Handlers {

		private final Calls calls;

		private final SecuredService service;

		Handlers(Calls calls, SecuredService service) {
			this.calls = calls;
			this.service = service;
		}

		@OnEvent
		@PreAuthorize("hasRole('ADMIN')")
		void nothing() {
			this.calls.count.incrementAndGet();
		}

		@OnEvent
		@PreAuthorize("hasRole('ADMIN')")
		String value(@AuthenticationPrincipal UserDetails user) {
			this.calls.count.incrementAndGet();
			return user.getUsername();
		}

		@OnEvent
		@PreAuthorize("hasRole('ADMIN')")
		Mono<String> mono(Principal user) {
			this.calls.count.incrementAndGet();
			return Mono.just(user.getName());
		}

		@OnEvent
		@PreAuthorize("hasRole('ADMIN')")
		CompletionStage<String> stage(Principal user) {
			this.calls.count.incrementAndGet();
			return CompletableFuture.supplyAsync(user::getName);
		}

		@OnEvent
		@Emits("number")
		@PreAuthorize("hasRole('ADMIN')")
		Flux<Integer> flux() {
			this.calls.count.incrementAndGet();
			return Flux.just(1);
		}

		@OnEvent
		@Emits("item")
		@PreAuthorize("hasRole('ADMIN')")
		Flow.Publisher<Integer> publisher() {
			this.calls.count.incrementAndGet();
			return JdkFlowAdapter.publisherToFlowPublisher(Flux.just(1, 2));
		}

		@OnEvent
		@PreAuthorize("hasRole('ADMIN')")
		@Transactional
		boolean transactional() {
			this.calls.count.incrementAndGet();
			return TransactionSynchronizationManager.isActualTransactionActive();
		}

		@OnEvent
		@PostAuthorize("returnObject == authentication.name")
		String postValue(String name) {
			return name;
		}

		@OnEvent
		@PostAuthorize("returnObject == authentication.name")
		Mono<String> postMono(String name) {
			return Mono.just(name);
		}

		@OnEvent
		@Emits("item")
		@PostAuthorize("returnObject == authentication.name")
		Flow.Publisher<String> postPublisher(String last) {
			return JdkFlowAdapter.publisherToFlowPublisher(Flux.just("ann", last));
		}

		@OnEvent
		@PostAuthorize("returnObject != null")
		void postNothing() {
		}

		@OnEvent
		String principal(@AuthenticationPrincipal UserDetails user,
				@AuthenticationPrincipal(expression = "username") String name) {
			return user.getUsername() + " " + name;
		}

		@OnEvent
		Mono<String> authentication(Authentication authentication, Principal principal) {
			return Mono.just(authentication.getName() + " " + principal.getName());
		}

		@OnEvent
		Mono<String> currentContext(@CurrentSecurityContext(expression = "authentication.name") String name) {
			return Mono.just(name);
		}

		@OnEvent
		Mono<String> service() {
			return this.service.find();
		}

		@OnEvent
		String blockingService() {
			return this.service.find().block(Await.LIMIT);
		}

		@OnEvent
		@PostAuthorize("returnObject == authentication.name")
		CompletionStage<String> postStage(String name) {
			return CompletableFuture.supplyAsync(() -> name);
		}

		@OnEvent
		String blockingContext() {
			return SecurityContextHolder.getContext().getAuthentication().getName();
		}

	}

	@SocketIoController("/admin")
	@PreAuthorize("hasRole('ADMIN')")
	static class AdminHandlers {

		@OnConnect
		void admit() {
		}

		@OnEvent
		String who(Principal user) {
			return user.getName();
		}

	}

	private static final class NoTransactions extends AbstractPlatformTransactionManager {

		@Override
		protected Object doGetTransaction() {
			return new Object();
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
		}

	}

}
