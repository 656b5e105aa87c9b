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

package io.github.springsocketio.socketio.adapter.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.test.client.ClientEvent;
import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.test.client.SocketIoClient;
import io.github.springsocketio.test.client.Transport;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * A client that is connected to a namespace by a websocket.
 */
final class KitClient {

	private final KitWait wait;

	private final ClientSocket socket;

	private final String id;

	private final @Nullable String pid;

	/** The offset of the events that the test has consumed. */
	private @Nullable String offset;

	private KitClient(KitWait wait, ClientSocket socket, String id) {
		this.wait = wait;
		this.socket = socket;
		this.id = id;
		this.pid = socket.pid();
	}

	/**
	 * Connect to a namespace.
	 * @param auth the payload of the CONNECT packet
	 */
	static KitClient connect(KitWait wait, int port, String nsp, Map<String, Object> auth) {
		SocketIoClient client = SocketIoClient.builder("http://localhost:" + port)
			.transports(Transport.WEBSOCKET)
			.extraHeader("X-Kit", "yes")
			.timeout(wait.limit())
			.build();
		ClientSocket socket = client.socket(nsp).auth(auth);
		wait.get("the response to CONNECT", socket.connectAsync());
		Assertions.assertThat(socket.connected()).isTrue();
		Assertions.assertThat(client.transport()).isEqualTo(Transport.WEBSOCKET);
		String id = socket.id();
		return new KitClient(wait, socket, (id != null) ? id : Assertions.fail("The client is not connected"));
	}

	String id() {
		return this.id;
	}

	String nsp() {
		return this.socket.nsp();
	}

	/**
	 * Return the auth payload that restores the state of this client.
	 */
	Map<String, Object> restore() {
		String last = this.offset;
		for (ClientEvent event : this.socket.unread()) {
			last = offset(event, last);
		}
		String currentPid = this.pid;
		if (currentPid == null) {
			return Assertions.fail("The client cannot recover");
		}
		return (last != null) ? Map.of("pid", currentPid, "offset", last) : Map.of("pid", currentPid);
	}

	private static @Nullable String offset(ClientEvent event, @Nullable String otherwise) {
		Arguments arguments = event.arguments();
		return (arguments.size() != 0 && arguments.get(arguments.size() - 1) instanceof String last) ? last : otherwise;
	}

	private ClientEvent next(String what) {
		ClientEvent event = this.wait.get(what, this.socket.nextAsync());
		this.offset = offset(event, this.offset);
		return event;
	}

	/**
	 * Wait for the next event, and verify its name.
	 */
	ClientEvent nextEvent(String name) {
		ClientEvent event = next("event " + name);
		Assertions.assertThat(event.name()).isEqualTo(name);
		return event;
	}

	/**
	 * Wait for the next event.
	 */
	ClientEvent next() {
		return next("an event");
	}

	/**
	 * Return the unread events of a lost connection.
	 */
	List<ClientEvent> rest() {
		Assertions.assertThat(this.socket.connected()).isFalse();
		List<ClientEvent> result = new ArrayList<>();
		for (int count = this.socket.unread().size(); count > 0; count--) {
			result.add(next());
		}
		return result;
	}

	/**
	 * Wait for a marker event.
	 * @return the events before it
	 */
	List<ClientEvent> eventsUntil(String marker) {
		List<ClientEvent> result = new ArrayList<>();
		ClientEvent event = next("event " + marker);
		while (!marker.equals(event.name())) {
			result.add(event);
			event = next("event " + marker);
		}
		return result;
	}

	/**
	 * Wait until the server has disconnected the client.
	 * @return the events before
	 */
	List<ClientEvent> eventsUntilDisconnect() {
		Assertions.assertThat(this.socket.awaitDisconnect()).isEqualTo("io server disconnect");
		return rest();
	}

	void awaitClose() {
		this.wait.until("the end of the connection", this::isClosed);
	}

	boolean isClosed() {
		return this.socket.io().sid() == null;
	}

	/**
	 * Return the log of sent and received packets.
	 */
	String conversation() {
		return this.socket.io().conversation().toString();
	}

	void ack(ClientEvent event, @Nullable Object... args) {
		Assertions.assertThat(event.isAckRequested()).as("acknowledgement is requested").isTrue();
		event.ack(args);
	}

	void disconnect() {
		this.socket.disconnect();
	}

	/**
	 * Drop the connection. No more events are received.
	 */
	void lose() {
		this.socket.io().drop();
	}

}
