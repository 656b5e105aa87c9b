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

import java.time.Duration;

import io.github.springsocketio.engineio.packet.ControlPackets;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.engineio.packet.EnginePacketType;
import io.github.springsocketio.socketio.packet.Decoded;
import io.github.springsocketio.socketio.packet.Packet;
import io.github.springsocketio.socketio.packet.PacketDecoder;
import io.github.springsocketio.socketio.packet.PacketEncoder;
import io.github.springsocketio.socketio.packet.PacketType;
import org.jspecify.annotations.Nullable;

/**
 * The socket of a client in the namespace of the training.
 */
final class TrainingSocket {

	/** The time limit for each response of the server. */
	static final Duration LIMIT = Duration.ofSeconds(30);

	private final TrainingTarget target;

	private final PacketEncoder encoder;

	private final PacketDecoder decoder;

	private TrainingLink link;

	private long acks;

	private int events;

	private TrainingSocket(TrainingTarget target, TrainingLink link) {
		this.target = target;
		this.encoder = target.parser().encoder();
		this.decoder = target.parser().newDecoder();
		this.link = link;
	}

	static TrainingSocket polling(TrainingTarget target) {
		return connected(target, PollingLink.open(target));
	}

	static TrainingSocket upgraded(TrainingTarget target) {
		PollingLink polling = PollingLink.open(target);
		TrainingSocket socket = connected(target, polling);
		socket.link = polling.upgrade();
		return socket;
	}

	static TrainingSocket webSocket(TrainingTarget target) {
		TrainingLink link = WebSocketLink.open(target, null);
		if (!link.receive().is(EnginePacketType.OPEN)) {
			throw new TrainingException("The first message of a websocket is no open packet");
		}
		return connected(target, link);
	}

	/**
	 * Connect with an upgrade to a websocket, and discard the messages of the server.
	 */
	static void audience(TrainingTarget target) {
		((WebSocketLink) upgraded(target).link).discard();
	}

	private static TrainingSocket connected(TrainingTarget target, TrainingLink link) {
		TrainingSocket socket = new TrainingSocket(target, link);
		link.send(socket.encoder.connect(TrainingHandlers.NAMESPACE, target.auth()));
		socket.await(PacketType.CONNECT, null);
		return socket;
	}

	/**
	 * Emit an event, and wait until the server sends it back.
	 */
	void emit(String event, @Nullable Object... args) {
		send(event, -1, args);
		await(PacketType.EVENT, event);
	}

	void emitWithAck(String event, @Nullable Object... args) {
		send(event, ++this.acks, args);
		await(PacketType.ACK, null);
	}

	private void send(String event, long id, @Nullable Object... args) {
		this.events++;
		this.link.send(this.encoder.event(TrainingHandlers.NAMESPACE, id, event, args, null));
	}

	/**
	 * Return the number of events that were emitted.
	 */
	int events() {
		return this.events;
	}

	void close() {
		EncodedMessage disconnect = this.encoder.disconnect(TrainingHandlers.NAMESPACE);
		this.link.send(disconnect);
		this.link.close();
	}

	private void await(PacketType type, @Nullable String event) {
		long end = System.nanoTime() + LIMIT.toNanos();
		while (System.nanoTime() - end < 0) {
			TrainingLink.Received received = this.link.receive();
			if (received.is(EnginePacketType.PING)) {
				this.link.send(ControlPackets.PONG);
			}
			else if (received.is(EnginePacketType.CLOSE)) {
				throw new TrainingException("The server closed a session");
			}
			if ((!received.text() || received.is(EnginePacketType.MESSAGE))
					&& decode(received) instanceof Packet packet) {
				if (packet.type() == PacketType.CONNECT_ERROR) {
					throw new TrainingException("The server refused a connection to the namespace of the training: "
							+ packet.arguments().toList());
				}
				if (packet.type() == PacketType.DISCONNECT) {
					throw new TrainingException("The server disconnected a socket, possibly because of a limit");
				}
				if (packet.type() == type && (event == null || event.equals(packet.event()))) {
					return;
				}
			}
		}
		throw new TrainingException(
				"The server did not send what was expected: " + ((event != null) ? "the event " + event : type));
	}

	private Decoded decode(TrainingLink.Received received) {
		byte[] data = received.data();
		return received.text() ? this.decoder.text(data, 1, data.length - 1) : this.decoder.binary(data);
	}

}
