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
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.testing.RequiresProgram;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.RedisProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code WebSession}s of Spring Session on Redis, where each request has a copy of the
 * session.
 */
@RequiresProgram("redis-server")
class SpringSessionIT {

	private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

	private static RedisProcess redis;

	private static ConfigurableApplicationContext application;

	private static SocketIoServer io;

	private final HttpClient client = HttpClient.newHttpClient();

	@BeforeAll
	static void start() throws Exception {
		redis = RedisProcess.start();
		application = new SpringApplicationBuilder(LoginApplication.OnRedis.class).run("--redis.port=" + redis.port(),
				"--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off",
				"--spring.reactor.netty.shutdown-quiet-period=0s", "--logging.level.root=warn");
		io = application.getBean(SocketIoServer.class);
	}

	@AfterEach
	void closeSessions() {
		io.engine().sessions().forEach(EngineSession::closeNow);
		Await.until("no sockets are left", () -> io.engine().sessions().isEmpty() && io.sockets().sockets().isEmpty()
				&& io.of("/chat").sockets().isEmpty());
	}

	@AfterAll
	static void stop() {
		application.close();
		redis.close();
	}

	@Test
	@Tag("SEC-99")
	void requestsWithTheFormerIdAreRespondedToWithoutACookie() throws Exception {
		String former = cookie(post("/start", "", ""));
		String polling = open(former);
		EngineSession session = io.engine().sessions().iterator().next();
		CompletableFuture<HttpResponse<String>> poll = this.client.sendAsync(request(polling, former).GET().build(),
				BodyHandlers.ofString());
		Await.until("the poll waits", session::isWritable);
		String user = cookie(post("/login", "username=jane&password=secret", former));
		assertThat(user).isNotEqualTo(former);
		session.send("x");
		assertDelivered(Await.get("the response to the poll", poll), "4x");
		session.send("y");
		assertDelivered(get(polling, former), "4y");
		assertDelivered(post(polling, "40", former), "ok");
		assertThat(get("/me", user).body()).isEqualTo("jane");
	}

	private static void assertDelivered(HttpResponse<String> response, String body) {
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo(body);
		assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
	}

	@Test
	@Tag("CK-106")
	void logoutReachesAllNamespaces() throws Exception {
		String user = cookie(post("/login", "username=jane&password=secret", ""));
		String other = cookie(post("/login", "username=jane&password=secret", ""));
		for (String cookie : List.of(user, other)) {
			post(open(cookie), "40\u001e40/chat,", cookie);
		}
		assertThat(io.sockets().sockets()).hasSize(2);
		assertThat(io.of("/chat").sockets()).hasSize(2);
		post("/logout", "", user);
		Await.until("the sockets of the session are gone",
				() -> io.sockets().sockets().size() == 1 && io.of("/chat").sockets().size() == 1);
		assertThat(io.sockets().rooms()).isEqualTo(io.sockets().sockets().keySet());
	}

	@Test
	@Tag("CK-106")
	void logoutReachesSocketsFromBeforeTheLogin() throws Exception {
		String former = cookie(post("/start", "", ""));
		String other = cookie(post("/start", "", ""));
		String polling = open(former);
		post(polling, "40", former);
		post(open(other), "40", other);
		String user = cookie(post("/login", "username=jane&password=secret", former));
		post(polling, "40/chat,", user);
		assertThat(io.sockets().sockets()).hasSize(2);
		assertThat(io.of("/chat").sockets()).hasSize(1);
		post("/logout", "", user);
		Await.until("the sockets of the session are gone",
				() -> io.sockets().sockets().size() == 1 && io.of("/chat").sockets().isEmpty());
		assertThat(io.sockets().rooms()).isEqualTo(io.sockets().sockets().keySet());
	}

	/**
	 * Open a session.
	 * @return the target of its requests
	 */
	private String open(String cookie) throws Exception {
		return POLLING + "&sid=" + get(POLLING, cookie).body().substring(9, 29);
	}

	private HttpResponse<String> get(String target, String cookie) throws Exception {
		return this.client.send(request(target, cookie).GET().build(), BodyHandlers.ofString());
	}

	private HttpResponse<String> post(String target, String body, String cookie) throws Exception {
		String type = body.contains("=") ? "application/x-www-form-urlencoded" : "text/plain";
		return this.client.send(
				request(target, cookie).header("Content-Type", type).POST(BodyPublishers.ofString(body)).build(),
				BodyHandlers.ofString());
	}

	private HttpRequest.Builder request(String target, String cookie) {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:"
					+ application.getEnvironment().getRequiredProperty("local.server.port") + target))
			.timeout(Duration.ofSeconds(20));
		return cookie.isEmpty() ? request : request.header("Cookie", cookie);
	}

	private static String cookie(HttpResponse<String> response) {
		return response.headers()
			.allValues("Set-Cookie")
			.stream()
			.filter((line) -> line.startsWith("SESSION="))
			.map((line) -> line.split(";", 2)[0])
			.findFirst()
			.orElseThrow();
	}

}
