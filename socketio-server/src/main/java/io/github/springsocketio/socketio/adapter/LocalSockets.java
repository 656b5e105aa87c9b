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

package io.github.springsocketio.socketio.adapter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.github.springsocketio.Internal;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of a namespace on this node and the rooms that they are in. Adapters call
 * these methods for their own node. Safe to use from any thread; nothing here blocks.
 *
 * @since 0.1.0
 */
public final class LocalSockets {

	private static final String HIDDEN_PREFIX = "\u0000";

	private static final Log logger = LogFactory.getLog(LocalSockets.class);

	private final AdapterNamespace namespace;

	private final RoomIndex index;

	/**
	 * Create the sockets of a namespace.
	 * @param namespace the namespace
	 */
	@Internal
	public LocalSockets(AdapterNamespace namespace) {
		this.namespace = namespace;
		this.index = new RoomIndex(namespace);
	}

	/**
	 * Return the name of a hidden room, which only the server uses: it can be selected,
	 * but is not among the rooms of a socket or of the namespace, and is not reported to
	 * listeners.
	 * @param name a name
	 * @return the name of the room
	 */
	@Internal
	public static String hiddenRoom(String name) {
		return HIDDEN_PREFIX + name;
	}

	static boolean isHidden(String room) {
		return room.startsWith(HIDDEN_PREFIX);
	}

	/**
	 * Make a socket a member of rooms. Does nothing if the socket has left the namespace.
	 * @param socket the socket
	 * @param rooms the names of the rooms
	 * @throws IllegalStateException if the socket would be in too many rooms
	 */
	public void join(AdapterSocket socket, Collection<String> rooms) {
		this.index.addAll(socket, rooms);
	}

	/**
	 * Remove a socket from a room. Does nothing if the socket is not in it.
	 * @param socket the socket
	 * @param room the name of the room
	 */
	public void leave(AdapterSocket socket, String room) {
		this.index.del(socket, room);
	}

	/**
	 * Remove a socket from all rooms, when it leaves the namespace.
	 * @param socket the socket, which {@linkplain AdapterSocket#hasLeft() has left} from
	 * now on
	 */
	public void leaveAll(AdapterSocket socket) {
		this.index.delAll(socket);
	}

	/**
	 * Return whether a room is the own room of a socket and has no other members.
	 */
	boolean hasOnly(String room, @Nullable AdapterSocket socket) {
		return this.index.hasOnly(room, socket);
	}

	/**
	 * Return the memory of the rooms of a socket.
	 * @param socket the socket
	 * @return the size in bytes, approximately
	 */
	@Internal
	public long memoryOf(AdapterSocket socket) {
		return this.index.memoryOf(socket);
	}

	/**
	 * Return the rooms that a socket is in.
	 * @param socket the socket
	 * @return a snapshot, in the order in which they were joined
	 */
	public Set<String> rooms(AdapterSocket socket) {
		return this.index.rooms(socket);
	}

	/**
	 * Return whether a socket is in a room.
	 * @param socket the socket
	 * @param room the name of the room
	 * @return whether it is
	 */
	public boolean isIn(AdapterSocket socket, String room) {
		return this.index.isIn(socket, room);
	}

	/**
	 * Return the rooms that have a member.
	 * @return a snapshot, the sockets' own rooms included
	 */
	public Set<String> rooms() {
		return this.index.rooms();
	}

	/**
	 * Add a listener for rooms.
	 * @param listener the listener
	 */
	public void addListener(RoomListener listener) {
		this.index.addListener(listener);
	}

	/**
	 * Remove a listener for rooms.
	 * @param listener the listener; ignored if it was not added
	 */
	public void removeListener(RoomListener listener) {
		this.index.removeListener(listener);
	}

	/**
	 * Return the selected sockets.
	 * @param options the selection
	 * @return a snapshot, each socket once
	 */
	public List<AdapterSocket> select(BroadcastOptions options) {
		List<AdapterSocket> result = new ArrayList<>();
		this.index.forEach(options, result::add);
		return result;
	}

	/**
	 * Count the selected sockets.
	 * @param options the selection
	 * @return the number
	 */
	public int count(BroadcastOptions options) {
		int[] count = new int[1];
		this.index.forEach(options, (socket) -> count[0]++);
		return count[0];
	}

	/**
	 * Encode a packet, once for all receivers.
	 * @param packet the packet
	 * @param options determines whether the message may be compressed
	 * @return the encoded packet
	 * @throws io.github.springsocketio.socketio.packet.PacketEncodingException if an
	 * argument cannot be written
	 */
	public EncodedMessage encode(BroadcastPacket packet, BroadcastOptions options) {
		return packet.encoded(this.namespace.parser().encoder(), this.namespace.name(), options.flags().isCompress());
	}

	/**
	 * Deliver an event to the selected sockets.
	 * @param packet the event
	 * @param options the selection
	 */
	public void deliver(BroadcastPacket packet, BroadcastOptions options) {
		this.index.forEach(options, delivery(packet, options, null));
	}

	/**
	 * Deliver an event to sockets that were {@linkplain #select(BroadcastOptions)
	 * selected} before.
	 * @param packet the event
	 * @param options how the event is sent
	 * @param receivers the sockets; those that are no longer connected are skipped
	 */
	public void deliver(BroadcastPacket packet, BroadcastOptions options, List<AdapterSocket> receivers) {
		receivers.forEach(delivery(packet, options, null));
	}

	/**
	 * Deliver an event to the selected sockets and collect their acknowledgements.
	 * @param packet the event, with the id of the acknowledgement
	 * @param options the selection
	 * @param listener receives the pending acknowledgements, the number of receivers, and
	 * each acknowledgement
	 */
	public void deliverWithAck(BroadcastPacket packet, BroadcastOptions options, BroadcastAckListener listener) {
		PendingBroadcastAcks acks = new PendingBroadcastAcks(packet.id(), listener);
		listener.onPending(acks);
		this.index.forEach(options, delivery(packet, options, acks));
		acks.complete();
	}

	private Consumer<AdapterSocket> delivery(BroadcastPacket packet, BroadcastOptions options,
			@Nullable PendingBroadcastAcks acks) {
		EncodedMessage message = encode(packet, options);
		boolean isVolatile = options.flags().isVolatile();
		return (socket) -> {
			if (acks != null) {
				acks.expect(socket);
			}
			socket.deliver(packet, message, isVolatile);
		};
	}

	/**
	 * Make the selected sockets join rooms.
	 * @param options the selection
	 * @param rooms the names of the rooms
	 */
	public void joinAll(BroadcastOptions options, Collection<String> rooms) {
		forEach(options, (socket) -> socket.join(rooms));
	}

	/**
	 * Make the selected sockets leave rooms.
	 * @param options the selection
	 * @param rooms the names of the rooms
	 */
	public void leaveAll(BroadcastOptions options, Collection<String> rooms) {
		forEach(options, (socket) -> socket.leave(rooms));
	}

	/**
	 * Disconnect the selected sockets.
	 * @param options the selection
	 * @param close whether to close their connections too
	 */
	public void disconnectAll(BroadcastOptions options, boolean close) {
		forEach(options, (socket) -> socket.disconnect(close));
	}

	/**
	 * Apply an action to each selected socket. A failure for one socket does not affect
	 * the others.
	 */
	private void forEach(BroadcastOptions options, Consumer<AdapterSocket> action) {
		for (AdapterSocket socket : select(options)) {
			try {
				action.accept(socket);
			}
			catch (IllegalStateException | IllegalArgumentException ex) {
				logger.debug("Operation skipped for a selected socket: " + ex.getMessage());
			}
		}
	}

}
