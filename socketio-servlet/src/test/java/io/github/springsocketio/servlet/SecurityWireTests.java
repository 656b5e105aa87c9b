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

package io.github.springsocketio.servlet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.web.CorsOptions;
import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.engineio.web.EngineWebOptions;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What keeps pages of other origins, other users and malformed requests out, wherever the
 * endpoint runs.
 */
@ParameterizedClass
@EnumSource
class SecurityWireTests {

	private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

	private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

	private static final String PAGE = "Origin: https://app.example";

	private static final String FOREIGN = "Origin: https://evil.example";

	private static final String COOKIE = "Cookie: SESSION=1";

	private static final String BAD_REQUEST = "{\"code\":3,\"message\":\"Bad request\"}";

	private final EngineServer engine = EngineServer.create(EngineOptions.builder().build());

	private final List<RawHttp> clients = new ArrayList<>();

	private final WireServer server;

	SecurityWireTests(Server server) {
		this.server = server.factory.get();
	}

	@BeforeEach
	void start(@TempDir Path directory) throws Exception {
		this.engine.setConnectionHandler(new EchoHandler());
		CorsOptions cors = CorsOptions.builder()
			.allowedOrigins(List.of("https://app.example"))
			.allowCredentials(true)
			.exposedHeaders(List.of("x-a", "x-b"))
			.build();
		this.server.start(this.engine,
				EngineWebFilter.builder(this.engine).options(EngineWebOptions.builder().jsonp(true).cors(cors).build()),
				"", directory);
	}

	@AfterEach
	void stop() throws Exception {
		Await.get("the end of the engine", this.engine.close().toFuture());
		this.clients.forEach(RawHttp::close);
		this.server.close();
	}

	private RawHttp http() {
		RawHttp http = new RawHttp(this.server.port());
		this.clients.add(http);
		return http;
	}

	private RawResponse upgrade(String... headers) {
		return http().upgrade(WEBSOCKET, headers);
	}

	private String open(String target, String... headers) {
		RawResponse handshake = http().get(target, headers);
		assertThat(handshake.status()).isEqualTo(200);
		return target + "&sid=" + handshake.text().replaceAll("(?s).*sid\\\\*\":\\\\*\"([^\"\\\\]*).*", "$1");
	}

	@Test
	@Tag("SEC-89")
	@Tag("CK-161")
	void shouldRefuseWebsocketsWithCredentialsOfForeignPages() {
		for (String[] headers : List.of(new String[] { FOREIGN, COOKIE }, new String[] { "Origin: null", COOKIE },
				new String[] { "Origin: http://localhost:8080", COOKIE },
				new String[] { FOREIGN, "Authorization: Basic eDp5" },
				new String[] { FOREIGN, "Authorization: Digest username=x" },
				new String[] { "Origin: https://forwarded.example", "X-Forwarded-Host: other.example", COOKIE })) {
			RawResponse refused = upgrade(headers);
			assertThat(refused.status()).as(headers[0]).isEqualTo(400);
			assertThat(refused.text()).isEqualTo("Forbidden");
		}
		assertThat(this.engine.clientsCount()).isZero();
		for (String[] headers : List.of(new String[] { PAGE, COOKIE },
				new String[] { "Origin: http://localhost", COOKIE }, new String[] { FOREIGN }, new String[] { COOKIE },
				new String[] { FOREIGN, "Authorization: Bearer x" },
				new String[] { "Origin: https://forwarded.example", "X-Forwarded-Host: forwarded.example", COOKIE })) {
			assertThat(upgrade(headers).status()).as(headers[0]).isEqualTo(101);
		}
	}

	@Test
	@Tag("SEC-89")
	void shouldRefuseToUpgradeASessionForAForeignPage() {
		String polling = open(POLLING);
		String target = polling.replace("transport=polling", "transport=websocket");
		assertThat(http().upgrade(target, FOREIGN, COOKIE).status()).isEqualTo(400);
		assertThat(http().post(polling, "4still alive").text()).isEqualTo("ok");
		assertThat(http().get(polling).text()).isEqualTo("4still alive");
	}

	@Test
	@Tag("SEC-110")
	void shouldCheckTheOriginOfScripts() {
		String target = open(POLLING + "&j=0");
		Map<String, Integer> cases = Map.of(FOREIGN, 403, "Origin: null", 403, PAGE, 200,
				"Referer: https://evil.example/localhost", 403, "Referer: x", 403,
				"Referer: https://app.example/page?q#f", 200, COOKIE, 403, "Authorization: Basic eDp5", 403,
				"Accept: */*", 200);
		cases.forEach((header, status) -> {
			RawResponse post = http().post(target, "d=4hello", header);
			assertThat(post.status()).as(header).isEqualTo(status);
			assertThat(post.header("X-Content-Type-Options")).isEqualTo("nosniff");
			assertThat(http().get(POLLING + "&j=0", header).status()).as(header).isEqualTo(status);
		});
	}

