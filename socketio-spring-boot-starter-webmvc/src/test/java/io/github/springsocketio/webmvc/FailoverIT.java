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

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;

import io.github.springsocketio.test.client.Transport;
import io.github.springsocketio.testing.RequiresProgram;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.ForkedJvm;
import io.github.springsocketio.testsupport.ForkedProgram;
import io.github.springsocketio.testsupport.FreePort;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two applications behind HAProxy, which tells them apart by a cookie, and many clients.
 */
@RequiresProgram("haproxy")
class FailoverIT {

	private static final int CLIENTS = Integer.getInteger("failover.clients", 50);

	private static final String CONFIGURATION = """
			global
				maxconn %d
			defaults
				mode http
				timeout connect 5s
				timeout client 60s
				timeout server 60s
				timeout check 10s
			frontend clients
				bind 127.0.0.1:%d
				default_backend nodes
			backend nodes
				balance roundrobin
				option redispatch
				option httpchk GET /health
				default-server check inter 200 fall 2 rise 1
				cookie io prefix nocache
				server one 127.0.0.1:%s cookie one
				server two 127.0.0.1:%s cookie two
			""";

	private final List<StoringClient> clients = new ArrayList<>();

	private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

	private int port;

	@Test
	@Tag("SEC-131")
	void clientsGoToTheOtherNodeAndNothingAcknowledgedIsLost(@TempDir Path folder) throws Exception {
		try (ForkedJvm one = node("one", folder);
				ForkedJvm two = node("two", folder);
				ForkedProgram proxy = proxy(folder, one.awaitLine("port "), two.awaitLine("port "))) {
			String url = "http://127.0.0.1:" + this.port;
			for (int i = 0; i < CLIENTS; i++) {
				Transport[] transports = (i % 2 == 0) ? new Transport[] { Transport.POLLING } : Transport.values();
				this.clients
					.add(new StoringClient("client" + i, url, this.executor, Math.max(100, CLIENTS), transports));
			}
			awaitClients("they store something", (client) -> client.acknowledged() > 1);
			assertThat(this.clients).extracting(StoringClient::node).contains("one", "two");
			one.terminate();
			// as of a program that a signal ends
			assertThat(one.waitFor(Await.LIMIT)).isEqualTo(143);
			awaitClients("they have come to the other node", (client) -> client.node().equals("two"));
			int[] until = this.clients.stream().mapToInt(StoringClient::acknowledged).toArray();
			for (int i = 0; i < CLIENTS; i++) {
				int index = i;
				Await.until("it goes on", () -> this.clients.get(index).acknowledged() > until[index]);
			}
			this.clients.forEach(StoringClient::close);
			assertStored(folder);
		}
		finally {
			this.clients.forEach(StoringClient::close);
			this.executor.shutdownNow();
		}
	}

	private static ForkedJvm node(String name, Path folder) {
		return ForkedJvm.start(StoringApplication.class, List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"),
				"--node=" + name, "--file=" + folder.resolve(name + ".txt"));
	}

	private ForkedProgram proxy(Path folder, String one, String two) throws IOException {
		this.port = FreePort.find();
		Path file = Files.writeString(folder.resolve("haproxy.cfg"),
				CONFIGURATION.formatted(500 + 4 * CLIENTS, this.port, one, two));
		ForkedProgram proxy = ForkedProgram.start(new ProcessBuilder("haproxy", "-db", "-f", file.toString()),
				folder.resolve("haproxy.log"));
		proxy.until("HAProxy listens", this::isListening);
		return proxy;
	}

	private boolean isListening() {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private void awaitClients(String what, Predicate<StoringClient> condition) {
		try {
			Await.until(what, () -> this.clients.stream().allMatch(condition));
		}
		catch (AssertionError ex) {
			throw new AssertionError(ex.getMessage() + this.clients.stream().filter(condition.negate()).toList(), ex);
		}
	}

	private void assertStored(Path folder) throws IOException {
		Set<String> stored = new HashSet<>(Files.readAllLines(folder.resolve("one.txt")));
		stored.addAll(Files.readAllLines(folder.resolve("two.txt")));
		List<String> lost = new ArrayList<>();
		for (StoringClient client : this.clients) {
			for (int i = 0; i < client.acknowledged(); i++) {
				if (!stored.contains(client.id(i))) {
					lost.add(client.id(i));
				}
			}
		}
		assertThat(lost).isEmpty();
	}

}
