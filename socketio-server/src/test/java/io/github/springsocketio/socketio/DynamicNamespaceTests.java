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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.github.springsocketio.socketio.adapter.AdapterNamespace;
import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Dynamic namespaces (section 14).
 */
class DynamicNamespaceTests {

	private static final Pattern DYN = Pattern.compile("^/dyn-\\d+$");

	private final List<String> closed = new ArrayList<>();

	private final TestServer server = new TestServer();

	private final SocketIoServer io = this.server.io;

	private final List<String> seen = new ArrayList<>();

	@Test
	@Tag("SIO-106")
	void firstFamilyThatMatchesMakesTheNamespace() {
		DynamicNamespace first = this.io.of(DYN);
		DynamicNamespace second = this.io.of((name, auth) -> {
			this.seen.add(name + auth);
			return Mono.just("secret".equals(auth.get("token")));
		});
		TestSession client = this.server.open();
		client.connect("0/dyn-1,");
		assertThat(first.children()).extracting(Namespace::name).containsExactly("/dyn-1");
		assertThat(this.seen).isEmpty();
		client.connect("0/other,{\"token\":\"secret\"}");
		assertThat(second.children()).extracting(Namespace::name).containsExactly("/other");
		client.receive("0/third,{}");
		assertThat(client.sent()).containsExactly("4/third,{\"message\":\"Invalid namespace\"}");
		assertThat(this.seen).containsExactly("/other{token=secret}", "/third{}");
	}

	@Test
	@Tag("SIO-106")
	void functionMayTakeItsTime() {
		Sinks.One<Boolean> decision = Sinks.one();
		this.io.of((name, auth) -> decision.asMono());
		TestSession client = this.server.open();
		client.receive("0/a,");
		assertThat(client.sent()).isEmpty();
		decision.tryEmitValue(true);
		assertThat(client.sent()).singleElement().asString().startsWith("0/a,{");
	}

	@Test
	@Tag("SIO-106")
	void clientThatGoesWhileAFunctionThinksLeavesNothing() {
		Sinks.One<Boolean> decision = Sinks.one();
		DynamicNamespace family = this.io.of((name, auth) -> decision.asMono());
		TestSession client = this.server.open();
		client.receive("0/a,");
		client.lose();
		decision.tryEmitValue(true);
		assertThat(family.children()).isEmpty();
		assertThat(decision.currentSubscriberCount()).isZero();
	}

	@Test
	@Tag("SIO-107")
	void existingNamespaceWinsAndErrorOrEmptyIsNo() {
		this.io.of("/dyn-1");
		DynamicNamespace throwing = this.io.of((name, auth) -> {
			throw new IllegalStateException("test");
		});
		DynamicNamespace failing = this.io.of((name, auth) -> Mono.error(new IllegalStateException("test")));
		DynamicNamespace linking = this.io.of((name, auth) -> {
			throw new NoClassDefFoundError("test");
		});
		DynamicNamespace empty = this.io.of((name, auth) -> Mono.empty());
		DynamicNamespace last = this.io.of(DYN);
		TestSession client = this.server.open();
		client.connect("0/dyn-1,");
		client.connect("0/dyn-2,");
		assertThat(List.of(throwing, failing, linking, empty)).allMatch((family) -> family.children().isEmpty());
		assertThat(last.children()).extracting(Namespace::name).containsExactly("/dyn-2");
	}

	@Test
	@Tag("SIO-107")
	void patternMatchesTheWholeName() {
		this.io.of(Pattern.compile("/dyn-\\d"));
		TestSession client = this.server.open();
		client.receive("0/dyn-12,");
		assertThat(client.sent()).containsExactly("4/dyn-12,{\"message\":\"Invalid namespace\"}");
	}

	@Test
	@Tag("SIO-108")
	void childHasWhatWasRegisteredForTheFamily() {
		DynamicNamespace family = this.io.of(DYN)
			.use((socket) -> Mono.fromRunnable(() -> this.seen.add("middleware " + socket.nsp())))
			.onConnection((socket) -> this.seen.add("connection " + socket.nsp()))
			.on("x", (socket, event) -> this.seen.add("x " + socket.nsp()));
		this.io.onNewNamespace((namespace) -> this.seen.add("new " + namespace.name()));
		TestSession client = this.server.open();
		client.connect("0/dyn-1,");
		client.receive("2/dyn-1,[\"x\"]");
		assertThat(this.seen).containsExactly("new /dyn-1", "middleware /dyn-1", "connection /dyn-1", "x /dyn-1");
		family.on("late", (socket, event) -> this.seen.add("late"));
		client.receive("2/dyn-1,[\"late\"]");
		assertThat(this.seen).hasSize(4);
	}

