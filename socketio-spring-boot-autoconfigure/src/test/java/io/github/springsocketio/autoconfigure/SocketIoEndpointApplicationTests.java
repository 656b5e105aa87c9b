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

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

import io.github.springsocketio.autoconfigure.actuate.SocketIoEndpointAutoConfiguration;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.SocketAuthentication;
import io.github.springsocketio.socketio.SocketAuthenticator;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.testsupport.Await;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The actuator's endpoint on a management port, with clients on the other one.
 */
@Timeout(120)
class SocketIoEndpointApplicationTests {

	private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

	private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

	private static final String PATH = "/actuator/socketio";

	private static final String ALLOWED = "management.endpoint.socketio.access=unrestricted";

	private final HttpClient client = HttpClient.newHttpClient();

	/** Shared by the tests that leave it as it was. */
	private static @Nullable TestApplication shared;

	private TestApplication application;

	@BeforeEach
	void run() {
		TestApplication running = shared;
		if (running == null) {
			running = start(ALLOWED);
			shared = running;
		}
		this.application = running;
	}

	@AfterEach
	void closeSessions() {
		EngineServer engine = this.application.bean(EngineServer.class);
		engine.sessions().forEach(EngineSession::closeNow);
		SocketIoServer io = this.application.bean(SocketIoServer.class);
		Await.until("no client is left", () -> engine.clientsCount() == 0
				&& io.namespaces().stream().allMatch((namespace) -> namespace.sockets().isEmpty()));
	}

	@AfterAll
	static void close() {
		if (shared != null) {
			shared.close();
			shared = null;
		}
	}

	private static TestApplication start(String... properties) {
		String[] all = Arrays.copyOf(properties, properties.length + 4);
		all[properties.length] = "management.server.port=0";
		all[properties.length + 1] = "management.endpoints.web.exposure.include=socketio";
		all[properties.length + 2] = "socketio.allow-eio3=true";
		all[properties.length + 3] = "socketio.connection-state-recovery.enabled=true";
		return TestApplication.run(Application.class, all);
	}

	@Test
	void nodeAndNamespacesAreShown() {
		try (WireWebSocket websocket = connect("40")) {
			websocket.send("40/chat,");
			assertThat(websocket.receive()).startsWith("40/chat,{");
			this.application.get(POLLING);
			JsonNode body = read("");
			assertThat(body.at("/node/state").asString()).isEqualTo("ACTIVE");
			assertThat(body.at("/node/nodes").asInt()).isEqualTo(1);
			assertThat(body.at("/node/id").asString()).hasSize(8);
			assertThat(body.at("/sessions/websocket").asInt()).isEqualTo(1);
			assertThat(body.at("/sessions/polling").asInt()).isEqualTo(1);
			assertThat(body.at("/namespaceCount").asInt()).isEqualTo(body.at("/namespaces").size());
			JsonNode main = body.at("/namespaces/0");
			assertThat(main.at("/name").asString()).isEqualTo("/");
			assertThat(main.at("/dynamic").asBoolean()).isFalse();
			assertThat(main.at("/sockets").asInt()).isEqualTo(1);
			assertThat(main.at("/adapter").asString()).isEqualTo("InMemoryAdapter");
			assertThat(main.at("/handlers").valueStream().map(JsonNode::asString)).containsExactly("join", "whoami");
			assertThat(body.at("/namespaces").valueStream().map((namespace) -> namespace.at("/name").asString()))
				.contains("/chat");
		}
	}

	@Test
	void largestRoomsComeFirstWithoutThoseOfSockets() {
		try (WireWebSocket first = connect("40{\"user\":\"jane\"}"); WireWebSocket second = connect("40")) {
			join(first, "small");
			join(first, "large");
			join(second, "large");
			JsonNode body = read("/rooms");
			assertThat(body.at("/roomCount").asInt()).isEqualTo(2);
			assertThat(body.at("/rooms").valueStream().map((room) -> room.at("/name").asString()))
				.containsExactly("large", "small");
			assertThat(body.at("/rooms/0/sockets").asInt()).isEqualTo(2);
			assertThat(body.at("/rooms/0/namespace").asString()).isEqualTo("/");
			assertThat(read("/rooms?limit=1").at("/rooms").size()).isEqualTo(1);
			assertThat(read("/rooms?namespace=/chat").at("/roomCount").asInt()).isZero();
		}
	}

