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

import io.github.springsocketio.engineio.EngineConnectionHandler;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.web.AllowRequest;
import io.github.springsocketio.engineio.web.InitialHeadersListener;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpHeaders;

/**
 * The profile {@code engine-client}: Engine.IO without Socket.IO, for the tests of
 * Engine.IO clients.
 */
@Configuration(proxyBeanMethods = false)
@Profile("engine-client")
class EngineClientConfiguration {

	@Bean
	RequestMemory requestMemory() {
		return new RequestMemory();
	}

	@Bean
	EngineConnectionHandler greeting(RequestMemory requests, JsonMapper json) {
		return (session) -> {
			session.send("hi");
			return new Answers(session, requests, json);
		};
	}

	@Bean
	AllowRequest gate() {
		return AllowRequest.of((exchange) -> Mono.just(!Query.has(exchange, "deny")));
	}

	@Bean
	InitialHeadersListener cookies() {
		return (headers, exchange) -> {
			headers.add(HttpHeaders.SET_COOKIE, "1=1; Max-Age=86400");
			headers.add(HttpHeaders.SET_COOKIE, "2=2; Path=/; HttpOnly; Secure; SameSite=Strict");
			headers.add(HttpHeaders.SET_COOKIE, "3=3; Max-Age=0");
			headers.add(HttpHeaders.SET_COOKIE, "4=4; Expires=" + Dates.httpNow());
			return Mono.empty();
		};
	}

	private static final class Answers extends EchoSession {

		private final EngineSession session;

		private final RequestMemory requests;

		private final JsonMapper json;

		Answers(EngineSession session, RequestMemory requests, JsonMapper json) {
			super(session);
			this.session = session;
			this.requests = requests;
			this.json = json;
		}

		@Override
		void onText(String text) {
			switch (text) {
				case "give binary" -> this.session.send(new byte[] { 0, 1, 2, 3, 4 });
				case "sendHeaders" ->
					this.session.send(this.json.writeValueAsString(this.requests.headersOf(this.session)));
				default -> super.onText(text);
			}
		}

	}

}