	@Test
	@Tag("SIO-108")
	void listenersAreToldOfStaticNamespacesToo() {
		this.io.onNewNamespace((namespace) -> {
			throw new IllegalStateException("test");
		});
		this.io.onNewNamespace((namespace) -> this.seen.add(namespace.name()));
		this.io.of("/");
		this.io.of("/a");
		this.io.of("/a");
		assertThat(this.seen).containsExactly("/a");
		assertThat(this.io.namespaces()).extracting(Namespace::name).containsExactlyInAnyOrder("/", "/a");
	}

	@Test
	@Tag("SIO-109")
	void nameThatMatchesAPatternIsAChild() {
		DynamicNamespace family = this.io.of(DYN);
		Namespace child = this.io.of("/dyn-1");
		assertThat(family.children()).containsExactly(child);
		assertThat(family.name()).isEqualTo("/_0");
		assertThat(this.io.of(DYN).name()).isEqualTo("/_1");
	}

	@Test
	@Tag("SIO-71")
	void familyEmitsToAllItsChildren() {
		DynamicNamespace family = this.io.of(DYN);
		TestSession client = this.server.open();
		client.connect("0/dyn-1,");
		client.connect("0/dyn-2,");
		client.connect();
		family.emit("x", 1);
		assertThat(client.sent()).containsExactlyInAnyOrder("2/dyn-1,[\"x\",1]", "2/dyn-2,[\"x\",1]");
	}

	private TestServer cleaning() {
		return new TestServer((options) -> options.adapterFactory(Closing::new));
	}

	@Test
	@Tag("SIO-110")
	@Tag("SEC-70")
	void emptyChildIsRemovedAndItsAdapterClosed() {
		TestServer cleaning = cleaning();
		DynamicNamespace family = cleaning.io.of(DYN);
		cleaning.io.of("/static");
		TestSession one = cleaning.open();
		TestSession two = cleaning.open();
		one.connect("0/dyn-1,");
		two.connect("0/dyn-1,");
		one.connect("0/static,");
		one.lose();
		assertThat(family.children()).hasSize(1);
		assertThat(this.closed).isEmpty();
		two.receive("1/dyn-1,");
		assertThat(family.children()).isEmpty();
		assertThat(this.closed).containsExactly("/dyn-1");
		assertThat(cleaning.io.namespaces()).extracting(Namespace::name).containsExactlyInAnyOrder("/", "/static");
		two.connect("0/dyn-1,");
		assertThat(family.children()).hasSize(1);
	}

	@Test
	@Tag("SIO-110")
	void childWhoseOnlyClientWasRefusedIsRemoved() {
		TestServer cleaning = cleaning();
		DynamicNamespace family = cleaning.io.of(DYN).use((socket) -> Mono.error(new ConnectErrorException("no")));
		cleaning.open().receive("0/dyn-1,");
		assertThat(family.children()).isEmpty();
		assertThat(this.closed).containsExactly("/dyn-1");
	}

	@Test
	@Tag("SIO-110")
	void emptyChildStaysIfNotCleanedUp() {
		TestServer keeping = new TestServer((options) -> options.cleanupEmptyChildNamespaces(false));
		DynamicNamespace family = keeping.io.of(DYN);
		TestSession client = keeping.open();
		client.connect("0/dyn-1,");
		client.lose();
		assertThat(family.children()).hasSize(1);
	}

	@Test
	@Tag("SIO-110")
	void childThatTheApplicationHasCreatedStays() {
		DynamicNamespace family = this.io.of(DYN);
		Namespace child = this.io.of("/dyn-1");
		TestSession client = this.server.open();
		client.connect("0/dyn-1,");
		client.lose();
		assertThat(family.children()).containsExactly(child);
	}

	@Test
	@Tag("SIO-110")
	@Tag("SIO-92")
	void childStaysAsLongAsStatesAreKeptForRecovery() {
		TestServer recovering = new TestServer(
				(options) -> options.connectionStateRecovery(ConnectionStateRecovery.defaults()));
		DynamicNamespace family = recovering.io.of(DYN);
		TestSession client = recovering.open();
		client.connect("0/dyn-1,");
		client.lose();
		recovering.advance(Duration.ofSeconds(100));
		assertThat(family.children()).hasSize(1);
		TestSession other = recovering.open();
		other.connect("0/dyn-1,");
		other.lose();
		recovering.advance(Duration.ofSeconds(100));
		assertThat(family.children()).hasSize(1);
		// timers call the namespace on another thread
		Await.until("the namespace is removed", () -> {
			recovering.advance(Duration.ofSeconds(60));
			return family.children().isEmpty();
		});
	}

