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

package io.github.springsocketio.autoconfigure.observation;

import java.util.Map;

import io.github.springsocketio.socketio.Handshake;
import org.jspecify.annotations.Nullable;

/**
 * Where a client may have sent the context of its trace: with the event, in the auth
 * payload, or in the headers of the handshake. The first of these that has one counts.
 *
 * @since 0.1.0
 */
public final class TraceCarrier {

	private static final String TRACE_PARENT = "traceparent";

	private static final String B3 = "b3";

	private final @Nullable Map<String, ?> values;

	private final @Nullable Handshake handshake;

	private TraceCarrier(@Nullable Map<String, ?> values, @Nullable Handshake handshake) {
		this.values = values;
		this.handshake = handshake;
	}

	static TraceCarrier of(Handshake handshake) {
		Map<String, ?> auth = handshake.auth();
		return hasTrace(auth) ? new TraceCarrier(auth, null) : new TraceCarrier(null, handshake);
	}

	/**
	 * Return the carrier for an event.
	 * @param last the last argument of the event, or {@code null} if it is not asked for
	 */
	static TraceCarrier of(Handshake handshake, @Nullable Map<String, ?> last) {
		return hasTrace(last) ? new TraceCarrier(last, null) : of(handshake);
	}

	private static boolean hasTrace(@Nullable Map<String, ?> values) {
		return values != null && (values.get(TRACE_PARENT) instanceof String || values.get(B3) instanceof String);
	}

	/**
	 * Return a field of the context.
	 * @param key the name, such as {@code "traceparent"}
	 * @return the value, or {@code null} if there is none
	 */
	public @Nullable String get(String key) {
		if (this.handshake != null) {
			return this.handshake.header(key);
		}
		return (this.values != null && this.values.get(key) instanceof String text) ? text : null;
	}

}
