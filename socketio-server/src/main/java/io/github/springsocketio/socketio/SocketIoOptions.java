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

import java.time.Duration;
import java.util.function.Consumer;

import io.github.springsocketio.InvalidOptionException;
import io.github.springsocketio.OptionChecks;
import io.github.springsocketio.engineio.SecureSessionIds;
import io.github.springsocketio.socketio.adapter.AdapterFactory;
import io.github.springsocketio.socketio.adapter.InMemoryAdapter;
import io.github.springsocketio.socketio.packet.JsonPacketParser;
import io.github.springsocketio.socketio.packet.PacketParser;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Options of the Socket.IO layer; its defaults are those of the JavaScript server.
 *
 * @since 0.1.0
 */
public final class SocketIoOptions {

	private final Duration connectTimeout;

	private final Duration ackTimeout;

	private final @Nullable ConnectionStateRecovery connectionStateRecovery;

	private final boolean cleanupEmptyChildNamespaces;

	private final PacketParser parser;

	private final AdapterFactory adapterFactory;

	private final Duration attachmentTimeout;

	private final int maxUnjoinedSessions;

	private final int maxNamespacesPerSession;

	private final int maxDynamicNamespaces;

	private final int maxDynamicNamespacesPerSession;

	private final int maxRoomsPerSocket;

	private final int maxRoomNameLength;

	private final int maxPendingAcks;

	private final int maxHandlersInFlight;

	private final int maxEventsPerSecond;

	private final Duration slowHandlerThreshold;

	private final HandlerOptions handlers;

	private final String nodeId;

	private final Duration requestTimeout;

	private final Duration presenceInterval;

	private final SecurityOptions security;

	private SocketIoOptions(Builder builder) {
		this.connectTimeout = builder.connectTimeout;
		this.ackTimeout = builder.ackTimeout;
		this.connectionStateRecovery = builder.connectionStateRecovery;
		this.cleanupEmptyChildNamespaces = builder.cleanupEmptyChildNamespaces;
		this.parser = (builder.parser != null) ? builder.parser : JsonPacketParser.create();
		this.adapterFactory = builder.adapterFactory;
		this.attachmentTimeout = builder.attachmentTimeout;
		this.maxUnjoinedSessions = builder.maxUnjoinedSessions;
		this.maxNamespacesPerSession = builder.maxNamespacesPerSession;
		this.maxDynamicNamespaces = builder.maxDynamicNamespaces;
		this.maxDynamicNamespacesPerSession = builder.maxDynamicNamespacesPerSession;
		this.maxRoomsPerSocket = builder.maxRoomsPerSocket;
		this.maxRoomNameLength = builder.maxRoomNameLength;
		this.maxPendingAcks = builder.maxPendingAcks;
		this.maxHandlersInFlight = builder.maxHandlersInFlight;
		this.maxEventsPerSecond = builder.maxEventsPerSecond;
		this.slowHandlerThreshold = builder.slowHandlerThreshold;
		this.handlers = builder.handlers.build();
		this.nodeId = (builder.nodeId != null) ? builder.nodeId : SecureSessionIds.next();
		this.requestTimeout = builder.requestTimeout;
		this.presenceInterval = builder.presenceInterval;
		this.security = builder.security;
	}

	/**
	 * Return a builder with the default values.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the options with their default values.
	 * @return the defaults
	 */
	public static SocketIoOptions defaults() {
		return builder().build();
	}

	/**
	 * Return the time to wait for a client to join a namespace.
	 * @return 45 s by default
	 */
	public Duration connectTimeout() {
		return this.connectTimeout;
	}

	/**
	 * Return the default time to wait for an acknowledgement.
	 * @return 10 s by default, 0 for no limit
	 */
	public Duration ackTimeout() {
		return this.ackTimeout;
	}

	/**
	 * Return the options of connection state recovery.
	 * @return {@code null} by default: switched off
	 */
	public @Nullable ConnectionStateRecovery connectionStateRecovery() {
		return this.connectionStateRecovery;
	}

	/**
	 * Return whether a dynamic namespace that a client has created is removed when its
	 * last socket leaves and no state is kept for recovery. One that the application has
	 * created with {@link SocketIoServer#of(String)} stays.
	 * @return {@code true} by default
	 */
	public boolean cleanupEmptyChildNamespaces() {
		return this.cleanupEmptyChildNamespaces;
	}

	/**
	 * Return the format of packets.
	 * @return the JSON parser by default
	 */
	public PacketParser parser() {
		return this.parser;
	}

