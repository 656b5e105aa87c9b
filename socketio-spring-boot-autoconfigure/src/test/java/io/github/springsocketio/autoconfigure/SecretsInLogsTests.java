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

import java.net.http.HttpResponse;

import io.github.springsocketio.engineio.web.AllowRequest;
import io.github.springsocketio.engineio.web.AllowRequest.Decision;
import io.github.springsocketio.engineio.web.HeadersListener;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.testsupport.RawWebSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client keeps secret is in no log (SEC-13, SEC-101), also where things fail.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class SecretsInLogsTests {

	private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

	private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

	@Test
	@Tag("SEC-13")
	@Tag("SEC-101")
	void logsHoldNoSecretsOfClients(CapturedOutput output) {
		String polled;
		String opened;
		String[] headers = { "Cookie", "id=secret-cookie", "Authorization", "Bearer secret-token" };
		try (TestApplication application = TestApplication.run(Application.class)) {
			HttpResponse<String> handshake = application.get(POLLING, headers);
			polled = TestApplication.sid(handshake.body());
			application.post(POLLING + "&sid=" + polled, "40{\"password\":\"secret-auth\"}", headers);
			application.post(POLLING + "&sid=" + polled, "42[\"fail\"]", headers);
			application.get(POLLING + "&sid=" + polled + "&fail=headers", headers);
			application.get(POLLING + "&fail=allow", headers);
			try (RawWebSocket websocket = application.websocket(WEBSOCKET, headers)) {
				opened = TestApplication.sid(websocket.readText());
				websocket.sendText("40{\"password\":\"secret-auth\"}");
				assertThat(websocket.readText()).startsWith("40{");
				websocket.sendText("420[\"fail\"]");
				assertThat(websocket.readText()).startsWith("430[{\"error\":{\"code\":\"internal\",");
				websocket.sendText("421[\"ok\"]");
				assertThat(websocket.readText()).isEqualTo("431[]");
				websocket.sendText("no packet");
				assertThat(websocket.read().opcode()).isEqualTo(RawWebSocket.CLOSE);
			}
			application.post(POLLING + "&sid=" + polled, "no packet", headers);
		}
		assertThat(output).contains("Handling of event fail failed")
			.contains("A headers listener failed")
			.contains("an AllowRequest failed")
			.doesNotContain(polled, opened)
			.doesNotContain("secret-cookie", "secret-token", "secret-auth");
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = { ReactiveWebSecurityAutoConfiguration.class,
			ReactiveUserDetailsServiceAutoConfiguration.class, ReactiveManagementWebSecurityAutoConfiguration.class })
	static class Application {

		@Bean
		NamespaceConfigurer events() {
			return (io) -> io.sockets().on("fail", (socket, event) -> {
				throw new IllegalStateException("failed on purpose");
			}).on("ok", (socket, event) -> event.ack());
		}

		@Bean
		AllowRequest allowRequest() {
			return (exchange) -> "allow".equals(exchange.getRequest().getQueryParams().getFirst("fail"))
					? Mono.error(new IllegalStateException("failed on purpose")) : Mono.just(Decision.accept());
		}

		@Bean
		HeadersListener headersListener() {
			return (headers, exchange) -> "headers".equals(exchange.getRequest().getQueryParams().getFirst("fail"))
					? Mono.error(new IllegalStateException("failed on purpose")) : Mono.empty();
		}

	}

}
