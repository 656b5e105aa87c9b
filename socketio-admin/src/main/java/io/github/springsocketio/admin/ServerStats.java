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

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.SocketIoServer;
import org.jspecify.annotations.Nullable;

/**
 * Describes this node to the UI.
 */
final class ServerStats {

	private static final int MAX_NAMESPACES = 100;

	private final SocketIoServer server;

	private final String namespace;

	private final Traffic traffic;

	private final String hostname = hostname();

	private final long pid = ProcessHandle.current().pid();

	private final String serverId;

	/**
	 * Create a description.
	 * @param namespace the namespace of the UI
	 * @param serverId the name of this node, or {@code null} for the default
	 */
	ServerStats(SocketIoServer server, String namespace, Traffic traffic, @Nullable String serverId) {
		this.server = server;
		this.namespace = namespace;
		this.traffic = traffic;
		this.serverId = (serverId != null) ? serverId : this.hostname + "#" + this.pid;
	}

	private static String hostname() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "localhost";
		}
	}

	/**
	 * Return the number of sockets of this node in all namespaces except the namespace of
	 * the UI.
	 */
	int sockets() {
		int sockets = 0;
		for (Namespace one : this.server.namespaces()) {
			sockets += one.name().equals(this.namespace) ? 0 : one.sockets().size();
		}
		return sockets;
	}

	/**
	 * Return the description.
	 * @param aggregatedEvents the events since the last description
	 */
	Map<String, Object> describe(List<Map<String, Object>> aggregatedEvents) {
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("serverId", this.serverId);
		result.put("hostname", this.hostname);
		result.put("pid", this.pid);
		result.put("uptime", ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
		result.put("clientsCount", this.server.engine().clientsCount());
		result.put("pollingClientsCount", this.traffic.pollingClients());
		result.put("aggregatedEvents", aggregatedEvents);
		result.put("namespaces", namespaces());
		return result;
	}

	/**
	 * Return the largest namespaces.
	 */
	private List<Map<String, Object>> namespaces() {
		List<NamespaceSize> sizes = new ArrayList<>();
		this.server.namespaces().forEach((one) -> sizes.add(new NamespaceSize(one.name(), one.sockets().size())));
		return sizes.stream()
			.sorted(Comparator.comparing(NamespaceSize::sockets).reversed())
			.limit(MAX_NAMESPACES)
			.sorted(Comparator.comparing(NamespaceSize::name))
			.map(NamespaceSize::toMap)
			.toList();
	}

	private record NamespaceSize(String name, int sockets) {

		Map<String, Object> toMap() {
			return Map.of("name", this.name, "socketsCount", this.sockets);
		}

	}

}
