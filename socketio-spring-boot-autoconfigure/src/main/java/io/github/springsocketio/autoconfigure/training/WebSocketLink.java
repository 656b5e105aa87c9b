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

package io.github.springsocketio.autoconfigure.training;

import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.springsocketio.engineio.packet.ControlPackets;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.engineio.packet.EnginePacketType;
import org.jspecify.annotations.Nullable;

/**
 * A session by websocket.
 */
final class WebSocketLink implements TrainingLink {

	private static final String PONG = new String(ControlPackets.PONG.text(), StandardCharsets.US_ASCII);

	private static final Received END = new Received(new byte[0], false);

	private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();

	private final WebSocket webSocket;

	private volatile boolean discarding;

	private WebSocketLink(TrainingTarget target, @Nullable String sid) {
		WebSocket.Builder builder = target.http().newWebSocketBuilder().connectTimeout(TrainingSocket.LIMIT);
		target.headers().forEach(builder::header);
		try {
			this.webSocket = builder.buildAsync(target.uri("ws", "websocket", sid), new Frames()).join();
		}
		catch (CompletionException ex) {
			throw new TrainingException("A websocket could not be opened", ex.getCause());
		}
	}

	static WebSocketLink open(TrainingTarget target, @Nullable String sid) {
		return new WebSocketLink(target, sid);
	}

	@Override
	public void send(EncodedMessage message) {
		if (message.hasText()) {
			this.webSocket.sendText(new String(message.text(), StandardCharsets.UTF_8), true).join();
		}
		for (byte[] binary : message.binaries()) {
			this.webSocket.sendBinary(ByteBuffer.wrap(binary), true).join();
		}
	}

	@Override
	public Received receive() {
		try {
			Received next = this.received.poll(TrainingSocket.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
			if (next == null || next == END) {
				throw new TrainingException(
						(next != null) ? "The server closed a websocket" : "The server sends nothing");
			}
			return next;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new TrainingException("The training was interrupted", ex);
		}
	}

	/**
	 * Discard the messages of the server from now on. Only pings are replied to.
	 */
	void discard() {
		this.discarding = true;
		this.received.clear();
	}

	@Override
	public void close() {
		this.webSocket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
	}

	private void add(Received packet) {
		if (!this.discarding) {
			this.received.add(packet);
		}
	}

	private final class Frames implements WebSocket.Listener {

		private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.parts.writeBytes(data.toString().getBytes(StandardCharsets.UTF_8));
			return ended(webSocket, last, true);
		}

		@Override
		public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
			byte[] part = new byte[data.remaining()];
			data.get(part);
			this.parts.writeBytes(part);
			return ended(webSocket, last, false);
		}

		private @Nullable CompletionStage<?> ended(WebSocket webSocket, boolean last, boolean text) {
			webSocket.request(1);
			if (!last) {
				return null;
			}
			Received packet = new Received(this.parts.toByteArray(), text);
			this.parts.reset();
			if (WebSocketLink.this.discarding && packet.is(EnginePacketType.PING)) {
				return webSocket.sendText(PONG, true);
			}
			add(packet);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
			add(END);
			return null;
		}

		@Override
		public void onError(WebSocket webSocket, Throwable error) {
			add(END);
		}

	}

}
