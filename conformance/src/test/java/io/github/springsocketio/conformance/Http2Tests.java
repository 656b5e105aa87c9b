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

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;

import io.github.springsocketio.socketio.NamespaceConfigurer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server with HTTP/2 switched on: polls over HTTP/2, and websockets, which stay
 * HTTP/1.1.
 */
class Http2Tests {

	private ConfigurableApplicationContext context;

	@BeforeEach
	void start() {
		this.context = new SpringApplicationBuilder(Application.class)
			.properties("server.port=0", "server.http2.enabled=true", "spring.reactor.netty.shutdown-quiet-period=0s",
					"spring.main.banner-mode=off", "logging.level.root=warn")
			.run();
	}

	@AfterEach
	void stop() {
		this.context.close();
	}

	@Test
	void shouldPollOverHttp2() throws Exception {
		HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
		HttpResponse<String> handshake = send(client, request("").GET());
		assertThat(handshake.version()).isEqualTo(HttpClient.Version.HTTP_2);
		String sid = "&sid=" + handshake.body().substring(9, 29);
		assertThat(send(client, request(sid).POST(HttpRequest.BodyPublishers.ofString("40"))).body()).isEqualTo("ok");
		assertThat(send(client, request(sid).GET()).body()).startsWith("40{\"sid\":");
		send(client, request(sid).POST(HttpRequest.BodyPublishers.ofString("42[\"echo\",1]")));
		HttpResponse<String> poll = send(client, request(sid).GET());
		assertThat(poll.body()).isEqualTo("42[\"echo\",1]");
		assertThat(poll.version()).isEqualTo(HttpClient.Version.HTTP_2);
	}

	@Test
	void shouldServeWebSockets() throws Exception {
		Frames frames = new Frames();
		WebSocket socket = HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.buildAsync(URI.create("ws" + base().substring(4) + "&transport=websocket"), frames)
			.get(20, TimeUnit.SECONDS);
		assertThat(frames.next()).startsWith("0{\"sid\":");
		socket.sendText("40", true).get(20, TimeUnit.SECONDS);
		assertThat(frames.next()).startsWith("40{\"sid\":");
		socket.sendText("42[\"echo\",\"é\"]", true).get(20, TimeUnit.SECONDS);
		assertThat(frames.next()).isEqualTo("42[\"echo\",\"é\"]");
		socket.abort();
	}

	private String base() {
		return "http://localhost:" + this.context.getEnvironment().getProperty("local.server.port")
				+ "/socket.io/?EIO=4";
	}

	private HttpRequest.Builder request(String parameters) {
		return HttpRequest.newBuilder(URI.create(base() + "&transport=polling" + parameters))
			.timeout(Duration.ofSeconds(20));
	}

	private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) throws Exception {
		return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	/**
	 * Collects text frames.
	 */
	private static final class Frames implements WebSocket.Listener {

		private final BlockingQueue<String> texts = new LinkedTransferQueue<>();

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
			this.texts.add(text.toString());
			socket.request(1);
			return null;
		}

		private String next() throws InterruptedException {
			String text = this.texts.poll(20, TimeUnit.SECONDS);
			assertThat(text).isNotNull();
			return text;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		NamespaceConfigurer echo() {
			return (io) -> io.of("/").on("echo", (socket, event) -> socket.emit("echo", event));
		}

	}

}
