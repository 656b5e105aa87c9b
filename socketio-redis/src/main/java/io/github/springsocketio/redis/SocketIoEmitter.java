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

package io.github.springsocketio.redis;

import java.util.Collection;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.lang.CheckReturnValue;

/**
 * Emits events to the clients of a cluster from an application without a server, such as
 * a batch job. The nodes of the cluster, in Java or JavaScript, must use the same adapter
 * on Redis as {@code socketio.adapter.type} configures here. Emitters are immutable and
 * thread-safe: each method for a selection returns another emitter.
 *
 * @since 0.1.0
 */
public interface SocketIoEmitter {

	/**
	 * Select a namespace.
	 * @param nsp the name of the namespace; a slash is added in front if it is missing
	 * @return an emitter for all clients of the namespace
	 */
	SocketIoEmitter of(String nsp);

	/**
	 * Select rooms, in addition to those that are already selected.
	 * @param rooms the names of the rooms, or the ids of sockets; no client is selected
	 * if there are none at all
	 * @return an emitter for the clients in at least one of the rooms
	 */
	SocketIoEmitter to(String... rooms);

	/**
	 * Exclude rooms.
	 * @param rooms the names of the rooms, or the ids of sockets
	 * @return an emitter without the clients that are in one of the rooms
	 */
	SocketIoEmitter except(String... rooms);

	/**
	 * Drop events for clients whose connections cannot accept them immediately.
	 * @return another emitter
	 */
	SocketIoEmitter asVolatile();

	/**
	 * Set whether events may be compressed.
	 * @param compress {@code true} by default
	 * @return another emitter
	 */
	SocketIoEmitter compress(boolean compress);

	/**
	 * Emit an event immediately. A failure is logged.
	 * @param event the name of the event
	 * @param args the arguments: any values that Jackson can write, {@code byte[]} for
	 * binary
	 * @throws IllegalArgumentException if the name is reserved or an argument cannot be
	 * written
	 */
	void emit(String event, @Nullable Object... args);

	/**
	 * Emit an event each time the result is subscribed to.
	 * @param event the name of the event
	 * @param args the arguments, as for {@link #emit}
	 * @return completes when Redis has accepted the event; fails if it does not
	 * @throws IllegalArgumentException if the name is reserved or an argument cannot be
	 * written
	 */
	@CheckReturnValue
	Mono<Void> publish(String event, @Nullable Object... args);

	/**
	 * Make the selected clients join rooms. A failure is logged.
	 * @param rooms the names of the rooms
	 */
	void socketsJoin(Collection<String> rooms);

	/**
	 * Make the selected clients leave rooms. A failure is logged.
	 * @param rooms the names of the rooms
	 */
	void socketsLeave(Collection<String> rooms);

	/**
	 * Disconnect the selected clients. A failure is logged.
	 * @param close whether to close their connections as well
	 */
	void disconnectSockets(boolean close);

	/**
	 * Send an event to all servers of the cluster. A failure is logged.
	 * @param event the name of the event
	 * @param args the arguments, as for {@link #emit}
	 * @throws IllegalArgumentException if the name is reserved or an argument cannot be
	 * written
	 */
	void serverSideEmit(String event, @Nullable Object... args);

}
