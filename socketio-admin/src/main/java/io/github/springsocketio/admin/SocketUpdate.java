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

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A change of a socket.
 *
 * @param id the socket
 * @param nsp its namespace
 * @param data the new data, or {@code null} if they have not changed
 * @param transport the new transport, or {@code null} if it has not changed
 */
record SocketUpdate(String id, String nsp, @Nullable Object data, @Nullable String transport) {

	Map<String, Object> toMap() {
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("id", this.id);
		result.put("nsp", this.nsp);
		if (this.data != null) {
			result.put("data", this.data);
		}
		if (this.transport != null) {
			result.put("transport", this.transport);
		}
		return result;
	}

}
