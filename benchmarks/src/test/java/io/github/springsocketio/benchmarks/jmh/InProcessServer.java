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

package io.github.springsocketio.benchmarks.jmh;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.HandshakeRequest;
import io.github.springsocketio.engineio.Outbox;
import io.github.springsocketio.engineio.Transport;
import io.github.springsocketio.engineio.TransportHandler;
import io.github.springsocketio.engineio.TransportServer;
import io.github.springsocketio.engineio.TransportSession;
import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.github.springsocketio.socketio.SocketIoServer;
import org.jspecify.annotations.Nullable;

/**
 * A server whose sessions have no network under them: what they would write is counted
 * and thrown away.
 */
final class InProcessServer {

	/** So long that there is no ping during a measurement. */
	private static final Duration PING_INTERVAL = Duration.ofHours(1);

	private final TransportServer engine = (TransportServer) EngineServer
		.create(EngineOptions.builder().pingInterval(PING_INTERVAL).build());

	private final SocketIoServer io;

	private int sessions;

	InProcessServer() {
		this(SocketIoOptions.defaults());
	}

	InProcessServer(SocketIoOptions options) {
		this.io = SocketIoServer.create(this.engine, options);
	}

	SocketIoServer io() {
		return this.io;
	}

	/**
	 * Open a session and join the main namespace.
	 */
	Client connect() {
		Client client = new Client();
		TransportSession session = this.engine.open("session" + this.sessions++, 4, Request.INSTANCE, client);
		if (session == null) {
			throw new IllegalStateException("No session");
		}
		client.receive("40".getBytes(StandardCharsets.UTF_8));
		return client;
	}

	void close() {
		this.io.close().subscribe();
	}

	/**
	 * The client's end of a session.
	 */
	static final class Client implements Transport {

		private @Nullable TransportSession session;

		private long bytes;

		/**
		 * Let the server have a packet.
		 */
		void receive(byte[] packet) {
			session().onText(this, packet, 0, packet.length);
		}

		TransportSession session() {
			if (this.session == null) {
				throw new IllegalStateException("No session");
			}
			return this.session;
		}

		/**
		 * Return how much was sent to this client.
		 */
		long bytes() {
			return this.bytes;
		}

		@Override
		public void attach(TransportHandler handler) {
			this.session = (TransportSession) handler;
		}

		@Override
		public TransportType type() {
			return TransportType.WEBSOCKET;
		}

		@Override
		public boolean isWritable() {
			return true;
		}

		@Override
		public void drain(Outbox outbox) {
			Object entry = outbox.poll();
			while (entry != null) {
				if (entry instanceof EncodedMessage message) {
					this.bytes += message.bytes();
				}
				entry = outbox.poll();
			}
		}

		@Override
		public void sendControl(EncodedMessage packet) {
			this.bytes += packet.bytes();
		}

		@Override
		public boolean closeOrderly() {
			return true;
		}

		@Override
		public void close(CloseReason reason) {
			// nothing to close
		}

		@Override
		public void setReading(boolean reading) {
			// nobody else reads
		}

	}

	private enum Request implements HandshakeRequest {

		INSTANCE;

		@Override
		public String url() {
			return "/socket.io/?EIO=4&transport=websocket";
		}

		@Override
		public Map<String, String> query() {
			return Map.of("EIO", "4", "transport", "websocket");
		}

		@Override
		public Map<String, List<String>> headers() {
			return Map.of();
		}

		@Override
		public @Nullable String header(String name) {
			return null;
		}

		@Override
		public @Nullable InetSocketAddress remoteAddress() {
			return null;
		}

		@Override
		public boolean secure() {
			return false;
		}

		@Override
		public Instant issued() {
			return Instant.EPOCH;
		}

		@Override
		public @Nullable Principal principal() {
			return null;
		}

		@Override
		public Map<String, Object> attributes() {
			return Map.of();
		}

	}

}
