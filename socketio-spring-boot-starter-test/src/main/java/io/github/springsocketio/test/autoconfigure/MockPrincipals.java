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

package io.github.springsocketio.test.autoconfigure;

import java.security.Principal;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.client.SocketIoClientBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The principals of test clients. A client sends a random key in a header, which only
 * this JVM can resolve. At most 10000 principals are stored, the oldest ones are removed.
 */
final class MockPrincipals {

	static final String HEADER = "X-Socketio-Test-Principal";

	private static final int MAX = 10_000;

	private static final Map<String, Principal> principals = new ConcurrentHashMap<>();

	private static final Queue<String> keys = new ConcurrentLinkedQueue<>();

	private MockPrincipals() {
	}

	static SocketIoTester apply(SocketIoTester tester, Principal principal) {
		return tester.client((client) -> apply(client, principal));
	}

	static void apply(SocketIoClientBuilder client, Principal principal) {
		String key = UUID.randomUUID().toString();
		principals.put(key, principal);
		keys.add(key);
		if (principals.size() > MAX) {
			String oldest = keys.poll();
			if (oldest != null) {
				principals.remove(oldest);
			}
		}
		client.extraHeader(HEADER, key);
	}

	static @Nullable Principal get(String key) {
		return principals.get(key);
	}

}
