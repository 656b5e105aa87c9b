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

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.springsocketio.engineio.packet.ControlPackets;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.engineio.packet.EnginePacketType;
import io.github.springsocketio.engineio.packet.OpenPacket;
import io.github.springsocketio.engineio.packet.PayloadCodec;
import io.github.springsocketio.engineio.packet.PayloadCodecV4;
import org.jspecify.annotations.Nullable;

/**
 * A session by long-polling.
 */
final class PollingLink implements TrainingLink {

	private static final PayloadCodec CODEC = new PayloadCodecV4();

	private final TrainingTarget target;

	private final Deque<Received> received = new ArrayDeque<>();

	private final OpenPacket open;

	private PollingLink(TrainingTarget target) {
		this.target = target;
		decode(exchange(request(null).build()));
		Received first = this.received.remove();
		OpenPacket packet = OpenPacket.decode(first.data(), 0, first.data().length);
		if (packet == null) {
			throw new TrainingException("The response to a handshake has no open packet");
		}
		this.open = packet;
	}

	static PollingLink open(TrainingTarget target) {
		return new PollingLink(target);
	}

	private HttpRequest.Builder request(@Nullable String sid) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.target.uri("http", "polling", sid))
			.timeout(TrainingSocket.LIMIT);
		this.target.headers().forEach(request::setHeader);
		return request;
	}

	private byte[] exchange(HttpRequest request) {
		try {
			return body(this.target.http().send(request, BodyHandlers.ofByteArray()));
		}
		catch (IOException ex) {
			throw new TrainingException("A " + request.method() + " request failed", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new TrainingException("The training was interrupted", ex);
		}
	}

	private static byte[] body(HttpResponse<byte[]> response) {
		if (response.statusCode() != 200) {
			throw new TrainingException(
					"The server has responded to a " + response.request().method() + " request with the status "
							+ response.statusCode() + ": " + new String(response.body(), StandardCharsets.UTF_8));
		}
		return response.body();
	}

	private void decode(byte[] body) {
		CODEC.decode(body, false, 0, new Packets());
	}

	@Override
	public void send(EncodedMessage message) {
		byte[] body = CODEC.encode(List.of(message)).body();
		exchange(request(this.open.sid()).header("Content-Type", "text/plain;charset=UTF-8")
			.POST(BodyPublishers.ofByteArray(body))
			.build());
	}

	@Override
	public Received receive() {
		while (this.received.isEmpty()) {
			decode(exchange(request(this.open.sid()).build()));
		}
		return this.received.remove();
	}

	/**
	 * Upgrade to a websocket while a poll is pending, as the JavaScript client does.
	 */
	WebSocketLink upgrade() {
		CompletableFuture<HttpResponse<byte[]>> poll = this.target.http()
			.sendAsync(request(this.open.sid()).build(), BodyHandlers.ofByteArray());
		WebSocketLink link = WebSocketLink.open(this.target, this.open.sid());
		link.send(ControlPackets.PROBE_PING);
		if (!link.receive().is(EnginePacketType.PONG)) {
			throw new TrainingException("The server has not replied to the probe of a websocket");
		}
		decode(body(poll.join()));
		link.send(ControlPackets.UPGRADE);
		return link;
	}

	@Override
	public void close() {
		send(ControlPackets.CLOSE);
	}

	private final class Packets implements PayloadCodec.Sink {

		@Override
		public boolean text(byte[] data, int offset, int length) {
			byte[] packet = Arrays.copyOfRange(data, offset, offset + length);
			return (packet[0] != EnginePacketType.BASE64) ? PollingLink.this.received.add(new Received(packet, true))
					: binary(Base64.getDecoder().decode(Arrays.copyOfRange(packet, 1, length)));
		}

		@Override
		public boolean binary(byte[] data) {
			return PollingLink.this.received.add(new Received(data, false));
		}

		@Override
		public void malformed() {
			throw new TrainingException("The body of a response has no packets");
		}

	}

}
