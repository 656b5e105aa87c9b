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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import io.github.springsocketio.socketio.BroadcastOperator;
import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.packet.ReservedEvents;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Executes commands of administrators on all nodes. Invalid commands are ignored, and so
 * are commands that exceed the rate limit.
 */
final class AdminCommands {

	private static final Log logger = LogFactory.getLog(AdminCommands.class);

	private static final List<String> NAMES = List.of("emit", "join", "leave", "_disconnect");

	private static final int MAX_ARGUMENTS = 20;

	private static final int PER_SECOND = 20;

	private final SocketIoServer server;

	private final Namespace namespace;

	private final AdminCluster cluster;

	private final LongSupplier clock;

	private final Map<String, RateLimit> limits = new ConcurrentHashMap<>();

	AdminCommands(SocketIoServer server, Namespace namespace, AdminCluster cluster, LongSupplier clock) {
		this.server = server;
		this.namespace = namespace;
		this.cluster = cluster;
		this.clock = clock;
	}

	void register() {
		NAMES.forEach((name) -> this.namespace.on(name, (socket, event) -> onCommand(socket, event)));
		this.namespace.onDisconnect((socket, reason, detail) -> this.limits.remove(socket.id()));
	}

	private void onCommand(Socket socket, Event event) {
		RateLimit limit = this.limits.computeIfAbsent(socket.id(), (id) -> new RateLimit(PER_SECOND, this.clock));
		if (!limit.tryAcquire() || event.size() > MAX_ARGUMENTS) {
			return;
		}
		Command command = Command.of(event.name(), event.toList());
		if (command == null || !isAllowed(command)) {
			return;
		}
		if (logger.isInfoEnabled()) {
			logger.info("Command of the Admin UI from " + PlainValue.shorten(socket.handshake().address(), 100) + ": "
					+ command);
		}
		try {
			if (!execute(command, false)) {
				this.cluster.forward(command.toList());
			}
		}
		catch (IllegalArgumentException ex) {
			// such as a room whose name is too long
			logger.debug("Command of the Admin UI refused", ex);
		}
	}

	/**
	 * Return whether a command may be executed. Administrators cannot emit events to
	 * other administrators, which could contain false data.
	 */
	private boolean isAllowed(Command command) {
		return !command.nsp().equals(this.namespace.name()) || command.name().equals("_disconnect");
	}

	/**
	 * Execute a command of another node, which does not have its namespace.
	 */
	void onForwarded(List<?> values) {
		Command command = Command.of(String.valueOf(values.get(0)), values.subList(1, values.size()));
		if (command != null && isAllowed(command)) {
			execute(command, true);
		}
	}

	private boolean execute(Command command, boolean local) {
		Namespace target = this.server.namespaces()
			.stream()
			.filter((one) -> one.name().equals(command.nsp()))
			.findFirst()
			.orElse(null);
		if (target == null) {
			return false;
		}
		BroadcastOperator selected = (command.filter() != null) ? target.in(command.filter()) : target;
		command.execute(local ? selected.local() : selected);
		return true;
	}

	/**
	 * A command.
	 *
	 * @param name the name of its event
	 * @param nsp the namespace of the sockets
	 * @param filter the room or the id of the sockets, or {@code null} for all
	 * @param subject the event or the room, or {@code null} if there is none
	 * @param args the arguments of the event, or whether to close the connections
	 */
	private record Command(String name, String nsp, @Nullable String filter, @Nullable String subject,
			List<@Nullable Object> args) {

		/**
		 * Return the command, or {@code null} if it is not valid.
		 */
		static @Nullable Command of(String name, List<?> values) {
			List<@Nullable Object> args = new ArrayList<>(values);
			while (args.size() < 3) {
				args.add(null);
			}
			boolean emit = name.equals("emit");
			boolean disconnect = name.equals("_disconnect");
			String nsp = Names.valid(args.get(0));
			Object filter = args.get(emit ? 1 : 2);
			Object subject = args.get(emit ? 2 : 1);
			if (nsp == null || (filter != null && Names.valid(filter) == null)
					|| (!disconnect && Names.valid(subject) == null)
					|| (emit && ReservedEvents.isReserved(String.valueOf(subject)))) {
				return null;
			}
			List<@Nullable Object> rest = emit ? args.subList(3, args.size())
					: disconnect ? List.of(Boolean.TRUE.equals(subject)) : List.of();
			return new Command(name, nsp, Names.valid(filter), Names.valid(subject), rest);
		}

		void execute(BroadcastOperator selected) {
			String text = (this.subject != null) ? this.subject : "";
			switch (this.name) {
				case "emit" -> selected.emit(text, this.args.toArray());
				case "join" -> selected.socketsJoin(text);
				case "leave" -> selected.socketsLeave(text);
				default -> selected.disconnectSockets(this.args.contains(true));
			}
		}

		List<@Nullable Object> toList() {
			List<@Nullable Object> values = new ArrayList<>();
			values.add(this.name);
			values.add(this.nsp);
			if (this.name.equals("emit")) {
				values.add(this.filter);
				values.add(this.subject);
				values.addAll(this.args);
			}
			else {
				values.add(this.name.equals("_disconnect") ? this.args.contains(true) : this.subject);
				values.add(this.filter);
			}
			return values;
		}

		@Override
		public String toString() {
			return this.name + ((this.subject != null) ? " '" + this.subject + "'" : "") + " in namespace '" + this.nsp
					+ "', " + ((this.filter != null) ? "room or socket '" + this.filter + "'" : "all sockets");
		}

	}

}
