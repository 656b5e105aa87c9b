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

package io.github.springsocketio.servlet;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineConnectionHandler;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.EngineSessionHandler;
import io.github.springsocketio.testsupport.Await;
import org.jspecify.annotations.Nullable;

/**
 * Sends every message back, and remembers sessions and how they ended.
 */
final class EchoHandler implements EngineConnectionHandler {

	private final BlockingQueue<EngineSession> sessions = new LinkedBlockingQueue<>();

	private final BlockingQueue<String> closes = new LinkedBlockingQueue<>();

	EngineSession awaitSession() {
		return Await.next("a session", this.sessions);
	}

	/**
	 * Return the reason, and the detail if there is one, of the next session that ends.
	 */
	String awaitClose() {
		return Await.next("the end of a session", this.closes);
	}

	@Override
	public EngineSessionHandler onConnection(EngineSession session) {
		this.sessions.add(session);
		return new EngineSessionHandler() {

			@Override
			public void onText(byte[] data, int offset, int length) {
				session.send(new String(data, offset, length, StandardCharsets.UTF_8));
			}

			@Override
			public void onBinary(byte[] data) {
				session.send(data);
			}

			@Override
			public void onClose(CloseReason reason, @Nullable String detail) {
				EchoHandler.this.closes.add(reason.text() + ((detail != null) ? ": " + detail : ""));
			}

		};
	}

}
