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

package io.github.springsocketio.engineio;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * Generates session ids of 15 bytes from a {@link SecureRandom}: 20 URL-safe characters
 * with 120 bits of entropy. Safe to use from any thread.
 *
 * @since 0.1.0
 */
public final class SecureSessionIds {

	private static final int BYTES = 15;

	private static final int BATCH = 64;

	private static final SecureRandom random = new SecureRandom();

	private static final ThreadLocal<Pool> pools = ThreadLocal.withInitial(Pool::new);

	private SecureSessionIds() {
	}

	/**
	 * Generate an id.
	 * @return 20 characters of {@code A-Z a-z 0-9 - _}
	 */
	public static String next() {
		return pools.get().next();
	}

	/**
	 * Requests random bytes for many ids at a time; each byte is used once.
	 */
	private static final class Pool {

		private final byte[] bytes = new byte[BYTES * BATCH];

		private int position = this.bytes.length;

		private String next() {
			if (this.position == this.bytes.length) {
				random.nextBytes(this.bytes);
				this.position = 0;
			}
			byte[] id = new byte[BYTES];
			System.arraycopy(this.bytes, this.position, id, 0, BYTES);
			Arrays.fill(this.bytes, this.position, this.position + BYTES, (byte) 0);
			this.position += BYTES;
			return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
		}

	}

}
