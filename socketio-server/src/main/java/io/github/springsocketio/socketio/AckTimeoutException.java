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

import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.github.springsocketio.socketio.packet.Arguments;

/**
 * Thrown when not all acknowledgements were received within the time limit.
 *
 * @since 0.1.0
 */
public class AckTimeoutException extends RuntimeException {

	private static final int MAX_LISTED = 10;

	private final transient List<Arguments> responses;

	private final transient Set<String> missing;

	/**
	 * Create an exception.
	 * @param responses the acknowledgements that were received
	 * @param missing the ids of the sockets of this node that did not acknowledge
	 */
	public AckTimeoutException(List<Arguments> responses, Collection<String> missing) {
		super(message(missing), null, false, false);
		this.responses = List.copyOf(responses);
		this.missing = Set.copyOf(missing);
	}

	private static String message(Collection<String> missing) {
		if (missing.isEmpty()) {
			return "operation has timed out";
		}
		String ids = String.join(", ", missing.stream().limit(MAX_LISTED).toList());
		String more = (missing.size() > MAX_LISTED) ? " and " + (missing.size() - MAX_LISTED) + " more" : "";
		return "operation has timed out: no acknowledgement from " + ids + more;
	}

	/**
	 * Return the acknowledgements that were received in time.
	 * @return an immutable list, empty for a single socket
	 */
	public List<Arguments> responses() {
		return this.responses;
	}

	/**
	 * Return the sockets of this node that did not acknowledge in time.
	 * @return an immutable set of socket ids
	 */
	public Set<String> missing() {
		return this.missing;
	}

}
