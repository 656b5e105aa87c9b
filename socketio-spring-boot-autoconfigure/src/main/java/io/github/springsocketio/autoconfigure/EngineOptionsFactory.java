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

import java.util.EnumSet;

import io.github.springsocketio.autoconfigure.SocketIoProperties.Adapter;
import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.SessionIdGenerator;
import io.github.springsocketio.engineio.SessionLocator;
import io.github.springsocketio.engineio.TransportType;
import org.jspecify.annotations.Nullable;

import org.springframework.util.CollectionUtils;

/**
 * Creates the options of the Engine.IO server from properties and beans.
 */
final class EngineOptionsFactory {

	private EngineOptionsFactory() {
	}

	static EngineOptions create(SocketIoProperties properties, @Nullable SessionIdGenerator idGenerator,
			@Nullable SessionLocator sessionLocator, Iterable<EngineOptionsCustomizer> customizers) {
		EngineOptions.Builder builder = EngineOptions.builder();
		setTimes(properties, builder);
		PropertyToOption.setBytes("max-http-buffer-size", properties.getMaxHttpBufferSize(),
				builder::maxHttpBufferSize);
		setTransports(properties, builder);
		setLimits(properties.getLimits(), builder);
		builder.initialPacket(properties.getInitialPacket());
		builder.idGenerator(idGenerator);
		setNodeTag(properties, idGenerator, builder);
		builder.sessionLocator(sessionLocator);
		customizers.forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	private static void setNodeTag(SocketIoProperties properties, @Nullable SessionIdGenerator idGenerator,
			EngineOptions.Builder builder) {
		String tag = properties.getCluster().getNodeTag();
		if (tag != null && !tag.isEmpty()) {
			PropertyToOption.set("cluster.node-tag", tag, builder::nodeTag);
		}
		else if (tag == null && idGenerator == null && properties.getAdapter().getType() != Adapter.Type.MEMORY) {
			builder.randomNodeTag();
		}
	}

	private static void setTimes(SocketIoProperties properties, EngineOptions.Builder builder) {
		PropertyToOption.set("ping-interval", properties.getPingInterval(), builder::pingInterval);
		PropertyToOption.set("ping-timeout", properties.getPingTimeout(), builder::pingTimeout);
		PropertyToOption.set("upgrade-timeout", properties.getUpgradeTimeout(), builder::upgradeTimeout);
		PropertyToOption.set("close-timeout", properties.getCloseTimeout(), builder::closeTimeout);
		PropertyToOption.set("session-locator-timeout", properties.getSessionLocatorTimeout(),
				builder::sessionLocatorTimeout);
	}

	private static void setTransports(SocketIoProperties properties, EngineOptions.Builder builder) {
		PropertyToOption.set("transports", properties.getTransports(),
				(transports) -> builder.transports(CollectionUtils.isEmpty(transports)
						? EnumSet.noneOf(TransportType.class) : EnumSet.copyOf(transports)));
		builder.allowUpgrades(properties.isAllowUpgrades());
		builder.allowEio3(properties.isAllowEio3());
	}

	private static void setLimits(SocketIoProperties.Limits limits, EngineOptions.Builder builder) {
		PropertyToOption.setBytes("limits.max-outbound-bytes", limits.getMaxOutboundBytes(), builder::maxOutboundBytes);
		PropertyToOption.set("limits.max-outbound-packets", limits.getMaxOutboundPackets(),
				builder::maxOutboundPackets);
		PropertyToOption.set("limits.slow-reader-timeout", limits.getSlowReaderTimeout(), builder::slowReaderTimeout);
		PropertyToOption.set("limits.max-memory", limits.getMaxMemory(), (size) -> builder.maxMemory(size.toBytes()));
		PropertyToOption.set("limits.max-packets-per-payload", limits.getMaxPacketsPerPayload(),
				builder::maxPacketsPerPayload);
		PropertyToOption.set("limits.max-sessions", limits.getMaxSessions(), builder::maxSessions);
		PropertyToOption.set("limits.max-sessions-per-address", limits.getMaxSessionsPerAddress(),
				builder::maxSessionsPerAddress);
	}

}
