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

import io.github.springsocketio.engineio.SecureSessionIds;
import io.github.springsocketio.engineio.SessionIdGenerator;
import io.github.springsocketio.engineio.web.AllowRequest;
import io.github.springsocketio.engineio.web.AllowRequest.Decision;
import io.github.springsocketio.engineio.web.EngineFilter;
import io.github.springsocketio.engineio.web.HeadersListener;
import io.github.springsocketio.engineio.web.InitialHeadersListener;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;

/**
 * The hooks of the profile {@code wire}, which depend on the query.
 */
@Configuration(proxyBeanMethods = false)
@Profile("wire")
class WireHooksConfiguration {

	@Bean
	AllowRequest gate() {
		return (exchange) -> switch (Query.get(exchange, "gate")) {
			case "deny" -> Mono.just(Decision.reject());
			case "deny-message" -> Mono.just(Decision.reject("try again later"));
			case "slow" -> Delays.of(150).thenReturn(Decision.accept());
			case "slow-deny" -> Delays.of(150).thenReturn(Decision.reject());
			case "cookie-deny" -> Mono.just(hasPass(exchange) ? Decision.accept() : Decision.reject());
			default -> Mono.just(Decision.accept());
		};
	}

	private static boolean hasPass(ServerWebExchange exchange) {
		HttpCookie pass = exchange.getRequest().getCookies().getFirst("pass");
		return pass != null && pass.getValue().equals("1");
	}

	@Bean
	EngineFilter middleware() {
		return (exchange, chain) -> switch (Query.get(exchange, "mw")) {
			case "end" -> {
				exchange.getResponse().setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
				yield exchange.getResponse().setComplete();
			}
			case "fail" -> Mono.error(new IllegalStateException("this text must not reach the client"));
			default -> {
				exchange.getResponse().getHeaders().set("x-mw", "1");
				yield chain.filter(exchange);
			}
		};
	}

	@Bean
	InitialHeadersListener initialHeaders() {
		return (headers, exchange) -> {
			headers.set("x-initial", "1");
			if (Query.has(exchange, "cookies")) {
				headers.add(HttpHeaders.SET_COOKIE, "a=1; Path=/");
				headers.add(HttpHeaders.SET_COOKIE, "b=2; Path=/; HttpOnly");
			}
			return Mono.empty();
		};
	}

	@Bean
	HeadersListener headers() {
		return (headers, exchange) -> {
			headers.set("x-every", "1");
			if (Query.has(exchange, "everycookie")) {
				headers.add(HttpHeaders.SET_COOKIE, "every=1");
			}
			return Mono.empty();
		};
	}

	@Bean
	SessionIdGenerator ids() {
		return (request) -> {
			String id = request.query().get("genid");
			return (id != null) ? named(id) : Mono.fromSupplier(SecureSessionIds::next);
		};
	}

	private static Mono<String> named(String id) {
		return id.equals("fail") ? Mono.error(new IllegalStateException("no id")) : Mono.just("custom-" + id);
	}

}
