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
import io.micrometer.context.ContextRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thread locals of blocking handlers.
 */
@Timeout(30)
class ThreadContextTests {

	private static final ThreadLocal<String> USER = new ThreadLocal<>();

	private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

	@AfterEach
	void unregister() {
		ContextRegistry.getInstance().removeThreadLocalAccessor("user");
	}

	@Test
	void contextPropagationSetsThreadLocalsFromTheReactorContext() {
		ContextRegistry.getInstance().registerThreadLocalAccessor("user", USER);
		TestServer server = TestServer.withHandlers((handlers) -> handlers
			.reactorContextCustomizers(List.of((context, socket) -> context.put("user", "ada"))));
		server.io.handleBlocking("x", (socket, event) -> USER.get());
		TestSession client = server.open();
		client.connect();
		client.receive("21[\"x\"]");
		client.awaitSent("31[\"ada\"]");
		server.io.close().block(Await.LIMIT);
	}

	@Test
	void threadContextsAreOpenedInOrderAroundEachCall() {
		TestServer server = TestServer.withHandlers((handlers) -> handlers
			.reactorContextCustomizers(List.of((context, socket) -> context.put("user", "ada")))
			.threadContexts(List.of((context) -> {
				this.seen.add("open " + context.get("user"));
				return () -> this.seen.add("close");
			}, (context) -> {
				this.seen.add("open second");
				return () -> this.seen.add("close second");
			})));
		server.io.handleBlocking("x", (socket, event) -> {
			this.seen.add("call");
			throw new AckErrorException("a", "b");
		});
		TestSession client = server.open();
		client.connect();
		client.receive("21[\"x\"]");
		client.awaitSomethingSent();
		assertThat(client.sent().get(0)).contains("\"code\":\"a\"");
		Await.until("all are closed", () -> this.seen.size() == 5);
		assertThat(this.seen).containsExactly("open ada", "open second", "call", "close second", "close");
		server.io.close().block(Await.LIMIT);
	}

}
