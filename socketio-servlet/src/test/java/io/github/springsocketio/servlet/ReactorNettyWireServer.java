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
import java.security.Principal;
import java.util.Map;
import java.util.Objects;

import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.testsupport.Await;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ContextPathCompositeHandler;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * The endpoint in WebFlux on Reactor Netty.
 */
final class ReactorNettyWireServer implements WireServer {

	private @Nullable DisposableServer server;

	@Override
	public void start(EngineServer engine, EngineWebFilter.Builder endpoint, String contextPath, Path directory) {
		HttpHandler handler = WebHttpHandlerBuilder.webHandler(ReactorNettyWireServer::notFound)
			.filter(ReactorNettyWireServer::filterAhead, endpoint.build())
			.build();
		HttpHandler below = contextPath.isEmpty() ? handler
				: new ContextPathCompositeHandler(Map.of(contextPath, handler));
		this.server = HttpServer.create()
			.host("localhost")
			.port(0)
			.handle(new ReactorHttpHandlerAdapter(below))
			.bindNow(Await.LIMIT);
	}

	private static Mono<Void> notFound(ServerWebExchange exchange) {
		exchange.getResponse().setStatusCode(HttpStatus.NOT_FOUND);
		return exchange.getResponse().setComplete();
	}

	private static Mono<Void> filterAhead(ServerWebExchange exchange, WebFilterChain chain) {
		exchange.getResponse().getHeaders().add("Set-Cookie", "filter=1");
		exchange.getResponse().getHeaders().set("Cache-Control", "private");
		String user = exchange.getRequest().getHeaders().getFirst("X-User");
		if (user == null) {
			return chain.filter(exchange);
		}
		Mono<Principal> principal = Mono.just(() -> user);
		return chain.filter(exchange.mutate().principal(principal).build());
	}

	@Override
	public int port() {
		return Objects.requireNonNull(this.server).port();
	}

	@Override
	public void close() {
		Objects.requireNonNull(this.server).disposeNow(Await.LIMIT);
	}

}
