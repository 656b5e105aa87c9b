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
import java.util.Collections;
import java.util.List;

import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events that an interceptor renames to one with a serial or blocking handler.
 */
@Timeout(30)
class RenamedEventTests {

	private final TestServer server = new TestServer();

	private final SocketIoServer io = this.server.io;

	private final TestSession client = this.server.open();

	private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

	/** What interceptors wait for, by the events that came. */
	private final List<Sinks.Empty<Void>> interceptors = new ArrayList<>();

	/** What serial handlers wait for, by their calls. */
	private final List<Sinks.One<String>> handlers = new ArrayList<>();

	@AfterEach
	void close() {
		this.io.close().block(Await.LIMIT);
	}

	/**
	 * Register an interceptor, a serial handler that events are renamed to, and
	 * listeners.
	 */
	private void handle(EventInterceptor interceptor) {
		this.io.intercept(interceptor).handleSerial("serial", (socket, event) -> {
			this.seen.add("serial " + event.get(0));
			Sinks.One<String> end = Sinks.one();
			this.handlers.add(end);
			return end.asMono();
		}).on("renamed", (socket, event) -> this.seen.add("not called")).on("other", (socket, event) -> {
			this.seen.add("other " + event.get(0));
			event.ack();
		});
	}

	private static Mono<Object> rename(Event event, EventInterceptor.Chain chain) {
		return chain.proceed(event.name().equals("renamed") ? event.withName("serial") : event);
	}

	private Mono<Object> renameLater(Event event, EventInterceptor.Chain chain) {
		if (!event.name().equals("renamed")) {
			return chain.proceed(event);
		}
		Sinks.Empty<Void> passed = Sinks.empty();
		this.interceptors.add(passed);
		return passed.asMono().then(rename(event, chain));
	}

	@Test
	void nextEventWaitsForTheSerialHandler() {
		handle((socket, event, chain) -> rename(event, chain));
		this.client.connect();
		this.client.receive("21[\"renamed\",1]")
			.receive("22[\"other\",2]")
			.receive("23[\"renamed\",3]")
			.receive("24[\"serial\",4]");
		assertThat(this.seen).containsExactly("serial 1");
		this.handlers.get(0).tryEmitValue("a");
		assertThat(this.seen).containsExactly("serial 1", "other 2", "serial 3");
		this.handlers.get(1).tryEmitError(new AckErrorException("b", "c"));
		assertThat(this.seen).endsWith("serial 3", "serial 4");
		assertThat(this.client.sent()).containsExactly("31[\"a\"]", "32[]",
				"33[{\"error\":{\"code\":\"b\",\"message\":\"c\"}}]");
	}

