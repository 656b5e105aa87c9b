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

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.springsocketio.Limit;
import io.github.springsocketio.engineio.EngineConnectionHandler;
import io.github.springsocketio.engineio.EngineListener;
import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.EngineState;
import io.github.springsocketio.engineio.VirtualTimers;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * An engine without a network.
 */
final class TestEngine implements EngineServer {

	private final VirtualTimers timers = new VirtualTimers();

	private final Map<String, TestSession> sessions = new LinkedHashMap<>();

	private @Nullable EngineConnectionHandler handler;

	private boolean refusing;

	private int closings;

	private final List<String> limits = new CopyOnWriteArrayList<>();

	private final EngineOptions options;

	TestEngine(EngineOptions options) {
		this.options = options;
	}

	/**
	 * Open a session over websocket.
	 */
	TestSession open() {
		return open(4, new TestRequest());
	}

	TestSession open(int protocol, TestRequest request) {
		TestSession session = new TestSession(this, "engine-" + this.sessions.size(), protocol, request);
		this.sessions.put(session.id(), session);
		session.open(this.handler);
		return session;
	}

	void remove(TestSession session) {
		this.sessions.remove(session.id());
	}

	boolean isRefusing() {
		return this.refusing;
	}

	int closings() {
		return this.closings;
	}

	@Override
	public EngineOptions options() {
		return this.options;
	}

	@Override
	public VirtualTimers timers() {
		return this.timers;
	}

	/**
	 * Return the number of timers that are still to come.
	 */
	int liveTimers() {
		return EngineState.liveTimers(this);
	}

	@Override
	public void setConnectionHandler(EngineConnectionHandler handler) {
		this.handler = handler;
	}

	@Override
	public int clientsCount() {
		return this.sessions.size();
	}

	@Override
	public @Nullable EngineSession session(String sid) {
		return this.sessions.get(sid);
	}

	@Override
	public Collection<? extends EngineSession> sessions() {
		return this.sessions.values();
	}

	@Override
	public void addListener(EngineListener listener) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return the limits that clients came to.
	 */
	List<String> limits() {
		return this.limits;
	}

	@Override
	public void limitExceeded(Limit limit, @Nullable EngineSession session) {
		this.limits.add(limit.propertyName());
	}

	@Override
	public void refuseNewSessions() {
		this.refusing = true;
	}

	@Override
	public Mono<Void> close() {
		return Mono.fromRunnable(() -> {
			this.closings++;
			this.sessions.values().stream().toList().forEach(TestSession::closeNow);
		});
	}

}