	/**
	 * Return the factory of adapters.
	 * @return that of {@link InMemoryAdapter} by default
	 */
	public AdapterFactory adapterFactory() {
		return this.adapterFactory;
	}

	/**
	 * Return the time to wait for all attachments of a packet.
	 * @return 30 s by default
	 */
	public Duration attachmentTimeout() {
		return this.attachmentTimeout;
	}

	/**
	 * Return the maximum number of sessions that have not joined a namespace and are not
	 * in middlewares; 0 for no limit. A new session replaces the oldest one that has been
	 * silent for five seconds; if there is none, its handshake is refused.
	 * @return {@code 10000} by default
	 */
	public int maxUnjoinedSessions() {
		return this.maxUnjoinedSessions;
	}

	/**
	 * Return the maximum number of namespaces that a client may join at the same time.
	 * @return {@code 50} by default
	 */
	public int maxNamespacesPerSession() {
		return this.maxNamespacesPerSession;
	}

	/**
	 * Return the maximum number of dynamic namespaces.
	 * @return {@code 10000} by default
	 */
	public int maxDynamicNamespaces() {
		return this.maxDynamicNamespaces;
	}

	/**
	 * Return the maximum number of existing dynamic namespaces that one client has
	 * created.
	 * @return {@code 10} by default
	 */
	public int maxDynamicNamespacesPerSession() {
		return this.maxDynamicNamespacesPerSession;
	}

	/**
	 * Return the maximum number of rooms of a socket, its own room not counted.
	 * @return {@code 10000} by default
	 */
	public int maxRoomsPerSocket() {
		return this.maxRoomsPerSocket;
	}

	/**
	 * Return the maximum length of the name of a room, in characters.
	 * @return {@code 1000} by default
	 */
	public int maxRoomNameLength() {
		return this.maxRoomNameLength;
	}

	/**
	 * Return the maximum number of pending acknowledgements of one socket.
	 * @return {@code 1000} by default
	 */
	public int maxPendingAcks() {
		return this.maxPendingAcks;
	}

	/**
	 * Return the maximum number of reactive handlers in flight for one client. Exceeding
	 * it pauses reading from the client, until fewer than half of them are left.
	 * @return {@code 256} by default
	 */
	public int maxHandlersInFlight() {
		return this.maxHandlersInFlight;
	}

	/**
	 * Return the maximum number of events that one socket may send in a second, and at
	 * once; 0 for no limit. A socket that sends more is disconnected.
	 * @return {@code 0} by default
	 */
	public int maxEventsPerSecond() {
		return this.maxEventsPerSecond;
	}

	/**
	 * Return how long the call of a handler may hold its thread, usually an event loop,
	 * before a warning names the handler.
	 * @return 1 s by default, 0 for no warning
	 */
	public Duration slowHandlerThreshold() {
		return this.slowHandlerThreshold;
	}

	/**
	 * Return the options of handlers.
	 * @return the options
	 */
	public HandlerOptions handlers() {
		return this.handlers;
	}

	/**
	 * Return the id of this node in a cluster.
	 * @return a random id by default
	 */
	public String nodeId() {
		return this.nodeId;
	}

	/**
	 * Return how long to wait for the responses of other nodes.
	 * @return 5 s by default
	 */
	public Duration requestTimeout() {
		return this.requestTimeout;
	}

	/**
	 * Return how often {@link Presence#events()} requests the state of the other nodes.
	 * @return 10 s by default
	 */
	public Duration presenceInterval() {
		return this.presenceInterval;
	}

	/**
	 * Return the options of authentication and of {@code WebSession}s.
	 * @return the defaults by default
	 */
	public SecurityOptions security() {
		return this.security;
	}

	/**
	 * Builds {@link SocketIoOptions}. Each value is checked when it is set; an invalid
	 * value causes an {@link InvalidOptionException} that names the option.
	 */
	public static final class Builder {

		private Duration connectTimeout = Duration.ofSeconds(45);

		private Duration ackTimeout = Duration.ofSeconds(10);

		private @Nullable ConnectionStateRecovery connectionStateRecovery;

		private boolean cleanupEmptyChildNamespaces = true;

		private @Nullable PacketParser parser;

		private AdapterFactory adapterFactory = InMemoryAdapter::new;

		private Duration attachmentTimeout = Duration.ofSeconds(30);

		private int maxUnjoinedSessions = 10000;

		private int maxNamespacesPerSession = 50;

		private int maxDynamicNamespaces = 10_000;

		private int maxDynamicNamespacesPerSession = 10;

