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

import java.security.Principal;
import java.time.Duration;

import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests of a session and the user of its handshake.
 */
@Tag("SEC-99")
class PrincipalWireTests {

	private static final String USER = "X-User";

	@RegisterExtension
	private final TestServers servers = new TestServers();

	private TestServer start(boolean late) {
		return this.servers
			.start((spec) -> spec.webFilter((exchange, chain) -> chain.filter(withUser(exchange, late))));
	}

	/**
	 * Take the user from a header.
	 */
	private static ServerWebExchange withUser(ServerWebExchange exchange, boolean late) {
		String user = exchange.getRequest().getHeaders().getFirst(USER);
		if (user == null) {
			return exchange;
		}
		Mono<Principal> principal = Mono.just(() -> user);
		return exchange.mutate().principal(late ? principal.delayElement(Duration.ofMillis(1)) : principal).build();
	}

	private static String[] headers(String user) {
		return user.equals("-") ? new String[0] : new String[] { USER + ": " + user };
	}

	@ParameterizedTest
	@CsvSource({ "ann, bob, false", "ann, bob, true", "ann, Ann, false" })
	void shouldRefuseRequestsOfAnotherUser(String owner, String user, boolean late) {
		TestServer server = start(late);
		PollingClient client = server.polling(headers(owner));
		RawResponse post = client.post("4x", headers(user));
		assertThat(post.status()).isEqualTo(403);
		assertThat(post.text()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
		assertThat(client.poll(headers(user)).status()).isEqualTo(403);
		RawResponse upgrade = server.http()
			.upgrade(server.target("transport=websocket&sid=" + client.sid()), headers(user));
		assertThat(upgrade.status()).isEqualTo(400);
		assertThat(upgrade.text()).isEqualTo("Forbidden");
		// the session goes on
		assertThat(client.post("4y", headers(owner)).text()).isEqualTo("ok");
		assertThat(client.poll(headers(owner)).text()).isEqualTo("4y");
	}

	@ParameterizedTest
	@CsvSource({ "ann, ann, false", "ann, ann, true", "ann, -, false", "-, bob, false", "-, bob, true", "-, -, false" })
	void shouldAcceptTheSameUserAndRequestsOrSessionsWithoutOne(String owner, String user, boolean late) {
		TestServer server = start(late);
		PollingClient client = server.polling(headers(owner));
		assertThat(client.post("4x", headers(user)).text()).isEqualTo("ok");
		assertThat(client.poll(headers(user)).text()).isEqualTo("4x");
		RawResponse upgrade = server.http()
			.upgrade(server.target("transport=websocket&sid=" + client.sid()), headers(user));
		assertThat(upgrade.status()).isEqualTo(101);
	}

}
