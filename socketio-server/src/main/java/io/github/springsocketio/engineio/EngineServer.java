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

package io.github.springsocketio.engineio;

import java.util.Collection;

import io.github.springsocketio.Internal;
import io.github.springsocketio.Limit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * An Engine.IO server, which owns all sessions of one endpoint. Safe to use from any
 * thread.
 *
 * @since 0.1.0
 */
public interface EngineServer {

	/**
	 * Create an engine.
	 * @param options the options
	 * @return an engine without sessions
	 */
	static EngineServer create(EngineOptions options) {
		return new DefaultEngineServer(options);
	}

	/**
	 * Create an engine with timers of its own.
	 * @param options the options
	 * @param timers the timers, which the engine stops when it is closed
	 * @return an engine without sessions
	 */
	@Internal
	static EngineServer create(EngineOptions options, Timers timers) {
		return new DefaultEngineServer(options, timers);
	}

	/**
	 * Return the options of the engine.
	 * @return the options
	 */
	EngineOptions options();

	/**
	 * Return the timers of the server.
	 * @return the timers
	 */
	@Internal
	Timers timers();

	/**
	 * Set the handler of new sessions. To be called before the first session is opened.
	 * @param handler the handler
	 */
	void setConnectionHandler(EngineConnectionHandler handler);

	/**
	 * Return the number of sessions.
	 * @return the number
	 */
	int clientsCount();

	/**
	 * Return a session.
	 * @param sid the session id
	 * @return the session, or {@code null} if there is no such session
	 */
	@Nullable EngineSession session(String sid);

	/**
	 * Return all sessions.
	 * @return an unmodifiable view
	 */
	Collection<? extends EngineSession> sessions();

	/**
	 * Add a listener.
	 * @param listener the listener
	 */
	void addListener(EngineListener listener);

	/**
	 * Call the listeners because a client exceeded a limit of the layer above. The engine
	 * reports its own limits itself.
	 * @param limit the limit
	 * @param session the session of the client, or {@code null} if it has none
	 * @see EngineListener#onLimitExceeded(Limit, EngineSession)
	 */
	void limitExceeded(Limit limit, @Nullable EngineSession session);

	/**
	 * Count memory that the layer above holds for clients. It is part of the memory that
	 * {@link EngineOptions#maxMemory()} limits.
	 * @param bytes the size in bytes; negative when the memory is released
	 * @see EngineOptions#maxMemory()
	 */
	@Internal
	default void countMemory(long bytes) {
	}

	/**
	 * Refuse new sessions from now on.
	 */
	void refuseNewSessions();

	/**
	 * Close all sessions at once and refuse new ones. May be called more than once.
	 * @return completes when no session is left
	 */
	Mono<Void> close();

}
