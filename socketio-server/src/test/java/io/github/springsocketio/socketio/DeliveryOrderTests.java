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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springsocketio.socketio.adapter.Adapter;
import io.github.springsocketio.testsupport.HeldThread;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The order in which a namespace delivers, and what is held back while it is behind.
 */
class DeliveryOrderTests {

	@Test
	@Tag("SEC-75")
	void clientsAreNotReadFromWhileTheirNamespaceIsBehind() throws Exception {
		TestServer server = new TestServer((
				options) -> options.connectionStateRecovery(ConnectionStateRecovery.defaults()).maxHandlersInFlight(8));
		server.io.sockets().on("x", (socket, event) -> socket.emit("y"));
		TestSession client = server.open();
		client.connect();
		client.sent();
		Adapter adapter = server.io.sockets().adapter();
		HeldThread held = HeldThread.by(adapter::inOrder);
		AtomicInteger count = new AtomicInteger();
		CompletableFuture.runAsync(() -> {
			while (client.paused() == 0 && count.get() < 5000) {
				client.receive("2[\"x\"]");
				count.incrementAndGet();
			}
		}, Schedulers.parallel()::schedule).get(30, TimeUnit.SECONDS);
		// with the one that is being written they are 1000 before the first that is held
		// back
		assertThat(count).hasValue(999 + 8);
		assertThat(client.paused()).isOne();
		held.release();
		CompletableFuture<Void> last = new CompletableFuture<>();
		adapter.inOrder(() -> last.complete(null));
		last.get(30, TimeUnit.SECONDS);
		assertThat(client.paused()).isZero();
		assertThat(client.sent()).hasSize(count.get());
	}

	@Test
	void flushedWaitsForWhatIsYetToBeWritten() throws Exception {
		TestServer server = recovering();
		TestSession client = server.open();
		client.flushed.tryEmitEmpty();
		Socket socket = server.io.sockets().sockets().get(client.connect());
		HeldThread held = HeldThread.by(server.io.sockets().adapter()::inOrder);
		socket.emit("x", 1);
		List<String> written = new ArrayList<>();
		CompletableFuture<Void> flushed = socket.flushed()
			.doOnSuccess((none) -> written.addAll(client.sent()))
			.toFuture();
		assertThat(flushed).isNotDone();
		held.release();
		flushed.get(30, TimeUnit.SECONDS);
		assertThat(written).hasSize(1);
		server.io.sockets().disconnectSockets();
		assertThat(client.sent()).containsExactly("1");
	}

	@Test
	@Tag("SEC-75")
	void sourceIsHeldBackWhileItsNamespaceIsBehind() throws Exception {
		TestServer server = recovering();
		TestSession client = server.open();
		client.flushed.tryEmitEmpty();
		Socket socket = server.io.sockets().sockets().get(client.connect());
		HeldThread held = HeldThread.by(server.io.sockets().adapter()::inOrder);
		AtomicInteger taken = new AtomicInteger();
		CompletableFuture<Void> all = new CompletableFuture<>();
		CompletableFuture.runAsync(() -> {
			Flux<Integer> source = Flux.range(0, 5000).doOnNext((value) -> taken.incrementAndGet());
			socket.emitAll("x", source).subscribe(null, all::completeExceptionally, () -> all.complete(null));
		}, Schedulers.parallel()::schedule).get(30, TimeUnit.SECONDS);
		// with the task under way there are 1001 then
		assertThat(taken).hasValue(1000);
		held.release();
		all.get(30, TimeUnit.SECONDS);
		assertThat(client.sent()).hasSize(5000);
	}

	private static TestServer recovering() {
		return new TestServer((options) -> options.connectionStateRecovery(ConnectionStateRecovery.defaults()));
	}

}