		private int maxRoomsPerSocket = 10_000;

		private int maxRoomNameLength = 1_000;

		private int maxPendingAcks = 1_000;

		private int maxHandlersInFlight = 256;

		private int maxEventsPerSecond = 0;

		private Duration slowHandlerThreshold = Duration.ofSeconds(1);

		private final HandlerOptions.Builder handlers = new HandlerOptions.Builder();

		private @Nullable String nodeId;

		private Duration requestTimeout = Duration.ofSeconds(5);

		private Duration presenceInterval = Duration.ofSeconds(10);

		private SecurityOptions security = SecurityOptions.defaults();

		private Builder() {
		}

		/**
		 * Set the time to wait for a client to join a namespace.
		 * @param connectTimeout the value; 45 s by default
		 * @return this builder
		 */
		public Builder connectTimeout(Duration connectTimeout) {
			this.connectTimeout = OptionChecks.positive("connectTimeout", connectTimeout);
			return this;
		}

		/**
		 * Set the default time to wait for an acknowledgement.
		 * @param ackTimeout the value; 10 s by default, 0 for no limit
		 * @return this builder
		 */
		public Builder ackTimeout(Duration ackTimeout) {
			this.ackTimeout = OptionChecks.notNegative("ackTimeout", ackTimeout);
			return this;
		}

		/**
		 * Switch connection state recovery on or off.
		 * @param connectionStateRecovery its options; {@code null}, the default, for off
		 * @return this builder
		 */
		public Builder connectionStateRecovery(@Nullable ConnectionStateRecovery connectionStateRecovery) {
			this.connectionStateRecovery = connectionStateRecovery;
			return this;
		}

		/**
		 * Set whether a dynamic namespace that a client has created is removed when its
		 * last socket leaves and no state is kept for recovery.
		 * @param cleanupEmptyChildNamespaces the value; {@code true} by default
		 * @return this builder
		 */
		public Builder cleanupEmptyChildNamespaces(boolean cleanupEmptyChildNamespaces) {
			this.cleanupEmptyChildNamespaces = cleanupEmptyChildNamespaces;
			return this;
		}

		/**
		 * Set the format of packets; clients must use the same one.
		 * @param parser the parser; JSON by default
		 * @return this builder
		 */
		public Builder parser(PacketParser parser) {
			this.parser = OptionChecks.notNull("parser", parser);
			return this;
		}

		/**
		 * Set the factory of adapters.
		 * @param adapterFactory the factory; that of {@link InMemoryAdapter} by default
		 * @return this builder
		 */
		public Builder adapterFactory(AdapterFactory adapterFactory) {
			this.adapterFactory = OptionChecks.notNull("adapterFactory", adapterFactory);
			return this;
		}

		/**
		 * Set the time to wait for all attachments of a packet.
		 * @param attachmentTimeout the value; 30 s by default
		 * @return this builder
		 */
		public Builder attachmentTimeout(Duration attachmentTimeout) {
			this.attachmentTimeout = OptionChecks.positive("attachmentTimeout", attachmentTimeout);
			return this;
		}

		/**
		 * Set the maximum number of sessions that have not joined a namespace and are not
		 * in middlewares; 0 for no limit.
		 * @param maxUnjoinedSessions the value; {@code 10000} by default
		 * @return this builder
		 */
		public Builder maxUnjoinedSessions(int maxUnjoinedSessions) {
			this.maxUnjoinedSessions = OptionChecks.atLeast("maxUnjoinedSessions", maxUnjoinedSessions, 0);
			return this;
		}

		/**
		 * Set the maximum number of namespaces that a client may join at the same time.
		 * @param maxNamespacesPerSession the value; {@code 50} by default
		 * @return this builder
		 */
		public Builder maxNamespacesPerSession(int maxNamespacesPerSession) {
			this.maxNamespacesPerSession = OptionChecks.atLeast("maxNamespacesPerSession", maxNamespacesPerSession, 1);
			return this;
		}

		/**
		 * Set the maximum number of dynamic namespaces.
		 * @param maxDynamicNamespaces the value; {@code 10000} by default
		 * @return this builder
		 */
		public Builder maxDynamicNamespaces(int maxDynamicNamespaces) {
			this.maxDynamicNamespaces = OptionChecks.atLeast("maxDynamicNamespaces", maxDynamicNamespaces, 1);
			return this;
		}

