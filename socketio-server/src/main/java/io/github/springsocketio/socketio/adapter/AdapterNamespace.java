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

import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;

import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.PacketParser;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * What an adapter sees of its namespace. Safe to use from any thread.
 *
 * @since 0.1.0
 */
public interface AdapterNamespace {

	/**
	 * Return the name of the namespace.
	 * @return such as {@code "/"}
	 */
	String name();

	/**
	 * Return the format of packets.
	 * @return the parser of the server
	 */
	PacketParser parser();

	/**
	 * Take the next id of an acknowledgement that is asked for (SIO-51).
	 * @return from 0
	 */
	long nextAckId();

	/**
	 * Return a socket of this node.
	 * @param id its id
	 * @return the connected socket, or {@code null}
	 */
	@Nullable AdapterSocket localSocket(String id);

	/**
	 * Return the sockets of this node.
	 * @return a view of the connected sockets
	 */
	Collection<? extends AdapterSocket> localSockets();

	/**
	 * Return in how many rooms a socket may be, its own not counted (SEC-74).
	 * @return the limit
	 */
	int maxRoomsPerSocket();

	/**
	 * Called when a socket was kept out of a room because it is in too many.
	 */
	default void onTooManyRooms() {
	}

	/**
	 * Return what is to be kept for clients that come back.
	 * @return the limits, or {@code null} if connection state recovery is off
	 */
	@Nullable RecoveryLimits recovery();

	/**
	 * Run a task after all others that were given here before. With connection state
	 * recovery, whatever is written to sockets of the namespace comes through here, so
	 * that every client gets packets in the order in which they are stored; without it,
	 * the task simply runs.
	 * @param task must not block; runs at once unless another thread is at it, which then
	 * runs this task too
	 */
	void inOrder(Runnable task);

	/**
	 * Run a task later.
	 * @param delay the time from now
	 * @param task must be short and must not block
	 * @return to forget the task
	 */
	Disposable schedule(Duration delay, Runnable task);

	/**
	 * Give an event of another node to the listeners of this one (SIO-83).
	 * @param event the name
	 * @param args the arguments
	 * @param ack takes the answer, or {@code null} if none is asked for
	 */
	void serverSideEvent(String event, Arguments args, @Nullable Consumer<@Nullable Object> ack);

}
