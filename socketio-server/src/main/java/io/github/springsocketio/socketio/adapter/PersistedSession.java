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

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The state of a disconnected socket (CL-08).
 *
 * @param sid the id of the socket
 * @param pid the secret with which its client comes back
 * @param rooms the rooms it was in
 * @param data what the application kept with it
 * @since 0.1.0
 */
public record PersistedSession(String sid, String pid, Set<String> rooms, Map<String, @Nullable Object> data) {

	@Override
	public String toString() {
		return "PersistedSession[rooms=" + this.rooms.size() + "]";
	}

}
