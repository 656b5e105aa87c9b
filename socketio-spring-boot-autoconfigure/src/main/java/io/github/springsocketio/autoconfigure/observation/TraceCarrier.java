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
 * Carries the trace context that a client has sent: with the event, in the auth payload,
 * or in the headers of the handshake. The first of these that has one is used.
 *
 * @since 0.1.0
 */
public final class TraceCarrier {

	private static final String TRACE_PARENT = "traceparent";

	private static final String B3 = "b3";

	private final Handshake handshake;

	private final @Nullable Map<String, ?> last;

	private TraceCarrier(Handshake handshake, @Nullable Map<String, ?> last) {
		this.handshake = handshake;
		this.last = last;
	}

	static TraceCarrier of(Handshake handshake) {
		return new TraceCarrier(handshake, null);
	}

	/**
	 * Return the carrier for an event.
	 * @param last the last argument of the event, or {@code null} if it is not asked for
	 */
	static TraceCarrier of(Handshake handshake, @Nullable Map<String, ?> last) {
		return new TraceCarrier(handshake, last);
	}

	/**
	 * Return a field of the context.
	 * @param key the name, such as {@code "traceparent"}
	 * @return the value, or {@code null} if there is none
	 */
	public @Nullable String get(String key) {
		if (hasTrace(this.last)) {
			return value(this.last, key);
		}
		Map<String, ?> auth = this.handshake.auth();
		return hasTrace(auth) ? value(auth, key) : this.handshake.header(key);
	}

	private static @Nullable String value(@Nullable Map<String, ?> values, String key) {
		return (values != null && values.get(key) instanceof String text) ? text : null;
	}

	private static boolean hasTrace(@Nullable Map<String, ?> values) {
		return values != null && (values.get(TRACE_PARENT) instanceof String || values.get(B3) instanceof String);
	}

}
