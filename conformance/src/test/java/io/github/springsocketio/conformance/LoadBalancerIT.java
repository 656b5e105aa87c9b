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
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.testing.RequiresProgram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes behind HAProxy: polling clients that return the cookie stay on their node.
 */
@RequiresProgram("haproxy")
class LoadBalancerIT {

	private static final int CLIENTS = 50;

	private static final String UNKNOWN = "\"code\":1";

	private final List<ConfigurableApplicationContext> nodes = new ArrayList<>();

	private Process proxy;

	private int port;

	@BeforeEach
	void start(@TempDir Path folder) throws Exception {
		for (int i = 0; i < 2; i++) {
			this.nodes.add(
					new SpringApplicationBuilder(Node.class)
						.properties("server.port=0", "server.address=127.0.0.1",
								"spring.reactor.netty.shutdown-quiet-period=0s", "socketio.cookie.enabled=true",
								"spring.main.banner-mode=off", "logging.level.root=warn")
						.run());
		}
		this.port = freePort();
		Path configuration = folder.resolve("haproxy.cfg");
		Files.writeString(configuration, """
				defaults
					mode http
					timeout connect 5s
					timeout client 60s
					timeout server 60s
				frontend clients
					bind 127.0.0.1:%d
					default_backend nodes
				backend nodes
					balance roundrobin
					cookie io prefix nocache
					server one 127.0.0.1:%s cookie one
					server two 127.0.0.1:%s cookie two
				""".formatted(this.port, port(0), port(1)));
		this.proxy = new ProcessBuilder("haproxy", "-db", "-f", configuration.toString()).redirectErrorStream(true)
			.redirectOutput(folder.resolve("haproxy.log").toFile())
			.start();
		awaitProxy(folder.resolve("haproxy.log"));
	}

	@AfterEach
	void stop() throws Exception {
		this.proxy.destroy();
		assertThat(this.proxy.waitFor(10, TimeUnit.SECONDS)).isTrue();
		this.nodes.forEach(ConfigurableApplicationContext::close);
	}

	@Test
	@Tag("CK-140")
	@Tag("CK-141")
	@Tag("SEC-131")
	void shouldKeepClientsThatReturnTheCookieOnTheirNode() throws Exception {
		for (int i = 0; i < CLIENTS; i++) {
			HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
			HttpResponse<String> handshake = send(client, request("").GET());
			assertThat(handshake.headers().firstValue("set-cookie").orElseThrow())
				.matches("io=(one|two)~[\\w-]{20}; Path=/; HttpOnly; SameSite=Lax");
			String sid = sid(handshake.body());
			assertThat(send(client, post(sid, "40")).body()).isEqualTo("ok");
			assertThat(send(client, request("&sid=" + sid).GET()).body()).startsWith("40{\"sid\":");
			assertThat(send(client, post(sid, "42[\"echo\",%d]".formatted(i))).body()).isEqualTo("ok");
			assertThat(send(client, request("&sid=" + sid).GET()).body()).isEqualTo("42[\"echo\",%d]".formatted(i));
			assertThat(send(client, post(sid, "1")).body()).isEqualTo("ok");
		}
	}

	@Test
	@Tag("CK-143")
	@Tag("SEC-131")
	void shouldLoseClientsThatDoNotReturnTheCookie() throws Exception {
		int lost = 0;
		for (int i = 0; i < CLIENTS; i++) {
			HttpClient client = HttpClient.newHttpClient();
			String sid = sid(send(client, request("").GET()).body());
			for (int k = 0; k < 3; k++) {
				HttpResponse<String> answer = send(client, post(sid, "3"));
				if (answer.body().contains(UNKNOWN)) {
					assertThat(answer.statusCode()).isEqualTo(400);
					assertThat(answer.headers().firstValue("set-cookie")).isEmpty();
					lost++;
				}
			}
		}
		assertThat(lost).isPositive();
	}

	private HttpRequest.Builder request(String parameters) {
		return HttpRequest
			.newBuilder(
					URI.create("http://127.0.0.1:" + this.port + "/socket.io/?EIO=4&transport=polling" + parameters))
			.timeout(Duration.ofSeconds(20));
	}

	private HttpRequest.Builder post(String sid, String body) {
		return request("&sid=" + sid).POST(HttpRequest.BodyPublishers.ofString(body));
	}

	private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
			throws IOException, InterruptedException {
		return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static String sid(String open) {
		return open.substring(9, 29);
	}

	private String port(int node) {
		return this.nodes.get(node).getEnvironment().getProperty("local.server.port");
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private void awaitProxy(Path log) throws Exception {
		long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
		while (System.nanoTime() < end && this.proxy.isAlive()) {
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
				return;
			}
			catch (IOException ex) {
				this.proxy.waitFor(50, TimeUnit.MILLISECONDS);
			}
		}
		throw new AssertionError("HAProxy does not listen: " + Files.readString(log));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Node {

		@Bean
		NamespaceConfigurer echo() {
			return (io) -> io.of("/").on("echo", (socket, event) -> socket.emit("echo", event));
		}

	}

}
