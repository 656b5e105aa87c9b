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

import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.Packet;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * An event of a socket. Events that are derived from another one share its
 * acknowledgement.
 */
final class DefaultEvent implements Event {

	private static final AtomicIntegerFieldUpdater<DefaultEvent> ACKNOWLEDGED = AtomicIntegerFieldUpdater
		.newUpdater(DefaultEvent.class, "acknowledged");

	private final DefaultSocket socket;

	private final String name;

	private final Arguments arguments;

	private final long id;

	private final @Nullable DefaultEvent origin;

	private final boolean numericName;

	private volatile int acknowledged;

	DefaultEvent(DefaultSocket socket, String name, Packet packet) {
		this(socket, name, packet.numericName(), packet.arguments(), packet.id(), null);
	}

	private DefaultEvent(DefaultSocket socket, String name, boolean numericName, Arguments arguments, long id,
			@Nullable DefaultEvent origin) {
		this.socket = socket;
		this.name = name;
		this.numericName = numericName;
		this.arguments = arguments;
		this.id = id;
		this.origin = origin;
	}

	DefaultSocket socket() {
		return this.socket;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public boolean isNumericName() {
		return this.numericName;
	}

	@Override
	public boolean isAckRequested() {
		return this.id >= 0;
	}

	/**
	 * Return whether the client still waits for an acknowledgement.
	 */
	boolean isAckMissing() {
		return this.id >= 0 && this.acknowledged == 0;
	}

	@Override
	public void ack(@Nullable Object... args) {
		if (this.id < 0) {
			return;
		}
		if (this.origin != null) {
			this.origin.ack(args);
		}
		else if (ACKNOWLEDGED.compareAndSet(this, 0, 1)) {
			try {
				this.socket.sendAck(this.id, SocketArguments.of(args));
			}
			catch (RuntimeException | Error ex) {
				// nothing was sent: the event may be acknowledged again
				this.acknowledged = 0;
				throw ex;
			}
		}
	}

	@Override
	public Event withName(String name) {
		Assert.notNull(name, "'name' must not be null");
		return new DefaultEvent(this.socket, name, false, this.arguments, this.id, first());
	}

	@Override
	public Event withArguments(@Nullable Object... args) {
		Arguments changed = this.socket.encoder().arguments(SocketArguments.of(args));
		return new DefaultEvent(this.socket, this.name, this.numericName, changed, this.id, first());
	}

	private DefaultEvent first() {
		return (this.origin != null) ? this.origin : this;
	}

	@Override
	public int size() {
		return this.arguments.size();
	}

	@Override
	public @Nullable Object get(int index) {
		return this.arguments.get(index);
	}

	@Override
	public <T> @Nullable T get(int index, Class<T> type) {
		return this.arguments.get(index, type);
	}

	@Override
	public <T> @Nullable T get(int index, ParameterizedTypeReference<T> type) {
		return this.arguments.get(index, type);
	}

	@Override
	public @Nullable Object get(int index, Type type) {
		return this.arguments.get(index, type);
	}

	@Override
	public List<@Nullable Object> toList() {
		return this.arguments.toList();
	}

	@Override
	public @Nullable Object[] toArray() {
		return this.arguments.toArray();
	}

	/**
	 * Return the arguments, which encoders can write without decoding them.
	 */
	Arguments arguments() {
		return this.arguments;
	}

	@Override
	public String toString() {
		return "Event[arguments=" + size() + ", ackRequested=" + isAckRequested() + "]";
	}

}
