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

import java.util.Set;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.lang.CheckReturnValue;

/**
 * Who is present in a namespace or in one of its rooms, on all nodes that the adapter
 * reaches. A user is present from the first of their sockets until the last one has left.
 * <p>
 * A client whose connection is lost has left, even if connection state recovery may
 * restore it: it joins again then. A client that reconnects before the server has
 * detected the loss keeps its socket and neither leaves nor joins.
 *
 * @since 0.1.0
 * @see Namespace#presence()
 */
public interface Presence {

	/**
	 * Return who is present.
	 * @return cold; the sockets of all nodes at the time of the subscription. Completes
	 * at once with an adapter for one node, otherwise when the nodes have responded or
	 * the {@linkplain SocketIoOptions#requestTimeout() time limit} has passed. Empty if
	 * the namespace was removed or the server is closed
	 */
	@CheckReturnValue
	Mono<PresenceSnapshot> snapshot();

	/**
	 * Return the users who are present.
	 * @return cold; as {@link #snapshot()}, the names of the users
	 */
	@CheckReturnValue
	default Mono<Set<String>> users() {
		return snapshot().map(PresenceSnapshot::users);
	}

	/**
	 * Watch who is present. The first element is a {@link PresenceSnapshot}; each
	 * {@link PresenceChange} that follows belongs to the state that the elements before
	 * it describe, and none is missing. Without demand of the subscriber, up to 256
	 * changes are queued; if there are more of them, another {@link PresenceSnapshot}
	 * replaces them.
	 * <p>
	 * Elements are emitted on the thread that has made the change, usually an event loop:
	 * subscribers must not block. A socket that leaves and joins again at once may not be
	 * reported at all. The sockets of a failed node are reported to have left when the
	 * adapter detects it, and otherwise when the node has not responded twice, after two
	 * {@linkplain SocketIoOptions#presenceInterval() intervals} at the latest.
	 * @return cold; begins with the state at the time of the subscription. Completes when
	 * the namespace is removed or the server is closed, and never fails
	 */
	@CheckReturnValue
	Flux<PresenceEvent> events();

}
