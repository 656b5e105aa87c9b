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

package io.github.springsocketio.admin;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineConnectionHandler;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.EngineSessionHandler;
import io.github.springsocketio.engineio.EngineSessionListener;
import io.github.springsocketio.engineio.HandshakeRequest;
import io.github.springsocketio.engineio.ReadyState;
import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A session without a connection, of which there may be very many.
 */
final class LoadSession implements EngineSession {

	private final String id;

	private final LoadRequest request;

	private final boolean recorded;

	private final List<String> sent = new ArrayList<>();

	private @Nullable EngineSessionHandler handler;

	private volatile ReadyState state = ReadyState.OPEN;

	/**
	 * Create a session.
	 * @param recorded whether to keep what is sent to the client
	 */
	LoadSession(String id, boolean recorded, Map<String, String> query) {
		this.id = id;
		this.recorded = recorded;
		this.request = new LoadRequest(query);
	}

	LoadSession open(EngineConnectionHandler connectionHandler) {
		this.handler = connectionHandler.onConnection(this);
		return this;
	}

	LoadSession receive(String packet) {
		byte[] bytes = ("4" + packet).getBytes(StandardCharsets.UTF_8);
		Objects.requireNonNull(this.handler).onText(bytes, 1, bytes.length - 1);
		return this;
	}

	void lose() {
		if (this.state == ReadyState.OPEN) {
			this.state = ReadyState.CLOSED;
			Objects.requireNonNull(this.handler).onClose(CloseReason.TRANSPORT_CLOSE, null);
		}
	}

	/**
	 * Return what was sent since the last call.
	 */
	List<String> takeSent() {
		List<String> result = List.copyOf(this.sent);
		this.sent.clear();
		return result;
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public int protocol() {
		return 4;
	}

	@Override
	public ReadyState readyState() {
		return this.state;
	}

	@Override
	public TransportType transportType() {
		return TransportType.WEBSOCKET;
	}

	@Override
	public HandshakeRequest request() {
		return this.request;
	}

	@Override
	public boolean send(String message) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean send(byte[] message) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean send(EncodedMessage message) {
		if (this.recorded) {
			this.sent.add(new String(message.text(), StandardCharsets.UTF_8));
		}
		return this.state == ReadyState.OPEN;
	}

	@Override
	public boolean sendVolatile(EncodedMessage message) {
		return send(message);
	}

	@Override
	public boolean isWritable() {
		return true;
	}

	@Override
	public boolean awaitsPoll() {
		return false;
	}

	@Override
	public long bufferedBytes() {
		return 0;
	}

	@Override
	public Mono<Void> flushed() {
		return Mono.empty();
	}

	@Override
	public void close() {
		lose();
	}

	@Override
	public void closeNow() {
		lose();
	}

	@Override
	public void pauseReading(boolean paused) {
	}

	@Override
	public void execute(Runnable task) {
		task.run();
	}

	@Override
	public void addListener(EngineSessionListener listener) {
	}

	@Override
	public void removeListener(EngineSessionListener listener) {
	}

}