	@Test
	@Tag("CK-121")
	@Tag("CK-124")
	void shouldSendTheHeadersOfCors() {
		String target = open(POLLING, PAGE);
		for (RawResponse response : List.of(http().get(POLLING, PAGE), http().post(target, "4x", PAGE),
				http().get(target, PAGE), http().get(POLLING.replace("polling", "foo"), PAGE),
				http().exchange("PUT", target, null, PAGE), upgrade(PAGE))) {
			assertThat(response.headers("Access-Control-Allow-Origin")).containsExactly("https://app.example");
			assertThat(response.headers("Vary")).containsExactly("Origin");
			assertThat(response.header("Access-Control-Allow-Credentials")).isEqualTo("true");
			assertThat(response.header("Access-Control-Expose-Headers")).isEqualTo("x-a,x-b");
		}
		RawResponse foreign = http().get(POLLING, FOREIGN, COOKIE);
		assertThat(foreign.status()).isEqualTo(200);
		assertThat(foreign.header("Access-Control-Allow-Origin")).isNull();
		assertThat(http().upgrade(WEBSOCKET + "&sid=nope", PAGE).header("Access-Control-Allow-Origin")).isNull();
	}

	@Test
	@Tag("CK-128")
	@Tag("SEC-90")
	void shouldAnswerPreflights() {
		RawResponse response = http().exchange("OPTIONS", POLLING, null, PAGE, "Access-Control-Request-Method: POST",
				"Access-Control-Request-Headers: content-type,x-custom");
		assertThat(response.status()).isEqualTo(204);
		assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
		assertThat(response.header("Access-Control-Allow-Methods")).isEqualTo("GET,HEAD,PUT,PATCH,POST,DELETE");
		assertThat(response.header("Access-Control-Allow-Headers")).isEqualTo("content-type,x-custom");
		assertThat(response.headers("Vary")).containsExactly("Origin, Access-Control-Request-Headers");
	}

	@Test
	@Tag("EIO-26")
	@Tag("SEC-87")
	void shouldRefuseMalformedOrigins() {
		for (String[] headers : List.of(new String[] { "Origin: https://\u00e9.example" },
				new String[] { PAGE, "Origin: https://b.example" })) {
			RawResponse response = http().get(POLLING, headers);
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.header("Access-Control-Allow-Origin")).isNull();
		}
		assertThat(this.engine.clientsCount()).isZero();
	}

	@Test
	@Tag("SEC-99")
	void shouldRefuseRequestsOfAnotherUser() {
		String target = open(POLLING, "X-User: ann");
		RawResponse post = http().post(target, "4x", "X-User: bob");
		assertThat(post.status()).isEqualTo(403);
		assertThat(post.text()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
		assertThat(http().get(target, "X-User: Ann").status()).isEqualTo(403);
		RawResponse upgrade = http().upgrade(target.replace("transport=polling", "transport=websocket"), "X-User: bob");
		assertThat(upgrade.status()).isEqualTo(400);
		assertThat(upgrade.text()).isEqualTo("Forbidden");
		assertThat(http().post(target, "4y", "X-User: ann").text()).isEqualTo("ok");
		// the session outlives a logout
		assertThat(http().post(target, "4z").text()).isEqualTo("ok");
		assertThat(http().get(target, "X-User: ann").text()).isEqualTo("4y\u001e4z");
		assertThat(http().post(open(POLLING), "4x", "X-User: bob").text()).isEqualTo("ok");
	}

	@Test
	@Tag("EIO-06")
	@Tag("SEC-05")
	@Tag("SEC-06")
	void shouldRefuseRequestsThatAreNone() {
		for (String query : List.of("&transport=polling", "&tr%61nsport=foo", "&transport", "&EIO=3", "&sid=a&sid=b",
				"&sid=&sid=b", "&j=0&j=1")) {
			RawResponse response = http().get(POLLING + query);
			assertThat(response.status()).as(query).isEqualTo(400);
			assertThat(response.text()).isEqualTo(BAD_REQUEST);
			assertThat(http().upgrade(WEBSOCKET + query).text()).as(query).isEqualTo("Bad request");
		}
		for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "HEAD", "FOO")) {
			RawResponse response = http().exchange(method, POLLING, null);
			assertThat(response.status()).as(method).isEqualTo(400);
			assertThat(response.text()).as(method)
				.isEqualTo(method.equals("HEAD") ? "" : "{\"code\":2,\"message\":\"Bad handshake method\"}");
		}
		for (String sid : List.of("nope", "__proto__", "..%2Fx", "null", "%20", "+")) {
			RawResponse response = http().get(POLLING + "&sid=" + sid);
			assertThat(response.status()).as(sid).isEqualTo(400);
			assertThat(response.text()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
		}
		RawResponse version = http().get(POLLING.replace("EIO=4", "EIO=3"));
		assertThat(version.text()).isEqualTo("{\"code\":5,\"message\":\"Unsupported protocol version\"}");
		assertThat(this.engine.clientsCount()).isZero();
	}

	/**
	 * What the endpoint runs on.
	 */
	enum Server {

		REACTOR_NETTY(ReactorNettyWireServer::new),

		TOMCAT(() -> new ContainerWireServer(new TomcatContainer())),

		JETTY(() -> new ContainerWireServer(new JettyContainer()));

		private final Supplier<WireServer> factory;

		Server(Supplier<WireServer> factory) {
			this.factory = factory;
		}

	}

}
