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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

import io.github.springsocketio.autoconfigure.actuate.SocketIoEndpointAutoConfiguration;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.SocketAuthentication;
import io.github.springsocketio.socketio.SocketAuthenticator;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.test.client.SocketIoClient;
import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
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
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The actuator's endpoint on a management port, with clients on the other one.
 */
@Timeout(120)
class SocketIoEndpointApplicationTests {

	private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

	private static final String PATH = "/actuator/socketio";

	private static final String ALLOWED = "management.endpoint.socketio.access=unrestricted";

	@RegisterExtension
	static final SharedApplication applications = new SharedApplication();

	private final HttpClient client = HttpClient.newHttpClient();

	private TestApplication application;

	@BeforeEach
	void run() {
		this.application = applications.run(Application.class, properties(ALLOWED));
	}

	private static String[] properties(String... properties) {
		return StringUtils.concatenateStringArrays(properties,
				new String[] { "management.server.port=0", "management.endpoints.web.exposure.include=socketio",
						"socketio.allow-eio3=true", "socketio.connection-state-recovery.enabled=true" });
	}

	@Test
	void nodeAndNamespacesAreShown() {
		connect().connect("/chat");
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
		assertThat(body.at("/namespaces").valueStream())
			.filteredOn((namespace) -> namespace.at("/name").asString().equals("/chat"))
			.singleElement()
			.satisfies((chat) -> assertThat(chat.at("/sockets").asInt()).isEqualTo(1));
	}

	@Test
	void largestRoomsComeFirstWithoutThoseOfSockets() {
		SocketTester first = connect("jane");
		SocketTester second = connect();
		join(first, "small");
		join(first, "large");
		join(second, "large");
		JsonNode body = read("/rooms");
		assertThat(body.at("/roomCount").asInt()).isEqualTo(2);
		assertThat(body.at("/rooms").valueStream().map((room) -> room.at("/name").asString())).containsExactly("large",
				"small");
		assertThat(body.at("/rooms/0/sockets").asInt()).isEqualTo(2);
		assertThat(body.at("/rooms/0/namespace").asString()).isEqualTo("/");
		assertThat(read("/rooms?limit=1").at("/rooms").size()).isEqualTo(1);
		assertThat(read("/rooms?namespace=/chat").at("/roomCount").asInt()).isZero();
	}

