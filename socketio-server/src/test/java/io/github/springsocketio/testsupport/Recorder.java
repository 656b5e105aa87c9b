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

package io.github.springsocketio.testsupport;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedTransferQueue;

import io.github.springsocketio.Limit;
import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.ConnectionError;
import io.github.springsocketio.engineio.EngineConnectionHandler;
import io.github.springsocketio.engineio.EngineListener;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.EngineSessionHandler;
import org.jspecify.annotations.Nullable;

/**
 * Stands on top of an engine, remembers what comes and sends every message back.
 */
public final class Recorder implements EngineConnectionHandler {

	private final BlockingQueue<EngineSession> sessions = new LinkedTransferQueue<>();

	private final BlockingQueue<ConnectionError> errors = new LinkedTransferQueue<>();

	private final BlockingQueue<ExceededLimit> limits = new LinkedTransferQueue<>();

	private final BlockingQueue<String> messages = new LinkedTransferQueue<>();

	private final Map<String, CompletableFuture<Closed>> closes = new ConcurrentHashMap<>();

	private boolean echo = true;

	/**
	 * Keep messages to ourselves.
	 */
	public void silence() {
		this.echo = false;
	}

	@Override
	public EngineSessionHandler onConnection(EngineSession session) {
		this.sessions.add(session);
		return new Handler(session);
	}

	EngineListener errorListener() {
		return new EngineListener() {

			@Override
			public void onConnectionError(ConnectionError error) {
				Recorder.this.errors.add(error);
			}

			@Override
			public void onLimitExceeded(Limit limit, @Nullable EngineSession session) {
				Recorder.this.limits
					.add(new ExceededLimit(limit.propertyName(), (session != null) ? session.id() : null));
			}

		};
	}

	/**
	 * Return the next session that was opened.
	 * @return the session
	 */
	public EngineSession awaitSession() {
		return Await.next("a session", this.sessions);
	}

	/**
	 * Return the next limit that a client came to.
	 * @return the name of the limit
	 */
	public String awaitLimit() {
		return awaitExceededLimit().name();
	}

	/**
	 * Return the next limit that a client exceeded, and which client that was.
	 * @return the limit
	 */
	public ExceededLimit awaitExceededLimit() {
		return Await.next("a limit", this.limits);
	}

	/**
	 * Return whether a client came to a limit that was not asked for.
	 * @return whether it did
	 */
	public boolean hasLimits() {
		return !this.limits.isEmpty();
	}

	/**
	 * Return the next request that was refused.
	 * @return the error
	 */
	public ConnectionError awaitError() {
		return Await.next("a connection error", this.errors);
	}

	/**
	 * Return the next message.
	 * @return the text, or the bytes as {@code [1, 2, 3]}
	 */
	public String awaitMessage() {
		return Await.next("a message", this.messages);
	}

	public boolean hasMessages() {
		return !this.messages.isEmpty();
	}

	public boolean hasSessions() {
		return !this.sessions.isEmpty();
	}

	public boolean hasErrors() {
		return !this.errors.isEmpty();
	}

	/**
	 * Wait until a session is closed.
	 * @param sid its id
	 * @return why it was closed
	 */
	public Closed awaitClose(String sid) {
		return Await.get("the end of the session", close(sid));
	}

	public boolean isClosed(String sid) {
		return close(sid).isDone();
	}

	private CompletableFuture<Closed> close(String sid) {
		return this.closes.computeIfAbsent(sid, (key) -> new CompletableFuture<>());
	}

	/**
	 * A limit that a client exceeded.
	 *
	 * @param name the name of the limit
	 * @param sid the id of the client's session, or {@code null} if it has none
	 */
	public record ExceededLimit(String name, @Nullable String sid) {

	}

	/**
	 * Why a session was closed.
	 *
	 * @param reason the reason
	 * @param detail what exactly went wrong
	 */
	public record Closed(CloseReason reason, @Nullable String detail) {

	}

	private final class Handler implements EngineSessionHandler {

		private final EngineSession session;

		Handler(EngineSession session) {
			this.session = session;
		}

		@Override
		public void onText(byte[] data, int offset, int length) {
			String text = new String(data, offset, length, StandardCharsets.UTF_8);
			Recorder.this.messages.add(text);
			if (Recorder.this.echo) {
				this.session.send(text);
			}
		}

		@Override
		public void onBinary(byte[] data) {
			Recorder.this.messages.add(Arrays.toString(data));
			if (Recorder.this.echo) {
				this.session.send(data);
			}
		}

		@Override
		public void onClose(CloseReason reason, @Nullable String detail) {
			boolean first = close(this.session.id()).complete(new Closed(reason, detail));
			if (!first) {
				throw new AssertionError("The session was closed twice");
			}
		}

	}

}
