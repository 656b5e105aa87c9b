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

package io.github.springsocketio.engineio.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CorsHandler} with bytes on a connection to Reactor Netty.
 */
class CorsWireTests {

	private static final String ORIGIN = "https://a.example";

	private DisposableServer server;

	@AfterEach
	void stop() {
		this.server.disposeNow();
	}

	@Test
	@Tag("CK-121")
	@Tag("CK-124")
	void headersKeepTheirOrderBeforeThoseOfTheAnswer() throws IOException {
		serve(CorsOptions.builder()
			.allowedOrigins(List.of(ORIGIN))
			.allowCredentials(true)
			.exposedHeaders(List.of("X-A"))
			.build());
		assertThat(exchange("GET", "Origin: " + ORIGIN)).isEqualToNormalizingNewlines("""
				HTTP/1.1 200 OK
				Access-Control-Allow-Origin: https://a.example
				Vary: Origin
				Access-Control-Allow-Credentials: true
				Access-Control-Expose-Headers: X-A
				cache-control: no-store
				content-length: 0

				""");
	}

	@Test
	@Tag("CK-128")
	@Tag("SEC-90")
	void preflightIsAnsweredAtOnce() throws IOException {
		serve(CorsOptions.builder().build());
		// Netty leaves out the length of a 204, as RFC 9110 section 8.6 demands
		assertThat(exchange("OPTIONS", "Origin: " + ORIGIN, "Access-Control-Request-Method: POST",
				"Access-Control-Request-Headers: x-a"))
			.isEqualToNormalizingNewlines("""
					HTTP/1.1 204 No Content
					Access-Control-Allow-Origin: *
					Access-Control-Allow-Methods: GET,HEAD,PUT,PATCH,POST,DELETE
					Vary: Access-Control-Request-Headers
					Access-Control-Allow-Headers: x-a

					""");
	}

	@Test
	@Tag("CK-128")
	void preflightWithAnotherStatusHasALength() throws IOException {
		serve(CorsOptions.builder().optionsSuccessStatus(200).allowedHeaders(List.of()).build());
		assertThat(exchange("OPTIONS", "Origin: " + ORIGIN)).isEqualToNormalizingNewlines("""
				HTTP/1.1 200 OK
				Access-Control-Allow-Origin: *
				Access-Control-Allow-Methods: GET,HEAD,PUT,PATCH,POST,DELETE
				Content-Length: 0

				""");
	}

	@Test
	@Tag("EIO-26")
	@Tag("SEC-87")
	void malformedOriginsAreRecognisedOnTheWire() throws IOException {
		serve(CorsOptions.builder().allowedOriginPatterns(List.of("*")).build());
		for (String[] headers : List.of(new String[] { "Origin: https://\u00e9.example" },
				new String[] { "Origin: https://a.example\u007f" },
				new String[] { "Origin: " + ORIGIN, "Origin: https://b.example" })) {
			assertThat(exchange("GET", headers)).startsWith("HTTP/1.1 400 Bad Request\r\n")
				.doesNotContain("Access-Control-Allow-Origin");
		}
		assertThat(exchange("GET", "Origin: null")).startsWith("HTTP/1.1 200 OK\r\n")
			.contains("Access-Control-Allow-Origin: null\r\n");
	}

	private void serve(CorsOptions options) {
		CorsHandler cors = new CorsHandler(EngineWebOptions.builder().cors(options).build());
		ReactorHttpHandlerAdapter adapter = new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder
			.webHandler((exchange) -> cors.handle(exchange)
				.flatMap((result) -> (result == CorsResult.PREFLIGHT) ? Mono.empty() : answer(exchange)))
			.build());
		this.server = HttpServer.create().host("127.0.0.1").port(0).handle(adapter).bindNow();
	}

	private static Mono<Void> answer(ServerWebExchange exchange) {
		if (!CorsOrigins.isValid(exchange.getRequest().getHeaders())) {
			exchange.getResponse().setStatusCode(HttpStatus.BAD_REQUEST);
		}
		exchange.getResponse().getHeaders().set("cache-control", "no-store");
		return exchange.getResponse().setComplete();
	}

	private String exchange(String method, String... headers) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.server.port())) {
			String request = method + " /socket.io/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
					+ String.join("\r\n", headers) + "\r\n\r\n";
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
			return response.replace("connection: close\r\n", "");
		}
	}

}
