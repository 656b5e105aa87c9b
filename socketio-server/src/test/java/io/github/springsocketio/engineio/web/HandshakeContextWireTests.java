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

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is kept of the Reactor context of a handshake.
 */
class HandshakeContextWireTests {

	@RegisterExtension
	private final TestServers servers = new TestServers();

	@ParameterizedTest
	@ValueSource(strings = { "polling", "websocket" })
	void shouldKeepWhatAFilterWroteWithoutWhatRetainsTheRequest(String transport) {
		TestServer server = this.servers.start((spec) -> spec.webFilter(new ServerWebExchangeContextFilter())
			.webFilter((exchange, chain) -> chain.filter(exchange).contextWrite(own(exchange)))
			.endpoint((endpoint) -> endpoint.filters(List
				.of((exchange, chain) -> chain.filter(exchange).contextWrite(Context.of("engine filter", "two"))))));
		assertThat(entries(server, transport)).isEqualTo(Map.of("tenant", "one", Map.class, 1, "engine filter", "two"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "polling", "websocket" })
	void shouldKeepTheContextOfTheHandshakeWhenTheDecisionIsMadeElsewhere(String transport) {
		WebFilter filter = (exchange, chain) -> chain.filter(exchange).contextWrite(Context.of("tenant", "one"));
		TestServer server = this.servers.start((spec) -> spec.webFilter(filter)
			.endpoint((endpoint) -> endpoint.allowRequests(List.of((exchange) -> exchange.getSession()
				.publishOn(Schedulers.parallel())
				.thenReturn(AllowRequest.Decision.accept())))));
		assertThat(entries(server, transport)).isEqualTo(Map.of("tenant", "one"));
	}

	@Test
	void shouldKeepNothingForAPlainApplication() {
		TestServer server = this.servers.start();
		assertThat(context(server, "polling")).isSameAs(Context.empty());
		assertThat(context(server, "websocket")).isSameAs(Context.empty());
	}

	private static Context own(ServerWebExchange exchange) {
		Consumer<Object> hook = (discarded) -> {
		};
		return Context.of(Map.of("tenant", "one", Map.class, 1, "my exchange", exchange, "my request",
				exchange.getRequest(), "micrometer.observation", "of the request", "reactor.onDiscard.local", hook,
				"org.springframework.security.core.context.SecurityContext", "of the exchange"));
	}

	private static Map<Object, Object> entries(TestServer server, String transport) {
		return context(server, transport).stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	private static ContextView context(TestServer server, String transport) {
		if (transport.equals("polling")) {
			return server.polling().session().request().context();
		}
		return server.session(PollingClient.sid(server.websocket("").readText())).request().context();
	}

}