	@Test
	void socketsAreFoundByUserAndByTheShownPartOfTheirId() {
		try (WireWebSocket jane = connect("40{\"user\":\"jane\"}"); WireWebSocket other = connect("40")) {
			join(jane, "room");
			JsonNode body = read("/sockets?user=jane");
			assertThat(body.at("/socketCount").asInt()).isEqualTo(1);
			JsonNode socket = body.at("/sockets/0");
			assertThat(socket.at("/user").asString()).isEqualTo("jane");
			assertThat(socket.at("/transport").asString()).isEqualTo("websocket");
			assertThat(socket.at("/protocol").asInt()).isEqualTo(4);
			assertThat(socket.at("/rooms").valueStream().map(JsonNode::asString)).containsExactly("room");
			String id = socket.at("/id").asString();
			assertThat(read("/sockets?id=" + id).at("/socketCount").asInt()).isEqualTo(1);
			assertThat(read("/sockets?id=" + id.substring(0, 7)).at("/sockets/0/id").asString()).isEqualTo(id);
			assertThat(read("/sockets").at("/socketCount").asInt()).isEqualTo(2);
			assertThat(read("/sockets?namespace=/chat").at("/socketCount").asInt()).isZero();
			assertThat(read("/sockets?limit=1").at("/sockets").size()).isEqualTo(1);
			// what is not shown cannot be found by trying
			String whole = this.application.bean(SocketIoServer.class)
				.sockets()
				.sockets()
				.keySet()
				.stream()
				.filter((candidate) -> candidate.startsWith(id))
				.findFirst()
				.orElseThrow();
			assertThat(read("/sockets?id=" + whole.substring(0, 9)).at("/socketCount").asInt()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 4 })
	void noIdIsShownWhole(int protocol) {
		try (WireWebSocket websocket = this.application
			.websocket("/socket.io/?EIO=" + protocol + "&transport=websocket")) {
			assertThat(websocket.receive()).startsWith("0{");
			if (protocol == 4) {
				websocket.send("40");
			}
			String connected = websocket.receive();
			websocket.send("42[\"join\",\"secret room\"]");
			websocket.send("420[\"whoami\"]");
			assertThat(websocket.receive()).startsWith("430[");
			String all = get("").body() + get("/rooms").body() + get("/sockets").body();
			assertThat(all).contains("secret room");
			sessions().forEach((session) -> assertThat(all).doesNotContain(session));
			if (protocol == 4) {
				JsonNode response = JsonMapper.shared().readTree(connected.substring(2));
				assertThat(all).doesNotContain(response.at("/sid").asString())
					.doesNotContain(response.at("/pid").asString());
			}
		}
	}

	@Test
	void namesOfClientsAreEscapedAndCut() {
		try (WireWebSocket websocket = connect("40")) {
			websocket.send("40/dyn-a\u202eb,");
			assertThat(websocket.receive()).startsWith("40/dyn-");
			assertThat(read("").at("/namespaces").toString()).contains("/dyn-a\\\\u202eb");
			join(websocket, "x".repeat(60));
			join(websocket, "a\\nb");
			assertThat(read("/rooms").at("/rooms").valueStream().map((room) -> room.at("/name").asString()))
				.containsExactly("a\\u000ab", "x".repeat(60));
		}
	}

	@Test
	void socketIsDisconnectedAndItsConnectionStays() {
		try (WireWebSocket websocket = connect("40")) {
			String id = read("/sockets").at("/sockets/0/id").asString();
			assertThat(delete("/sockets/" + id.substring(0, 7)).statusCode()).isEqualTo(404);
			assertThat(delete("/sockets/" + id).statusCode()).isEqualTo(204);
			assertThat(websocket.receive()).isEqualTo("41");
			websocket.send("40");
			assertThat(websocket.receive()).startsWith("40{");
			assertThat(delete("/sockets/" + id).statusCode()).isEqualTo(404);
		}
	}

	@Test
	void sessionIsDisconnectedWithAllItsSockets() {
		try (WireWebSocket websocket = connect("40"); WireWebSocket unjoined = this.application.websocket(WEBSOCKET)) {
			assertThat(unjoined.receive()).startsWith("0{");
			websocket.send("40/chat,");
			assertThat(websocket.receive()).startsWith("40/chat,{");
			String session = read("/sockets").at("/sockets/0/session").asString();
			assertThat(delete("/sessions/" + session).statusCode()).isEqualTo(204);
			assertThat(List.of(websocket.receive(), websocket.receive())).containsExactlyInAnyOrder("41", "41/chat,");
			assertThat(websocket.receive()).isNull();
			assertThat(delete("/sessions/" + session).statusCode()).isEqualTo(404);
			String other = sessions().get(0).substring(0, 8);
			assertThat(delete("/sessions/" + other).statusCode()).isEqualTo(204);
			assertThat(unjoined.receive()).isNull();
		}
	}

	@Test
	void userIsDisconnected() {
		try (WireWebSocket jane = connect("40{\"user\":\"jane\"}"); WireWebSocket other = connect("40")) {
			assertThat(delete("/users/jane").statusCode()).isEqualTo(204);
			assertThat(jane.receive()).isEqualTo("41");
			assertThat(jane.receive()).isNull();
			other.send("420[\"whoami\"]");
			assertThat(other.receive()).isEqualTo("430[\"nobody\"]");
		}
	}

	@Test
	void drainRefusesTrafficAndMovesTheClients() {
		// it has the event loops of the other one
		close();
		try (TestApplication drained = start(ALLOWED)) {
			this.application = drained;
			drainIt(drained.bean(Application.class).ends);
		}
		finally {
			run();
		}
	}

	private void drainIt(List<String> ends) {
		try (WireWebSocket websocket = connect("40")) {
			HttpResponse<String> response = send(request("/drain").header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString("{\"period\":\"0s\"}")));
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).matches("\\{\"state\":\"(DRAINING|DRAINED)\"}");
			// no packet says so, or the client would stay away
			assertThat(websocket.receive()).isNull();
			assertThat(this.application.bean(ApplicationAvailability.class).getReadinessState())
				.isEqualTo(ReadinessState.REFUSING_TRAFFIC);
			HttpResponse<String> refused = this.application.get(POLLING);
			assertThat(refused.statusCode()).isEqualTo(503);
			assertThat(refused.headers().firstValue("Retry-After")).isPresent();
			Await.until("the node is drained", () -> "DRAINED".equals(read("").at("/node/state").asString()));
			assertThat(ends).containsExactly("server shutting down, REFUSING_TRAFFIC");
		}
	}

	@ParameterizedTest
	@CsvSource({ "GET,/other,404", "GET,/rooms?limit=0,400", "GET,/sockets?limit=100000,400", "GET,/rooms?limit=x,400",
			"DELETE,/rooms/a,404", "DELETE,/sockets/unknown1,404", "POST,/other,404", "POST,/drain?period=-1s,400" })
	void requestThatMakesNoSenseIsRefused(String method, String path, int status) {
		String body = path.contains("period") ? "{\"period\":\"-1s\"}" : "{}";
		HttpRequest.Builder request = request(path.replaceAll("\\?period.*", ""));
		assertThat(send(method.equals("POST")
				? request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body))
				: request.method(method, BodyPublishers.noBody()))
			.statusCode()).isEqualTo(status);
	}

	@Test
	void operationsThatChangeSomethingAreNotAllowedByDefault() {
		close();
		try (TestApplication readOnly = start()) {
			this.application = readOnly;
			changeNothing();
		}
		finally {
			run();
		}
	}

	private void changeNothing() {
		try (WireWebSocket websocket = connect("40")) {
			assertThat(delete("/users/jane").statusCode()).isEqualTo(404);
			assertThat(send(
					request("/drain").header("Content-Type", "application/json").POST(BodyPublishers.ofString("{}")))
				.statusCode()).isEqualTo(405);
			assertThat(read("/sockets").at("/socketCount").asInt()).isEqualTo(1);
			websocket.send("420[\"whoami\"]");
			assertThat(websocket.receive()).isEqualTo("430[\"nobody\"]");
		}
	}

	@Test
	void endpointIsNotThereUnlessItIsExposed() {
		ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner().withConfiguration(
				AutoConfigurations.of(SocketIoAutoConfiguration.class, SocketIoEndpointAutoConfiguration.class));
		runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("socketIoEndpoint"));
		runner.withPropertyValues("management.endpoints.web.exposure.include=socketio")
			.run((context) -> assertThat(context).hasNotFailed().hasBean("socketIoEndpoint"));
		runner.withPropertyValues("management.endpoints.web.exposure.include=socketio")
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("socketIoEndpoint"));
	}

	private List<String> sessions() {
		return this.application.bean(EngineServer.class).sessions().stream().map((session) -> session.id()).toList();
	}

	private WireWebSocket connect(String packet) {
		WireWebSocket websocket = this.application.websocket(WEBSOCKET);
		assertThat(websocket.receive()).startsWith("0{");
		websocket.send(packet);
		assertThat(websocket.receive()).startsWith("40{");
		return websocket;
	}

	private static void join(WireWebSocket websocket, String room) {
		websocket.send("420[\"join\",\"" + room + "\"]");
		assertThat(websocket.receive()).isEqualTo("430[]");
	}

	private HttpRequest.Builder request(String path) {
		String port = this.application.context().getEnvironment().getRequiredProperty("local.management.port");
		return HttpRequest.newBuilder(URI.create("http://localhost:" + port + PATH + path));
	}

	private HttpResponse<String> get(String path) {
		return send(request(path));
	}

	private HttpResponse<String> delete(String path) {
		return send(request(path).DELETE());
	}

	private JsonNode read(String path) {
		HttpResponse<String> response = get(path);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(response.body());
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.client.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = { ReactiveWebSecurityAutoConfiguration.class,
			ReactiveUserDetailsServiceAutoConfiguration.class, ReactiveManagementWebSecurityAutoConfiguration.class })
	static class Application {

		private final List<String> ends = new CopyOnWriteArrayList<>();

		@Bean
		NamespaceConfigurer namespaces(ApplicationAvailability availability) {
			return (io) -> {
				io.of("/chat");
				io.of(Pattern.compile("/dyn-.+"));
				io.sockets().on("join", String.class, (socket, room, event) -> {
					socket.join(room);
					event.ack();
				})
					.on("whoami",
							(socket, event) -> event
								.ack((socket.principal() != null) ? socket.principal().getName() : "nobody"))
					.onDisconnect((socket, reason, detail) -> this.ends
						.add(reason.text() + ", " + availability.getReadinessState()));
			};
		}

		@Bean
		SocketAuthenticator authenticator() {
			return (namespace, handshake) -> Mono.justOrEmpty(handshake.auth().get("user"))
				.map((user) -> SocketAuthentication.of(user::toString));
		}

	}

}
