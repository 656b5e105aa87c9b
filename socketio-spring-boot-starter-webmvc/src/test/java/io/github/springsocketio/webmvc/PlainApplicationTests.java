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

package io.github.springsocketio.webmvc;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.client.Transport;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.ForkedJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PlainApplicationTests {

	/** Websockets of the container, Spring Security and Spring Session. */
	private static final Pattern EXTRAS = Pattern
		.compile("websocket|spring-security|spring-boot-(starter-)?security|spring-session|spring-data|jetty");

	@Test
	void applicationWithoutWebsocketsAndSecurityAndSessionsServes(@TempDir Path folder) throws Exception {
		try (ForkedJvm application = ForkedJvm.startWithout(EXTRAS, StoringApplication.class,
				List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"), "--node=one", "--file=" + folder.resolve("one.txt"),
				"--socketio.cookie.enabled=false")) {
			String url = "http://127.0.0.1:" + application.awaitLine("port ");
			HttpResponse<String> handshake = HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(URI.create(url + "/socket.io/?EIO=4&transport=polling")).build(),
						BodyHandlers.ofString());
			assertThat(handshake.body()).contains("\"upgrades\":[]");
			assertThat(handshake.headers().map()).doesNotContainKey("Set-Cookie");
			try (SocketIoTester tester = SocketIoTester.bindToServer(url).timeout(Await.LIMIT)) {
				tester.transports(Transport.POLLING)
					.connect()
					.emitWithAck("store", "first")
					.expectAck(String.class)
					.isEqualTo("one");
			}
			application.terminate();
			assertThat(application.waitFor(Await.LIMIT)).isEqualTo(143);
		}
	}

}
