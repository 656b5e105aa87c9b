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

package io.github.springsocketio.socketio.adapter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * A socket that writes down what it gets.
 */
final class TestAdapterSocket implements AdapterSocket {

	private final String id;

	final List<String> sent = new ArrayList<>();

	final Map<Long, AckCallback> acks = new LinkedHashMap<>();

	boolean connected = true;

	boolean left;

	@Nullable String received;

	TestAdapterSocket(String id) {
		this.id = id;
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public boolean connected() {
		return this.connected;
	}

	@Override
	public boolean hasLeft() {
		return this.left;
	}

	@Override
	public void deliver(BroadcastPacket packet, EncodedMessage message, boolean isVolatile) {
		this.sent.add(new String(message.text(), StandardCharsets.UTF_8) + (isVolatile ? " volatile" : ""));
	}

	@Override
	public boolean expectAck(long ackId, AckCallback callback) {
		this.acks.put(ackId, callback);
		return true;
	}

	@Override
	public boolean cancelAck(long ackId) {
		return this.acks.remove(ackId) != null;
	}

	@Override
	public @Nullable String receivedOffset() {
		return this.received;
	}

	@Override
	public void join(Collection<String> rooms) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void leave(Collection<String> rooms) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void disconnect(boolean close) {
		throw new UnsupportedOperationException();
	}

	@Override
	public RemoteSocketDetails details() {
		return RemoteSocketDetails.builder(this.id).build();
	}

}
