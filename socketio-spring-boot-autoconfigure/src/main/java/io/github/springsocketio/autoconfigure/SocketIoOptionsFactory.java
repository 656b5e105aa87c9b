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

package io.github.springsocketio.autoconfigure;

import java.time.Duration;

import io.github.springsocketio.socketio.ConnectionStateRecovery;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.github.springsocketio.socketio.adapter.AdapterFactory;
import io.github.springsocketio.socketio.packet.PacketParser;
import org.jspecify.annotations.Nullable;

/**
 * Creates the options of the Socket.IO server from properties and beans.
 */
final class SocketIoOptionsFactory {

	private SocketIoOptionsFactory() {
	}

	static SocketIoOptions create(SocketIoProperties properties, PacketParser parser,
			@Nullable AdapterFactory adapterFactory, Iterable<SocketIoOptionsCustomizer> customizers) {
		SocketIoOptions.Builder builder = SocketIoOptions.builder();
		builder.parser(parser);
		if (adapterFactory != null) {
			builder.adapterFactory(adapterFactory);
		}
		PropertyToOption.set("connect-timeout", properties.getConnectTimeout(), builder::connectTimeout);
		PropertyToOption.set("ack-timeout", properties.getAckTimeout(), builder::ackTimeout);
		builder.cleanupEmptyChildNamespaces(properties.isCleanupEmptyChildNamespaces());
		setRecovery(properties.getConnectionStateRecovery(), builder);
		setLimits(properties.getLimits(), builder);
		customizers.forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	private static void setRecovery(SocketIoProperties.ConnectionStateRecovery recovery,
			SocketIoOptions.Builder builder) {
		if (!recovery.isEnabled()) {
			return;
		}
		// one more value at a time, so that a refusal is due to the last one
		String prefix = "connection-state-recovery.";
		Duration duration = recovery.getMaxDisconnectionDuration();
		boolean skipMiddlewares = recovery.isSkipMiddlewares();
		PropertyToOption.set(prefix + "max-disconnection-duration", duration,
				(value) -> ConnectionStateRecovery.of(value, skipMiddlewares));
		PropertyToOption.set(prefix + "max-sessions", recovery.getMaxSessions(),
				(value) -> new ConnectionStateRecovery(duration, skipMiddlewares, value, 1));
		PropertyToOption.set(prefix + "max-packets", recovery.getMaxPackets(),
				(value) -> builder.connectionStateRecovery(
						new ConnectionStateRecovery(duration, skipMiddlewares, recovery.getMaxSessions(), value)));
	}

	private static void setLimits(SocketIoProperties.Limits limits, SocketIoOptions.Builder builder) {
		PropertyToOption.set("limits.attachment-timeout", limits.getAttachmentTimeout(), builder::attachmentTimeout);
		PropertyToOption.set("limits.max-namespaces-per-session", limits.getMaxNamespacesPerSession(),
				builder::maxNamespacesPerSession);
		PropertyToOption.set("limits.max-dynamic-namespaces", limits.getMaxDynamicNamespaces(),
				builder::maxDynamicNamespaces);
		PropertyToOption.set("limits.max-rooms-per-socket", limits.getMaxRoomsPerSocket(), builder::maxRoomsPerSocket);
		PropertyToOption.set("limits.max-room-name-length", limits.getMaxRoomNameLength(), builder::maxRoomNameLength);
		PropertyToOption.set("limits.max-pending-acks", limits.getMaxPendingAcks(), builder::maxPendingAcks);
		PropertyToOption.set("limits.max-handlers-in-flight", limits.getMaxHandlersInFlight(),
				builder::maxHandlersInFlight);
		PropertyToOption.set("limits.max-events-per-second", limits.getMaxEventsPerSecond(),
				builder::maxEventsPerSecond);
	}

}
