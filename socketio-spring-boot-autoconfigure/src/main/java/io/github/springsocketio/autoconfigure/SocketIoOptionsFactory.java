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

import java.util.List;

import io.github.springsocketio.socketio.ConnectionStateRecovery;
import io.github.springsocketio.socketio.SecurityOptions;
import io.github.springsocketio.socketio.SocketAuthenticator;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.github.springsocketio.socketio.packet.PacketParser;

/**
 * Creates the options of the Socket.IO server from properties and beans.
 */
final class SocketIoOptionsFactory {

	private SocketIoOptionsFactory() {
	}

	static SocketIoOptions.Builder builder(SocketIoProperties properties, PacketParser parser,
			List<SocketAuthenticator> authenticators) {
		SocketIoOptions.Builder builder = SocketIoOptions.builder().parser(parser);
		PropertyToOption.set("connect-timeout", properties.getConnectTimeout(), builder::connectTimeout);
		PropertyToOption.set("ack-timeout", properties.getAckTimeout(), builder::ackTimeout);
		PropertyToOption.set("slow-handler-threshold", properties.getSlowHandlerThreshold(),
				builder::slowHandlerThreshold);
		builder.handlers((handlers) -> handlers.errorAcks(properties.isErrorAcks()));
		builder.cleanupEmptyChildNamespaces(properties.isCleanupEmptyChildNamespaces());
		builder.security(security(properties, authenticators));
		setRecovery(properties.getConnectionStateRecovery(), builder);
		setLimits(properties.getLimits(), builder);
		return builder;
	}

	private static SecurityOptions security(SocketIoProperties properties, List<SocketAuthenticator> authenticators) {
		SocketIoProperties.Security security = properties.getSecurity();
		SecurityOptions.Builder options = SecurityOptions.builder()
			.authenticators(authenticators)
			.authenticationRequired(security.isAuthenticationRequired())
			.webSessionKeepAlive(properties.getWebSession().isKeepAlive());
		PropertyToOption.set("security.expiry-notice", security.getExpiryNotice(), options::expiryNotice);
		PropertyToOption.set("security.expiry-grace", security.getExpiryGrace(), options::expiryGrace);
		PropertyToOption.set("web-session.check-interval", properties.getWebSession().getCheckInterval(),
				options::webSessionCheckInterval);
		return options.build();
	}

	private static void setRecovery(SocketIoProperties.ConnectionStateRecovery recovery,
			SocketIoOptions.Builder builder) {
		if (!recovery.isEnabled()) {
			return;
		}
		String prefix = "connection-state-recovery.";
		ConnectionStateRecovery.Builder options = ConnectionStateRecovery.builder()
			.skipMiddlewares(recovery.isSkipMiddlewares());
		PropertyToOption.set(prefix + "max-disconnection-duration", recovery.getMaxDisconnectionDuration(),
				options::maxDisconnectionDuration);
		PropertyToOption.set(prefix + "max-sessions", recovery.getMaxSessions(), options::maxSessions);
		PropertyToOption.set(prefix + "max-packets", recovery.getMaxPackets(), options::maxPackets);
		PropertyToOption.setBytes(prefix + "max-bytes", recovery.getMaxBytes(), options::maxBytes);
		builder.connectionStateRecovery(options.build());
	}

	private static void setLimits(SocketIoProperties.Limits limits, SocketIoOptions.Builder builder) {
		PropertyToOption.set("limits.attachment-timeout", limits.getAttachmentTimeout(), builder::attachmentTimeout);
		PropertyToOption.set("limits.max-unjoined-sessions", limits.getMaxUnjoinedSessions(),
				builder::maxUnjoinedSessions);
		PropertyToOption.set("limits.max-namespaces-per-session", limits.getMaxNamespacesPerSession(),
				builder::maxNamespacesPerSession);
		PropertyToOption.set("limits.max-dynamic-namespaces", limits.getMaxDynamicNamespaces(),
				builder::maxDynamicNamespaces);
		PropertyToOption.set("limits.max-dynamic-namespaces-per-session", limits.getMaxDynamicNamespacesPerSession(),
				builder::maxDynamicNamespacesPerSession);
		PropertyToOption.set("limits.max-rooms-per-socket", limits.getMaxRoomsPerSocket(), builder::maxRoomsPerSocket);
		PropertyToOption.set("limits.max-room-name-length", limits.getMaxRoomNameLength(), builder::maxRoomNameLength);
		PropertyToOption.set("limits.max-pending-acks", limits.getMaxPendingAcks(), builder::maxPendingAcks);
		PropertyToOption.set("limits.max-handlers-in-flight", limits.getMaxHandlersInFlight(),
				builder::maxHandlersInFlight);
		PropertyToOption.set("limits.max-events-per-second", limits.getMaxEventsPerSecond(),
				builder::maxEventsPerSecond);
	}

}