	@Test
	void blockingHandlersRunInOrder() {
		this.io.intercept((socket, event, chain) -> chain.proceed(event.withName("blocking")))
			.handleBlocking("blocking", (socket, event) -> {
				this.seen.add("begin " + event.get(0));
				Thread.yield();
				this.seen.add("end " + event.get(0));
				return null;
			})
			.on("renamed", (socket, event) -> this.seen.add("not called"));
		this.client.connect();
		List<String> expected = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			this.client.receive("2[\"renamed\"," + i + "]");
			expected.addAll(List.of("begin " + i, "end " + i));
		}
		Await.until("all are handled", () -> this.seen.size() == 200);
		assertThat(this.seen).isEqualTo(expected);
	}

	@Test
	void eventsThatComeWhileTheInterceptorWaitsAreHandledBefore() {
		handle((socket, event, chain) -> renameLater(event, chain));
		this.client.connect();
		this.client.receive("2[\"renamed\",1]").receive("2[\"other\",2]");
		assertThat(this.seen).containsExactly("other 2");
		this.interceptors.get(0).tryEmitEmpty();
		this.client.receive("2[\"other\",3]");
		assertThat(this.seen).containsExactly("other 2", "serial 1");
		this.handlers.get(0).tryEmitEmpty();
		assertThat(this.seen).containsExactly("other 2", "serial 1", "other 3");
	}

	@Test
	void renamedEventWaitsForTheSerialHandlerThatIsUnderWayAndPassesLaterEvents() {
		handle((socket, event, chain) -> renameLater(event, chain));
		this.client.connect();
		this.client.receive("2[\"renamed\",1]")
			.receive("2[\"renamed\",2]")
			.receive("2[\"serial\",3]")
			.receive("2[\"other\",4]");
		this.interceptors.forEach(Sinks.Empty::tryEmitEmpty);
		assertThat(this.seen).containsExactly("serial 3");
		this.handlers.get(0).tryEmitEmpty();
		assertThat(this.seen).containsExactly("serial 3", "serial 1");
		this.handlers.get(1).tryEmitEmpty();
		assertThat(this.seen).endsWith("serial 1", "serial 2");
		this.handlers.get(2).tryEmitEmpty();
		assertThat(this.seen).endsWith("serial 2", "other 4");
	}

	@Test
	void eventsThatWaitForAMiddlewareComeLater() {
		Sinks.Empty<Void> middleware = Sinks.empty();
		this.io.use((socket, event) -> event.name().equals("other") ? middleware.asMono().thenReturn(event)
				: Mono.just(event));
		handle((socket, event, chain) -> rename(event, chain));
		this.client.connect();
		this.client.receive("2[\"other\",1]").receive("2[\"renamed\",2]").receive("2[\"other\",3]");
		assertThat(this.seen).isEmpty();
		middleware.tryEmitEmpty();
		assertThat(this.seen).containsExactly("other 1", "serial 2");
		this.handlers.get(0).tryEmitEmpty();
		assertThat(this.seen).containsExactly("other 1", "serial 2", "other 3");
	}

	@Test
	void interceptorThatNoLongerWaitsLetsOthersPass() {
		Sinks.Empty<Void> impatient = Sinks.empty();
		handle((socket, event, chain) -> event.name().equals("renamed")
				? Mono.firstWithSignal(renameLater(event, chain), impatient.asMono()) : chain.proceed(event));
		this.client.connect();
		this.client.receive("2[\"renamed\",1]").receive("2[\"serial\",2]");
		this.interceptors.get(0).tryEmitEmpty();
		impatient.tryEmitEmpty();
		this.handlers.get(0).tryEmitEmpty();
		this.client.receive("2[\"other\",3]");
		assertThat(this.seen).containsExactly("serial 2", "other 3");
	}

	@Test
	void interceptorThatCancelsTheHandlerLetsOthersPass() {
		Sinks.Empty<Void> impatient = Sinks.empty();
		handle((socket, event, chain) -> Mono.firstWithSignal(rename(event, chain), impatient.asMono()));
		this.client.connect();
		this.client.receive("2[\"renamed\",1]").receive("2[\"other\",2]");
		assertThat(this.seen).containsExactly("serial 1");
		impatient.tryEmitEmpty();
		assertThat(this.seen).containsExactly("serial 1", "other 2");
	}

	@Test
	void handlersMayBeCalledTwice() {
		handle((socket, event, chain) -> event.name().equals("renamed")
				? Mono.zip(rename(event, chain), rename(event, chain), (first, second) -> first + " " + second)
				: chain.proceed(event));
		this.client.connect();
		this.client.receive("21[\"renamed\",1]").receive("2[\"other\",2]");
		assertThat(this.seen).containsExactly("serial 1");
		this.handlers.get(0).tryEmitValue("a");
		assertThat(this.seen).containsExactly("serial 1", "serial 1");
		this.handlers.get(1).tryEmitValue("b");
		assertThat(this.client.sent()).containsExactly("31[\"a b\"]");
		assertThat(this.seen).containsExactly("serial 1", "serial 1", "other 2");
	}

	@Test
	void failedHandlersMayBeCalledAgain() {
		handle((socket, event, chain) -> rename(event, chain).retry(1));
		this.client.connect();
		this.client.receive("21[\"renamed\",1]").receive("22[\"other\",2]");
		this.handlers.get(0).tryEmitError(new IllegalStateException("test"));
		assertThat(this.seen).containsExactly("serial 1", "serial 1");
		this.handlers.get(1).tryEmitValue("a");
		assertThat(this.client.sent()).containsExactly("31[\"a\"]", "32[]");
	}

	@Test
	void renamedEventThatWaitsGoesWithTheSocket() {
		List<String> left = new ArrayList<>();
		handle((socket, event, chain) -> renameLater(event, chain));
		this.io.handleDisconnect((socket, reason, detail) -> Mono.fromRunnable(() -> left.add(reason.text())));
		Socket socket = this.io.sockets().sockets().get(this.client.connect());
		HandlerLoad load = ((DefaultSocket) socket).client().load();
		this.client.receive("2[\"renamed\",1]").receive("2[\"serial\",2]");
		this.interceptors.get(0).tryEmitEmpty();
		socket.disconnect();
		assertThat(left).isEmpty();
		this.handlers.get(0).tryEmitEmpty();
		assertThat(left).containsExactly("server namespace disconnect");
		assertThat(this.seen).containsExactly("serial 2");
		assertThat(load.inFlight()).isZero();
	}

}
