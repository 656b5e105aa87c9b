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

import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.client.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application behind a proxy that takes a prefix off the path and tells it.
 */
@Timeout(60)
class ForwardedPrefixApplicationTests {

	private static final String[] PREFIX = { "X-Forwarded-Prefix", "/app" };

	private TestApplication application;

	@AfterEach
	void close() {
		this.application.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "framework", "native", "none" })
	@Tag("EIO-01")
	void servesPollingWebsocketsAndTheClient(String strategy) {
		run(strategy);
		HttpResponse<String> handshake = this.application.get("/socket.io/?EIO=4&transport=polling", PREFIX);
		assertThat(handshake.statusCode()).isEqualTo(200);
		String sid = TestApplication.sid(handshake.body());
		HttpResponse<String> post = this.application.post("/socket.io/?EIO=4&transport=polling&sid=" + sid, "40",
				PREFIX);
		assertThat(post.body()).isEqualTo("ok");
		SocketIoTester tester = this.application.tester().header(PREFIX[0], PREFIX[1]);
		tester.transports(Transport.POLLING, Transport.WEBSOCKET).connect().expectUpgrade().expectStatus(101);
		tester.handshake().expectStatus(101);
		assertThat(this.application.get("/socket.io/socket.io.js", PREFIX).body())
			.isEqualTo("// stands for the client\n");
	}

	@Test
	@Tag("EIO-02")
	void leavesOtherPathsAlone() {
		run("framework");
		for (String path : new String[] { "/", "/other/", "/app/socket.io/" }) {
			assertThat(this.application.get(path + "?EIO=4&transport=polling", PREFIX).statusCode()).as(path)
				.isEqualTo(404);
		}
	}

	private void run(String strategy) {
		this.application = TestApplication.run(Application.class, "server.forward-headers-strategy=" + strategy);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = { ReactiveWebSecurityAutoConfiguration.class,
			ReactiveUserDetailsServiceAutoConfiguration.class, ReactiveManagementWebSecurityAutoConfiguration.class })
	static class Application {

	}

}
