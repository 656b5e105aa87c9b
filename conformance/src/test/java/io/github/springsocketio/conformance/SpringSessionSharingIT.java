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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.test.client.CookieStore;
import io.github.springsocketio.test.client.Transport;
import io.github.springsocketio.testing.RequiresProgram;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.RedisProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebSession;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What docs/security.md says of sessions, with Spring Session on Redis.
 */
@RequiresProgram("redis-server")
@Timeout(120)
class SpringSessionSharingIT {

	private final CookieManager cookies = new CookieManager();

	private final HttpClient http = HttpClient.newBuilder().cookieHandler(this.cookies).build();

	private RedisProcess redis;

	private ConfigurableApplicationContext application;

	private SocketIoTester tester;

	private String url;

	private void start(String... arguments) throws Exception {
		this.redis = RedisProcess.start();
		this.application = new SpringApplicationBuilder(LoginApplication.OnRedis.class, Visits.class)
			.properties("redis.port=" + this.redis.port(), "server.port=0", "server.address=127.0.0.1",
					"spring.main.banner-mode=off", "spring.reactor.netty.shutdown-quiet-period=0s",
					"logging.level.root=warn", "socketio.security.expiry-grace=200ms")
			.run(arguments);
		this.url = "http://127.0.0.1:" + this.application.getEnvironment().getRequiredProperty("local.server.port");
		this.tester = SocketIoTester.bindToServer(this.url);
	}

	@AfterEach
	void stop() throws Exception {
		this.tester.close();
		this.application.close();
		this.redis.close();
	}

	@Test
	@Tag("CK-106")
	void handlersReadChangeAndSaveTheSession() throws Exception {
		start();
		post("/start", "");
		SocketTester socket = browser().connect();
		socket.emitWithAck("visit").expectAck(Integer.class).isEqualTo(1);
		assertThat(get("/visits")).isEqualTo("1");
		post("/visits", "7");
		socket.emitWithAck("visit").expectAck(Integer.class).isEqualTo(8);
		post("/login", "username=jane&password=secret");
		// the session has another id now
		socket.emitWithAck("visit").expectAck(Integer.class).isEqualTo(9);
		assertThat(get("/visits")).isEqualTo("9");
		assertThat(get("/note")).isEmpty();
		socket.expectEvent("note");
		this.tester.connect().emitWithAck("visit").expectEmptyAck();
	}

	@Test
	@Tag("SEC-99")
	void connectionsOfASessionThatIsGoneAreClosed() throws Exception {
		start("--socketio.web-session.check-interval=100ms");
		post("/start", "");
		SocketTester socket = browser().connect();
		SocketTester stranger = this.tester.connect();
		post("/end", "");
		socket.expectEvent("auth:expiring");
		socket.expectDisconnect("transport close");
		stranger.emitWithAck("echo", 1).expectAck(Integer.class).isEqualTo(1);
	}

	@Test
	@Tag("SEC-99")
	void eventsKeepASessionAliveIfWished() throws Exception {
		start("--socketio.web-session.check-interval=200ms", "--socketio.web-session.keep-alive=true");
		post("/start", "");
		post("/short", "");
		SocketTester socket = browser().transports(Transport.WEBSOCKET).connect();
		Instant end = Instant.now().plusSeconds(5);
		Await.until("more than twice the time-out has passed", () -> {
			socket.emitWithAck("echo", 1).expectAck(Integer.class).isEqualTo(1);
			return Instant.now().isAfter(end);
		});
		assertThat(get("/visits")).isEqualTo("0");
		socket.timeout(Duration.ofSeconds(20)).expectDisconnect("transport close");
	}

	private SocketIoTester browser() {
		CookieStore store = CookieStore.create();
		this.cookies.getCookieStore()
			.getCookies()
			.forEach((cookie) -> store.set(URI.create(this.url), cookie.getName(), cookie.getValue()));
		return this.tester.cookies(store);
	}

	private String get(String path) throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(URI.create(this.url + path)).build(), BodyHandlers.ofString())
			.body();
	}

	private void post(String path, String body) throws IOException, InterruptedException {
		String type = body.contains("=") ? "application/x-www-form-urlencoded" : "text/plain";
		HttpResponse<String> response = this.http.send(HttpRequest.newBuilder(URI.create(this.url + path))
			.header("Content-Type", type)
			.POST(BodyPublishers.ofString(body))
			.build(), BodyHandlers.ofString());
		assertThat(response.statusCode()).isLessThan(400);
	}

	/**
	 * A session that handlers and requests share.
	 */
	static class Visits {

		@Bean
		NamespaceConfigurer visitors() {
			return (io) -> io.handle("visit", (socket, event) -> socket.handshake().session().flatMap((session) -> {
				int visits = session.getAttributeOrDefault("visits", 0) + 1;
				session.getAttributes().put("visits", visits);
				return session.save().thenReturn(visits);
			}));
		}

		@Bean
		RouterFunction<ServerResponse> visits(SocketIoServer io) {
			return RouterFunctions.route()
				.GET("/visits",
						(request) -> request.session()
							.flatMap((session) -> ServerResponse.ok()
								.bodyValue(String.valueOf(session.<Integer>getAttributeOrDefault("visits", 0)))))
				.POST("/visits",
						(request) -> request.bodyToMono(String.class)
							.flatMap((visits) -> change(request,
									(session) -> session.getAttributes().put("visits", Integer.valueOf(visits)))))
				.GET("/note", (request) -> change(request, (session) -> io.session(session.getId()).emit("note")))
				.POST("/short",
						(request) -> change(request, (session) -> session.setMaxIdleTime(Duration.ofSeconds(2))))
				.POST("/end",
						(request) -> request.session()
							.flatMap(WebSession::invalidate)
							.then(ServerResponse.noContent().build()))
				.build();
		}

		private static Mono<ServerResponse> change(ServerRequest request, Consumer<WebSession> change) {
			return request.session().doOnNext(change).then(ServerResponse.noContent().build());
		}

	}

}
