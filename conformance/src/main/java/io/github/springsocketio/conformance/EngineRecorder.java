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

package io.github.springsocketio.conformance;

import java.util.Map;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.ConnectionError;
import io.github.springsocketio.engineio.EngineListener;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.EngineSessionListener;
import org.jspecify.annotations.Nullable;

/**
 * Records refused requests and closed sessions.
 */
final class EngineRecorder implements EngineListener, EngineSessionListener {

	private final EventLog events;

	EngineRecorder(EventLog events) {
		this.events = events;
	}

	@Override
	public void onConnection(EngineSession session) {
		session.addListener(this);
	}

	@Override
	public void onConnectionError(ConnectionError error) {
		this.events.add("connection_error",
				Map.of("code", error.error().code(), "message", error.error().message(), "context", error.context()));
	}

	@Override
	public void onClose(EngineSession session, CloseReason reason, @Nullable String detail) {
		this.events.add("engine_close", Map.of("sid", session.id(), "reason", reason.text()));
	}

}
