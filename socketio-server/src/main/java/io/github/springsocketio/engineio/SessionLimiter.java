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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Limits the number of sessions, in total and for each address. The limits also hold if
 * many handshakes complete at the same time.
 */
final class SessionLimiter {

	private final int limit;

	private final int limitPerAddress;

	private final AtomicInteger acquired = new AtomicInteger();

	private final ConcurrentMap<InetAddress, Integer> addresses = new ConcurrentHashMap<>();

	SessionLimiter(EngineOptions options) {
		this.limit = options.maxSessions();
		this.limitPerAddress = options.maxSessionsPerAddress();
	}

	/**
	 * Return the limit that one more session would currently exceed.
	 * @param request the handshake
	 * @return the limit, or {@code null} if there is none
	 */
	@Nullable EngineLimit exceededLimit(HandshakeRequest request) {
		if (this.limit > 0 && this.acquired.get() >= this.limit) {
			return EngineLimit.MAX_SESSIONS;
		}
		InetAddress address = address(request);
		return (address != null && this.addresses.getOrDefault(address, 0) >= this.limitPerAddress)
				? EngineLimit.MAX_SESSIONS_PER_ADDRESS : null;
	}

	/**
	 * Count a session.
	 * @param request the handshake
	 * @return {@code null} if it was counted and has to be released once; otherwise the
	 * limit that it would exceed
	 */
	@Nullable EngineLimit acquire(HandshakeRequest request) {
		if (this.acquired.incrementAndGet() > this.limit && this.limit > 0) {
			this.acquired.decrementAndGet();
			return EngineLimit.MAX_SESSIONS;
		}
		InetAddress address = address(request);
		if (address != null && this.addresses.merge(address, 1, Integer::sum) > this.limitPerAddress) {
			release(request);
			return EngineLimit.MAX_SESSIONS_PER_ADDRESS;
		}
		return null;
	}

	void release(HandshakeRequest request) {
		this.acquired.decrementAndGet();
		InetAddress address = address(request);
		if (address != null) {
			this.addresses.computeIfPresent(address, (key, count) -> (count == 1) ? null : count - 1);
		}
	}

	/**
	 * Return the address that is counted.
	 * @return the address, or {@code null} if there is none or no limit for it
	 */
	private @Nullable InetAddress address(HandshakeRequest request) {
		InetSocketAddress remote = (this.limitPerAddress > 0) ? request.remoteAddress() : null;
		return (remote != null) ? remote.getAddress() : null;
	}

}
