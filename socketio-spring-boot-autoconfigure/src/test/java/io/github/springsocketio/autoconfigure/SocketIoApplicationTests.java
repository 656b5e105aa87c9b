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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

import io.github.springsocketio.engineio.ConnectionError;
import io.github.springsocketio.engineio.EngineListener;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.web.AllowRequest;
import io.github.springsocketio.engineio.web.EngineFilter;
import io.github.springsocketio.engineio.web.HeadersListener;
import io.github.springsocketio.engineio.web.InitialHeadersListener;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.adapter.Adapter;
import io.github.springsocketio.socketio.adapter.AdapterFactory;
import io.github.springsocketio.socketio.adapter.InMemoryAdapter;
import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.RawWebSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests of the auto-configured server in an application, on the wire.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class SocketIoApplicationTests {

	private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

	private TestApplication application;

	@AfterEach
	void close() {
		if (this.application != null) {
			this.application.close();
		}
	}

	@Test
	@Tag("CK-06")
	@Tag("CK-05")
	void handshakeSendsTheSessionCookie() {
		run("socketio.cookie.enabled=true");
		HttpResponse<String> response = this.application.get(POLLING);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().allValues("Set-Cookie"))
			.containsExactly("io=" + TestApplication.sid(response.body()) + "; Path=/; HttpOnly; SameSite=Lax");
	}

	@Test
	void logTellsWhyClientsWereRefusedAndConnectionsClosed(CapturedOutput output) {
		run("logging.level.io.github.springsocketio.engineio=debug");
		this.application.get("/socket.io/?EIO=4&transport=foo");
		try (RawWebSocket websocket = this.application.websocket("/socket.io/?EIO=4&transport=websocket")) {
			String open = websocket.readText();
			this.application.get(POLLING + "&sid=" + TestApplication.sid(open));
			websocket.sendText("x");
			Await.until("the end is logged",
					() -> output.getOut().matches("(?s).*A connection of \\S+ was closed: parse error.*"));
			assertThat(output).containsPattern("A request of \\S+ was refused: Transport unknown")
				.containsPattern("A request of \\S+ was refused: Bad request \\(TRANSPORT_MISMATCH\\)")
				.doesNotContain(TestApplication.sid(open));
		}
	}

	@Test
	@Tag("CK-01")
	void withoutPropertiesThereIsNoCookie() {
		run();
		HttpResponse<String> response = this.application.get(POLLING);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000");
		assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
	}

	@Test
	@Tag("OP-01")
	void listensOnTheConfiguredPathBelowTheBasePath() {
		run("socketio.path=/ws", "spring.webflux.base-path=/app");
		assertThat(this.application.get("/app/ws/?EIO=4&transport=polling").statusCode()).isEqualTo(200);
		assertThat(this.application.get("/ws/?EIO=4&transport=polling").statusCode()).isEqualTo(404);
		assertThat(this.application.get("/app/socket.io/?EIO=4&transport=polling").statusCode()).isEqualTo(404);
	}

	@Test
	@Tag("EIO-24")
	void listenersOfTheEngineAreTold() {
		run(Watching.class);
		this.application.get(POLLING);
		this.application.get(POLLING + "&sid=nope");
		assertThat(this.application.bean(Watching.class).seen).containsExactly("connection", "UNKNOWN_SID");
	}

	@Test
	void managementPortDoesNotServeTheEndpoint() {
		run("management.server.port=0");
		String management = this.application.context().getEnvironment().getRequiredProperty("local.management.port");
		SocketIoTester.bindToServer("http://localhost:" + management).handshake().expectStatus(404);
		assertThat(this.application.get(POLLING).statusCode()).isEqualTo(200);
	}

	@Test
	@Tag("CK-60")
	void beansOfTheHandshakeAreCalledInTheirOrder() {
		run(Handshake.class);
		HttpResponse<String> response = this.application.get(POLLING);
		assertThat(response.headers().allValues("x-order")).containsExactly("initial 1", "initial 2", "headers 1",
				"headers 2");
		assertThat(response.headers().allValues("x-allow")).containsExactly("filter 1", "filter 2", "1", "2");
	}

	@Test
	@Tag("OP-30")
	void answerIsCompressedOnceWhenTheWebServerCompressesToo() throws IOException {
		run(BigGreeting.class, "server.compression.enabled=true", "server.compression.min-response-size=1B");
		String target = POLLING + "&sid=" + TestApplication.sid(this.application.get(POLLING).body());
		assertThat(this.application.post(target, "40").body()).isEqualTo("ok");
		try (RawHttp http = new RawHttp(this.application.port())) {
			RawResponse response = http.get(target, "Accept-Encoding: gzip");
			assertThat(response.headers("Content-Encoding")).containsExactly("gzip");
			assertThat(unzip(response.body())).startsWith("40{\"sid\":").contains("[\"greeting\",\"aaaa");
		}
	}

	@Test
	@Tag("EIO-124")
	@Tag("EIO-127")
	void stopClosesTheSessionsBeforeTheWebServerStops() {
		run("server.shutdown=graceful", "spring.lifecycle.timeout-per-shutdown-phase=10m");
		try (RawWebSocket websocket = this.application.websocket("/socket.io/?EIO=4&transport=websocket")) {
			assertThat(websocket.readText()).startsWith("0{");
			EngineServer engine = this.application.bean(EngineServer.class);
			assertThat(engine.clientsCount()).isEqualTo(1);
			CompletableFuture<Integer> close = CompletableFuture.supplyAsync(websocket::readClose,
					(task) -> new Thread(task, "client").start());
			this.application.stop();
			assertThat(Await.get("the close frame", close)).isNotNull();
			assertThat(engine.clientsCount()).isZero();
		}
	}

	@Test
	@Tag("OP-04")
	void stopDoesNotWaitForAnAdapterThatDoesNotClose(CapturedOutput output) {
		run(UncloseableAdapter.class, "socketio.shutdown-timeout=50");
		this.application.stop();
		assertThat(output).contains("was not closed within 50 ms");
	}

	@Test
	void oneLineAtStartSaysWhatTheServerOffers(CapturedOutput output) {
		run("socketio.cookie.enabled=true", "socketio.transports=websocket",
				"logging.level.io.github.springsocketio=info");
		assertThat(output.getOut().lines().filter((line) -> line.contains("Socket.IO on path"))).singleElement()
			.asString()
			.contains("INFO", "path '/socket.io'", "transports websocket,", "cookie 'io'", "adapter=InMemoryAdapter")
			.containsPattern("/\\S* \\(\\d+ handlers?\\)");
	}

	@Test
	void serverThatWasStoppedSaysThatItDoesNotStartAgain() {
		run();
		ConfigurableApplicationContext context = this.application.context();
		context.stop();
		assertThatException().isThrownBy(context::start)
			.havingRootCause()
			.isInstanceOf(IllegalStateException.class)
			.withMessageContaining("cannot be started again");
	}

	@Test
	@Tag("CK-14")
	void refusedPropertyIsExplainedWithoutAStackTrace(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> run("socketio.cookie.enabled=true", "socketio.cookie.domain=example.com:80"));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property: socketio.cookie.domain")
			.contains("Value: \"example.com:80\"")
			.contains("Origin:")
			.contains("Correct the value of 'socketio.cookie.domain'")
			.doesNotContain("\tat ");
	}

	@Test
	@Tag("CK-37")
	void unknownValueIsExplainedWithTheValidOnes(CapturedOutput output) {
		assertThatException().isThrownBy(() -> run("socketio.cookie.enabled=true", "socketio.cookie.same-site=some"));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property: socketio.cookie.same-site")
			.containsPattern("LAX\\s+NONE\\s+OMITTED\\s+STRICT")
			.doesNotContain("\tat ");
	}

	@ParameterizedTest
	@CsvSource({ "socketio.cookie, true, Set 'socketio.cookie.enabled' to true or false instead",
			"socketio.websocket.compression, true, Set 'socketio.websocket.compression.enabled' to true or false",
			"socketio.cors, *, Set the properties under 'socketio.cors' instead" })
	void valueOfAGroupIsExplained(String property, String value, String action, CapturedOutput output) {
		assertThatException().isThrownBy(() -> run(property + "=" + value));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property: " + property + System.lineSeparator())
			.contains("Value: \"" + value + "\"")
			.contains(action)
			.doesNotContain("ConverterNotFoundException")
			.doesNotContain("\tat ");
	}

	private void run(String... properties) {
		run(Application.class, properties);
	}

	private void run(Class<?> application, String... properties) {
		this.application = TestApplication.run(application, properties);
	}

	private static String unzip(byte[] bytes) throws IOException {
		try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(OpenToAll.class)
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class OpenToAll {

		@Bean
		SecurityWebFilterChain security(ServerHttpSecurity http) {
			return http.csrf(CsrfSpec::disable)
				.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
				.build();
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(OpenToAll.class)
	static class UncloseableAdapter {

		@Bean
		AdapterFactory adapterFactory() {
			return (namespace) -> {
				Adapter adapter = new InMemoryAdapter(namespace);
				return (Adapter) Proxy.newProxyInstance(Adapter.class.getClassLoader(),
						new Class<?>[] { Adapter.class }, (proxy, method, args) -> method.getName().equals("close")
								? Mono.never() : method.invoke(adapter, args));
			};
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(OpenToAll.class)
	static class BigGreeting {

		@Bean
		NamespaceConfigurer greeting() {
			return (io) -> io.sockets().onConnection((socket) -> socket.emit("greeting", "a".repeat(5000)));
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(OpenToAll.class)
	static class Watching implements EngineListener {

		private final List<String> seen = new CopyOnWriteArrayList<>();

		@Override
		public void onConnection(EngineSession session) {
			this.seen.add("connection");
		}

		@Override
		public void onConnectionError(ConnectionError error) {
			this.seen.add(error.error().name());
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(OpenToAll.class)
	static class Handshake {

		@Bean
		@Order(2)
		EngineFilter secondFilter() {
			return filter("filter 2");
		}

		@Bean
		@Order(1)
		EngineFilter firstFilter() {
			return filter("filter 1");
		}

		@Bean
		@Order(2)
		AllowRequest secondAllow() {
			return allow("2");
		}

		@Bean
		@Order(1)
		AllowRequest firstAllow() {
			return allow("1");
		}

		@Bean
		@Order(2)
		InitialHeadersListener secondInitial() {
			return (headers, exchange) -> add(headers, "initial 2");
		}

		@Bean
		@Order(1)
		InitialHeadersListener firstInitial() {
			return (headers, exchange) -> add(headers, "initial 1");
		}

		@Bean
		@Order(2)
		HeadersListener secondHeaders() {
			return (headers, exchange) -> add(headers, "headers 2");
		}

		@Bean
		@Order(1)
		HeadersListener firstHeaders() {
			return (headers, exchange) -> add(headers, "headers 1");
		}

		private static EngineFilter filter(String value) {
			return (exchange, chain) -> {
				exchange.getResponse().getHeaders().add("X-Allow", value);
				return chain.filter(exchange);
			};
		}

		private static AllowRequest allow(String value) {
			return AllowRequest.of((exchange) -> {
				exchange.getResponse().getHeaders().add("X-Allow", value);
				return Mono.just(true);
			});
		}

		private static Mono<Void> add(HttpHeaders headers, String value) {
			headers.add("X-Order", value);
			return Mono.empty();
		}

	}

}
