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

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Who is present at one moment.
 *
 * @param room the name of the room, or {@code null} for the whole namespace
 * @param sockets the sockets, each once
 * @param complete {@code false} if a node of the cluster did not respond in time, so that
 * its sockets may be missing or may have left
 * @since 0.1.0
 */
public record PresenceSnapshot(@Nullable String room, List<PresentSocket> sockets,
		boolean complete) implements PresenceEvent {

	/**
	 * Create a snapshot.
	 * @param room the name of the room, or {@code null} for the whole namespace
	 * @param sockets the sockets
	 * @param complete whether all nodes have responded
	 */
	public PresenceSnapshot {
		sockets = List.copyOf(sockets);
	}

	/**
	 * Return the users of the sockets.
	 * @return an immutable set of their names, each once however many sockets the user
	 * has; sockets without a principal are left out
	 */
	public Set<String> users() {
		Set<String> result = new LinkedHashSet<>();
		for (PresentSocket socket : this.sockets) {
			if (socket.user() != null) {
				result.add(socket.user());
			}
		}
		return Collections.unmodifiableSet(result);
	}

}
