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
 * Counts the places that sessions have taken, of all and of those of each address: never
 * more than there are, however many handshakes end at the same moment.
 */
final class SessionPlaces {

	static final String ALL = "max-sessions";

	static final String ADDRESS = "max-sessions-per-address";

	private final int limit;

	private final int limitPerAddress;

	private final AtomicInteger taken = new AtomicInteger();

	private final ConcurrentMap<InetAddress, Integer> addresses = new ConcurrentHashMap<>();

	SessionPlaces(EngineOptions options) {
		this.limit = options.maxSessions();
		this.limitPerAddress = options.maxSessionsPerAddress();
	}

	/**
	 * Return whether there is a place for now.
	 * @param request the handshake
	 * @return {@code null} if there is, else the name of the limit
	 */
	@Nullable String missing(HandshakeRequest request) {
		if (this.limit > 0 && this.taken.get() >= this.limit) {
			return ALL;
		}
		InetAddress address = address(request);
		return (address != null && this.addresses.getOrDefault(address, 0) >= this.limitPerAddress) ? ADDRESS : null;
	}

	/**
	 * Take a place.
	 * @param request the handshake
	 * @return {@code null} if it was taken, to be given back once; else the name of the
	 * limit
	 */
	@Nullable String take(HandshakeRequest request) {
		if (this.taken.incrementAndGet() > this.limit && this.limit > 0) {
			this.taken.decrementAndGet();
			return ALL;
		}
		InetAddress address = address(request);
		if (address != null && this.addresses.merge(address, 1, Integer::sum) > this.limitPerAddress) {
			giveBack(request);
			return ADDRESS;
		}
		return null;
	}

	void giveBack(HandshakeRequest request) {
		this.taken.decrementAndGet();
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