		/**
		 * Set the maximum number of existing dynamic namespaces that one client has
		 * created.
		 * @param maxDynamicNamespacesPerSession the value; {@code 10} by default
		 * @return this builder
		 */
		public Builder maxDynamicNamespacesPerSession(int maxDynamicNamespacesPerSession) {
			this.maxDynamicNamespacesPerSession = OptionChecks.atLeast("maxDynamicNamespacesPerSession",
					maxDynamicNamespacesPerSession, 1);
			return this;
		}

		/**
		 * Set the maximum number of rooms of a socket, its own room not counted.
		 * @param maxRoomsPerSocket the value; {@code 10000} by default
		 * @return this builder
		 */
		public Builder maxRoomsPerSocket(int maxRoomsPerSocket) {
			this.maxRoomsPerSocket = OptionChecks.atLeast("maxRoomsPerSocket", maxRoomsPerSocket, 1);
			return this;
		}

		/**
		 * Set the maximum length of the name of a room, in characters.
		 * @param maxRoomNameLength the value; {@code 1000} by default
		 * @return this builder
		 */
		public Builder maxRoomNameLength(int maxRoomNameLength) {
			this.maxRoomNameLength = OptionChecks.atLeast("maxRoomNameLength", maxRoomNameLength, 1);
			return this;
		}

		/**
		 * Set the maximum number of pending acknowledgements of one socket.
		 * @param maxPendingAcks the value; {@code 1000} by default
		 * @return this builder
		 */
		public Builder maxPendingAcks(int maxPendingAcks) {
			this.maxPendingAcks = OptionChecks.atLeast("maxPendingAcks", maxPendingAcks, 1);
			return this;
		}

		/**
		 * Set the maximum number of reactive handlers in flight for one client. Exceeding
		 * it pauses reading from the client.
		 * @param maxHandlersInFlight the value; {@code 256} by default
		 * @return this builder
		 */
		public Builder maxHandlersInFlight(int maxHandlersInFlight) {
			this.maxHandlersInFlight = OptionChecks.atLeast("maxHandlersInFlight", maxHandlersInFlight, 1);
			return this;
		}

		/**
		 * Set the maximum number of events that one socket may send in a second, and at
		 * once; 0 for no limit. A socket that sends more is disconnected.
		 * @param maxEventsPerSecond the value; {@code 0} by default
		 * @return this builder
		 */
		public Builder maxEventsPerSecond(int maxEventsPerSecond) {
			this.maxEventsPerSecond = OptionChecks.inRange("maxEventsPerSecond", maxEventsPerSecond, 0, 1_000_000);
			return this;
		}

		/**
		 * Set how long the call of a handler may hold its thread, usually an event loop,
		 * before a warning names the handler. Repeated warnings are counted for a minute.
		 * @param slowHandlerThreshold the value; 1 s by default, 0 for no warning
		 * @return this builder
		 */
		public Builder slowHandlerThreshold(Duration slowHandlerThreshold) {
			this.slowHandlerThreshold = OptionChecks.notNegative("slowHandlerThreshold", slowHandlerThreshold);
			return this;
		}

		/**
		 * Set options of handlers.
		 * @param settings sets options on the builder that it is given
		 * @return this builder
		 */
		public Builder handlers(Consumer<HandlerOptions.Builder> settings) {
			settings.accept(this.handlers);
			return this;
		}

		/**
		 * Set the id of this node in a cluster.
		 * @param nodeId unique among the nodes; random by default
		 * @return this builder
		 */
		public Builder nodeId(String nodeId) {
			Assert.hasText(nodeId, "'nodeId' must not be empty");
			this.nodeId = nodeId;
			return this;
		}

		/**
		 * Set how long to wait for the responses of other nodes.
		 * @param requestTimeout the value; 5 s by default
		 * @return this builder
		 */
		public Builder requestTimeout(Duration requestTimeout) {
			this.requestTimeout = OptionChecks.positive("requestTimeout", requestTimeout);
			return this;
		}

		/**
		 * Set how often {@link Presence#events()} requests the state of the other nodes.
		 * @param presenceInterval the value; 10 s by default
		 * @return this builder
		 */
		public Builder presenceInterval(Duration presenceInterval) {
			this.presenceInterval = OptionChecks.positive("presenceInterval", presenceInterval);
			return this;
		}

		/**
		 * Set the options of authentication and of {@code WebSession}s.
		 * @param security the options; the defaults by default
		 * @return this builder
		 */
		public Builder security(SecurityOptions security) {
			this.security = OptionChecks.notNull("security", security);
			return this;
		}

		/**
		 * Return the options.
		 * @return immutable options
		 */
		public SocketIoOptions build() {
			return new SocketIoOptions(this);
		}

	}

}
