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

import java.nio.charset.StandardCharsets;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.EngineSessionHandler;
import org.jspecify.annotations.Nullable;

/**
 * Sends every message of a session back.
 */
class EchoSession implements EngineSessionHandler {

	private final EngineSession session;

	EchoSession(EngineSession session) {
		this.session = session;
	}

	@Override
	public final void onText(byte[] data, int offset, int length) {
		onText(new String(data, offset, length, StandardCharsets.UTF_8));
	}

	void onText(String text) {
		this.session.send(text);
	}

	@Override
	public final void onBinary(byte[] data) {
		this.session.send(data);
	}

	@Override
	public final void onClose(CloseReason reason, @Nullable String detail) {
	}

}
