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

package io.github.springsocketio.socketio;

import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connection state recovery over a real connection.
 */
@Tag("SIO-98")
class RecoveryWireTests {

	private static final Pattern PID = Pattern.compile("\"pid\":\"([^\"]+)\"");

	private static final Pattern OFFSET = Pattern.compile("\\[\"a\",\"([^\"]+)\"]");

	@RegisterExtension
	private final TestServers servers = new TestServers();

	/**
	 * A client that loses its connection in between would receive the events again.
	 */
	@Test
	void whatWasMissedAndTheResponseToConnectComeWithOnePoll() {
		TestServer server = this.servers.start();
		SocketIoServer io = this.servers.socketIo(server,
				SocketIoOptions.builder().connectionStateRecovery(ConnectionStateRecovery.defaults()).build());
		PollingClient first = server.polling();
		first.post("40");
		String pid = find(PID, first.poll().text());
		io.emit("a");
		String offset = find(OFFSET, first.poll().text());
		io.emit("b");
		io.emit("c");
		PollingClient second = server.polling();
		CompletableFuture<RawResponse> poll = second.hang();
		second.post("40{\"pid\":\"" + pid + "\",\"offset\":\"" + offset + "\"}");
		assertThat(Await.get("the response", poll).text().split("\u001e")).satisfiesExactly(
				(packet) -> assertThat(packet).startsWith("42[\"b\","),
				(packet) -> assertThat(packet).startsWith("42[\"c\","),
				(packet) -> assertThat(packet).startsWith("40{").contains(pid));
		// no timer for the stored session is left
		io.close().block(Await.LIMIT);
	}

	private static String find(Pattern pattern, String text) {
		Matcher matcher = pattern.matcher(text);
		assertThat(matcher.find()).as(text).isTrue();
		return matcher.group(1);
	}

}
