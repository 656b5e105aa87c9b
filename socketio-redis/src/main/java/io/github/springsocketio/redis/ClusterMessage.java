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

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A message between the nodes of a cluster.
 *
 * @param uid the id of the sender
 * @param nsp the namespace
 * @param type the type, see {@link MessageType}
 * @param data the content: plain values, or {@code null} for none
 */
record ClusterMessage(String uid, String nsp, int type, @Nullable Map<String, @Nullable Object> data) {

	/**
	 * Used by external emitters instead of the id of a node.
	 */
	static final String EMITTER = "emitter";

	@Nullable Object get(String name) {
		return (this.data != null) ? this.data.get(name) : null;
	}

	/**
	 * Return the id of the request to which this message belongs, or {@code null}.
	 */
	@Nullable String requestId() {
		return (get("requestId") instanceof String id) ? id : null;
	}

	/**
	 * Return a list from the content, or an empty list if there is none.
	 */
	List<?> list(String name) {
		return (get(name) instanceof List<?> list) ? list : List.of();
	}

	/**
	 * Return the data of the packet in a broadcast: the event and its arguments. Empty if
	 * there is none.
	 */
	List<?> packet() {
		return (get("packet") instanceof Map<?, ?> packet && packet.get("data") instanceof List<?> list) ? list
				: List.of();
	}

}