	@Test
	@Tag("SIO-110")
	void comingAndGoingFromSeveralThreadsLeavesNothing() throws Exception {
		TestServer cleaning = cleaning();
		DynamicNamespace family = cleaning.io.of(DYN);
		List<TestSession> clients = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			clients.add(cleaning.open());
		}
		ExecutorService threads = Executors.newFixedThreadPool(4);
		List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
		try {
			CompletableFuture.allOf(clients.stream().map((client) -> CompletableFuture.runAsync(() -> {
				for (int i = 0; i < 2000; i++) {
					client.connect("0/dyn-1,");
					client.receive("1/dyn-1,");
				}
			}, threads).exceptionally((error) -> {
				failures.add(error);
				return null;
			})).toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(failures).isEmpty();
		assertThat(family.children()).isEmpty();
		assertThat(cleaning.io.namespaces()).hasSize(1);
	}

	@Test
	@Tag("SEC-70")
	void dynamicNamespacesAreBounded() {
		TestServer limited = new TestServer((options) -> options.maxDynamicNamespaces(2));
		DynamicNamespace family = limited.io.of(DYN);
		TestSession client = limited.open();
		client.connect("0/dyn-1,");
		client.connect("0/dyn-2,");
		client.receive("0/dyn-3,");
		assertThat(client.sent()).containsExactly("4/dyn-3,{\"message\":\"Too many namespaces\"}");
		assertThat(family.children()).hasSize(2);
		limited.open().connect("0/dyn-1,");
	}

	@Test
	@Tag("SEC-70")
	void namespacesThatOneSessionCreatesAreBounded() {
		TestServer limited = new TestServer((options) -> options.maxDynamicNamespacesPerSession(2));
		DynamicNamespace family = limited.io.of(DYN);
		TestSession client = limited.open();
		client.connect("0/dyn-1,");
		client.connect("0/dyn-2,");
		client.receive("0/dyn-3,");
		assertThat(client.sent()).containsExactly("4/dyn-3,{\"message\":\"Too many namespaces\"}");
		assertThat(limited.engine.limits()).containsExactly("max-dynamic-namespaces-per-session");
		limited.open().connect("0/dyn-3,");
		client.connect("0/dyn-3,");
		client.receive("1/dyn-1,");
		client.connect("0/dyn-4,");
		assertThat(family.children()).extracting(Namespace::name)
			.containsExactlyInAnyOrder("/dyn-2", "/dyn-3", "/dyn-4");
	}

	@Test
	@Tag("SEC-70")
	void whatSessionsCreateIsGoneWithThem() {
		DynamicNamespace family = this.io.of(DYN);
		for (int i = 0; i < 20; i++) {
			TestSession client = this.server.open();
			for (int j = 0; j < 10; j++) {
				client.connect("0/dyn-" + (10 * i + j) + ",");
			}
			client.lose();
		}
		assertThat(family.children()).isEmpty();
		assertThat(this.io.namespaces()).hasSize(1);
	}

	@Test
	@Tag("SEC-71")
	void longNamesAreNotShownToMatchers() {
		this.io.of(Pattern.compile("^/(a+)+$"));
		this.io.of((name, auth) -> Mono.fromSupplier(() -> this.seen.add(name)));
		DefaultDynamicNamespace family = new DefaultDynamicNamespace("/_9", HandlerTable.EMPTY, (name, auth) -> {
			this.seen.add(name);
			return Mono.just(true);
		}, false);
		assertThat(family.matches("/" + "a".repeat(256), Map.of()).block(Await.LIMIT)).isFalse();
		assertThat(family.matches("/" + "a".repeat(255), Map.of()).block(Await.LIMIT)).isTrue();
		assertThat(this.seen).hasSize(1);
	}

	private final class Closing extends TestAdapter {

		private Closing(AdapterNamespace namespace) {
			super(namespace);
		}

		@Override
		public Mono<Void> close() {
			return super.close().doFirst(() -> DynamicNamespaceTests.this.closed.add(this.namespace.name()));
		}

	}

}