	@Test
	void socketsAreFoundByUserAndByTheShownPartOfTheirId() {
		join(connect("jane"), "room");
		connect();
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

	@ParameterizedTest
	@ValueSource(ints = { 3, 4 })
	void noIdIsShownWhole(int protocol) {
		SocketTester tester = this.application.tester().client((client) -> client.protocol(protocol)).connect();
		ClientSocket socket = tester.emit("join", "secret room").emitWithAck("whoami").expectAck().and().socket();
		String all = get("").body() + get("/rooms").body() + get("/sockets").body();
		assertThat(all).contains("secret room");
		sessions().forEach((session) -> assertThat(all).doesNotContain(session));
		if (protocol == 4) {
			assertThat(all).doesNotContain(Objects.requireNonNull(socket.id()))
				.doesNotContain(Objects.requireNonNull(socket.pid()));
		}
	}

	@Test
	void namesOfClientsAreEscapedAndCut() {
		SocketTester socket = connect();
		assertThat(socket.connect("/dyn-a\u202eb").socket().nsp()).isEqualTo("/dyn-a\u202eb");
		assertThat(read("").at("/namespaces").toString()).contains("/dyn-a\\\\u202eb");
		join(socket, "x".repeat(60));
		join(socket, "a\nb");
		assertThat(read("/rooms").at("/rooms").valueStream().map((room) -> room.at("/name").asString()))
			.containsExactly("a\\u000ab", "x".repeat(60));
	}

	@Test
	void socketIsDisconnectedAndItsConnectionStays() {
		SocketTester socket = connect();
		String session = socket.socket().io().sid();
		String former = socket.socket().id();
		String id = read("/sockets").at("/sockets/0/id").asString();
		assertThat(delete("/sockets/" + id.substring(0, 7)).statusCode()).isEqualTo(404);
		assertThat(delete("/sockets/" + id).statusCode()).isEqualTo(204);
		socket.expectDisconnect("io server disconnect");
		socket.socket().connect();
		assertThat(socket.socket().io().sid()).isEqualTo(session);
		assertThat(socket.socket().id()).startsWith(read("/sockets").at("/sockets/0/id").asString())
			.isNotEqualTo(former);
		assertThat(delete("/sockets/" + id).statusCode()).isEqualTo(404);
	}

	@Test
	void sessionIsDisconnectedWithAllItsSockets() {
		SocketTester socket = connect();
		SocketTester chat = socket.connect("/chat");
		SocketIoClient unjoined = this.application.tester().newClient().open();
		assertThat(sessions()).hasSize(2);
		String session = read("/sockets").at("/sockets/0/session").asString();
		assertThat(delete("/sessions/" + session).statusCode()).isEqualTo(204);
		socket.expectDisconnect("io server disconnect");
		chat.expectDisconnect("io server disconnect");
		awaitSessions(unjoined.sid());
		assertThat(delete("/sessions/" + session).statusCode()).isEqualTo(404);
		String other = sessions().get(0).substring(0, 8);
		assertThat(delete("/sessions/" + other).statusCode()).isEqualTo(204);
		Await.until("the session has ended", () -> unjoined.sid() == null);
		awaitSessions();
	}

	@Test
	void userIsDisconnected() {
		SocketTester jane = connect("jane");
		SocketTester other = connect();
		assertThat(delete("/users/jane").statusCode()).isEqualTo(204);
		jane.expectDisconnect("io server disconnect");
		awaitSessions(other.socket().io().sid());
		other.emitWithAck("whoami").expectAck().isEqualTo("nobody");
	}

	@Test
	void drainRefusesTrafficAndMovesTheClients() {
		applications.close();
		try (TestApplication drained = TestApplication.run(Application.class, properties(ALLOWED))) {
			this.application = drained;
			drainIt(drained.bean(Application.class).ends);
		}
	}

	private void drainIt(List<String> ends) {
		SocketTester socket = connect();
		HttpResponse<String> response = send(request("/drain").header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"period\":\"0s\"}")));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).matches("\\{\"state\":\"(DRAINING|DRAINED)\"}");
		// no packet says so, or the client would stay away
		socket.expectDisconnect("transport close");
		assertThat(this.application.bean(ApplicationAvailability.class).getReadinessState())
			.isEqualTo(ReadinessState.REFUSING_TRAFFIC);
		HttpResponse<String> refused = this.application.get(POLLING);
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.headers().firstValue("Retry-After")).isPresent();
		Await.until("the node is drained", () -> "DRAINED".equals(read("").at("/node/state").asString()));
		assertThat(ends).containsExactly("server shutting down, REFUSING_TRAFFIC");
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
		this.application = applications.run(Application.class, properties());
		SocketTester socket = connect();
		assertThat(delete("/users/jane").statusCode()).isEqualTo(404);
		assertThat(
				send(request("/drain").header("Content-Type", "application/json").POST(BodyPublishers.ofString("{}")))
					.statusCode())
			.isEqualTo(405);
		assertThat(read("/sockets").at("/socketCount").asInt()).isEqualTo(1);
		socket.emitWithAck("whoami").expectAck().isEqualTo("nobody");
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

	private SocketTester connect() {
		return this.application.tester().connect();
	}

	private SocketTester connect(String user) {
		return this.application.tester().auth(Map.of("user", user)).connect();
	}

	private static void join(SocketTester socket, String room) {
		socket.emitWithAck("join", room).expectEmptyAck();
	}

	/**
	 * A client may notice the end of its session before the server has removed it.
	 */
	private void awaitSessions(String... ids) {
		Await.until("the sessions are " + List.of(ids), () -> sessions().equals(List.of(ids)));
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
