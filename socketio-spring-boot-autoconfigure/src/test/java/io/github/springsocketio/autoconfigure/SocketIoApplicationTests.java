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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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

	private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

	private final HttpClient client = HttpClient.newHttpClient();

	private ConfigurableApplicationContext context;

	@AfterEach
	void close() {
		if (this.context != null) {
			this.context.close();
		}
	}

	@Test
	@Tag("CK-06")
	@Tag("CK-05")
	void handshakeSendsTheSessionCookie() throws Exception {
		run("socketio.cookie.enabled=true");
		HttpResponse<String> response = get("EIO=4&transport=polling");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().allValues("Set-Cookie"))
			.containsExactly("io=" + sid(response) + "; Path=/; HttpOnly; SameSite=Lax");
	}

	@Test
	@Tag("CK-01")
	void withoutPropertiesThereIsNoCookie() throws Exception {
		run();
		HttpResponse<String> response = get("EIO=4&transport=polling");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000");
		assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
	}

	@Test
	@Tag("OP-01")
	void listensOnTheConfiguredPathBelowTheBasePath() throws Exception {
		run("socketio.path=/ws", "spring.webflux.base-path=/app");
		assertThat(get("/app/ws/", "EIO=4&transport=polling").statusCode()).isEqualTo(200);
		assertThat(get("/ws/", "EIO=4&transport=polling").statusCode()).isEqualTo(404);
		assertThat(get("/app/socket.io/", "EIO=4&transport=polling").statusCode()).isEqualTo(404);
	}

	@Test
	@Tag("EIO-24")
	void listenersOfTheEngineAreTold() throws Exception {
		run(Watching.class);
		get("EIO=4&transport=polling");
		get("EIO=4&transport=polling&sid=nope");
		assertThat(this.context.getBean(Watching.class).seen).containsExactly("connection", "UNKNOWN_SID");
	}

	@Test
	void managementPortDoesNotServeTheEndpoint() throws Exception {
		run("management.server.port=0");
		String management = this.context.getEnvironment().getRequiredProperty("local.management.port");
		HttpRequest handshake = HttpRequest
			.newBuilder(URI.create("http://localhost:" + management + "/socket.io/?EIO=4&transport=polling"))
			.build();
		assertThat(this.client.send(handshake, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
		assertThat(get("EIO=4&transport=polling").statusCode()).isEqualTo(200);
	}

	@Test
	@Tag("CK-60")
	void beansOfTheHandshakeAreCalledInTheirOrder() throws Exception {
		run(Handshake.class);
		HttpResponse<String> response = get("EIO=4&transport=polling");
		assertThat(response.headers().allValues("x-order")).containsExactly("initial 1", "initial 2", "headers 1",
				"headers 2");
		assertThat(response.headers().allValues("x-allow")).containsExactly("filter 1", "filter 2", "1", "2");
	}

	@Test
	@Tag("OP-30")
	void answerIsCompressedOnceWhenTheWebServerCompressesToo() throws Exception {
		run(BigGreeting.class, "server.compression.enabled=true", "server.compression.min-response-size=1B");
		String sid = sid(get("EIO=4&transport=polling"));
		HttpRequest connect = request("/socket.io/", "EIO=4&transport=polling&sid=" + sid)
			.POST(BodyPublishers.ofString("40"))
			.build();
		assertThat(this.client.send(connect, BodyHandlers.ofString()).body()).isEqualTo("ok");
		HttpRequest poll = request("/socket.io/", "EIO=4&transport=polling&sid=" + sid)
			.header("Accept-Encoding", "gzip")
			.build();
		HttpResponse<byte[]> response = this.client.send(poll, BodyHandlers.ofByteArray());
		assertThat(response.headers().allValues("Content-Encoding")).containsExactly("gzip");
		assertThat(unzip(response.body())).startsWith("40{\"sid\":").contains("[\"greeting\",\"aaaa");
	}

	@Test
	@Tag("EIO-124")
	@Tag("EIO-127")
	void stopClosesTheSessionsBeforeTheWebServerStops() throws Exception {
		run("server.shutdown=graceful", "spring.lifecycle.timeout-per-shutdown-phase=10m");
		Peer peer = new Peer();
		this.client.newWebSocketBuilder()
			.buildAsync(URI.create("ws://localhost:" + port() + "/socket.io/?EIO=4&transport=websocket"), peer);
		peer.opened.get(10, TimeUnit.SECONDS);
		EngineServer engine = this.context.getBean(EngineServer.class);
		assertThat(engine.clientsCount()).isEqualTo(1);
		this.context.close();
		assertThat(peer.closed.get(10, TimeUnit.SECONDS)).isNotNull();
		assertThat(engine.clientsCount()).isZero();
	}

	@Test
	@Tag("OP-04")
	void stopDoesNotWaitForAnAdapterThatDoesNotClose(CapturedOutput output) {
		run(UncloseableAdapter.class, "socketio.shutdown-timeout=50");
		this.context.close();
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
		this.context.stop();
		assertThatException().isThrownBy(this.context::start)
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
		this.context = new SpringApplicationBuilder(application, OpenToAll.class).web(WebApplicationType.REACTIVE)
			.properties("server.port=0", "spring.main.banner-mode=off", "spring.reactor.netty.shutdown-quiet-period=0s",
					"socketio.shutdown-timeout=500ms")
			.properties(properties)
			.run();
	}

	private int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private HttpResponse<String> get(String query) throws IOException, InterruptedException {
		return get("/socket.io/", query);
	}

	private HttpResponse<String> get(String path, String query) throws IOException, InterruptedException {
		return this.client.send(request(path, query).build(), BodyHandlers.ofString());
	}

	private HttpRequest.Builder request(String path, String query) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path + "?" + query));
	}

	private static String sid(HttpResponse<String> response) {
		Matcher matcher = SID.matcher(response.body());
		assertThat(matcher.find()).as(response.body()).isTrue();
		return matcher.group(1);
	}

	private static String unzip(byte[] bytes) throws IOException {
		try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
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
	static class BigGreeting {

		@Bean
		NamespaceConfigurer greeting() {
			return (io) -> io.sockets().onConnection((socket) -> socket.emit("greeting", "a".repeat(5000)));
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
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

	static final class Peer implements WebSocket.Listener {

		private final CompletableFuture<String> opened = new CompletableFuture<>();

		private final CompletableFuture<Integer> closed = new CompletableFuture<>();

		@Override
		public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.opened.complete(data.toString());
			webSocket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
			this.closed.complete(statusCode);
			return null;
		}

		@Override
		public void onError(WebSocket webSocket, Throwable error) {
			this.opened.completeExceptionally(error);
			this.closed.completeExceptionally(error);
		}

	}

}
