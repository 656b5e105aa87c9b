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

package io.github.springsocketio.test;

import java.util.List;

import io.github.springsocketio.test.client.ClientEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event that was received.
 *
 * @since 0.1.0
 */
public final class EventSpec extends ArgumentsSpec {

	private final ClientEvent event;

	EventSpec(SocketTester tester, ClientEvent event) {
		super(tester, "event \"" + event.name() + "\"", event.arguments());
		this.event = event;
	}

	/**
	 * Return the event.
	 * @return the event
	 */
	public ClientEvent event() {
		return this.event;
	}

	@Override
	boolean matches(List<@Nullable Object> expected) {
		List<@Nullable Object> all = this.event.arguments().toList();
		return super.matches(expected)
				|| this.event.offset() != null && PlainValues.equal(expected, all.subList(0, all.size() - 1));
	}

	/**
	 * Acknowledge the event.
	 * @param args the arguments of the acknowledgement
	 * @return the tester of the socket
	 * @throws AssertionError if the server has not requested an acknowledgement
	 */
	public SocketTester ack(@Nullable Object... args) {
		if (!this.event.isAckRequested()) {
			throw failure("to request an acknowledgement, but it does not");
		}
		this.event.ack(args);
		return and();
	}

}
