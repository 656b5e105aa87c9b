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

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The flags of a broadcast, such as for volatile messages. Immutable.
 *
 * @since 0.1.0
 */
public final class BroadcastFlags {

	/**
	 * Flags of which none is set.
	 */
	public static final BroadcastFlags NONE = new BroadcastFlags(false, false, true, null, false);

	private final boolean local;

	private final boolean isVolatile;

	private final boolean compress;

	private final @Nullable Duration timeout;

	private final boolean expectSingleResponse;

	private BroadcastFlags(boolean local, boolean isVolatile, boolean compress, @Nullable Duration timeout,
			boolean expectSingleResponse) {
		this.local = local;
		this.isVolatile = isVolatile;
		this.compress = compress;
		this.timeout = timeout;
		this.expectSingleResponse = expectSingleResponse;
	}

	/**
	 * Return whether the broadcast reaches the sockets of this node only.
	 * @return {@code false} by default; not sent to other nodes
	 */
	public boolean isLocal() {
		return this.local;
	}

	/**
	 * Return whether the message is dropped for a receiver that cannot write it at once.
	 * @return {@code false} by default
	 */
	public boolean isVolatile() {
		return this.isVolatile;
	}

	/**
	 * Return whether the message may be compressed.
	 * @return {@code true} by default
	 */
	public boolean isCompress() {
		return this.compress;
	}

	/**
	 * Return how long to wait for acknowledgements and for the responses of other nodes.
	 * @return the time limit, or {@code null} for the default
	 */
	public @Nullable Duration timeout() {
		return this.timeout;
	}

	/**
	 * Return whether one receiver only is expected to acknowledge, with a single value.
	 * @return {@code false} by default
	 */
	public boolean isExpectSingleResponse() {
		return this.expectSingleResponse;
	}

	/**
	 * Return these flags for sockets of this node only.
	 * @return new flags
	 */
	public BroadcastFlags asLocal() {
		return new BroadcastFlags(true, this.isVolatile, this.compress, this.timeout, this.expectSingleResponse);
	}

	/**
	 * Return these flags for a volatile message.
	 * @return new flags
	 */
	public BroadcastFlags asVolatile() {
		return new BroadcastFlags(this.local, true, this.compress, this.timeout, this.expectSingleResponse);
	}

	/**
	 * Return these flags with compression allowed or forbidden.
	 * @param compress whether the message may be compressed
	 * @return new flags
	 */
	public BroadcastFlags withCompress(boolean compress) {
		return new BroadcastFlags(this.local, this.isVolatile, compress, this.timeout, this.expectSingleResponse);
	}

	/**
	 * Return these flags with a time limit.
	 * @param timeout the time limit
	 * @return new flags
	 * @throws IllegalArgumentException if the time limit is not positive
	 */
	public BroadcastFlags withTimeout(Duration timeout) {
		Assert.notNull(timeout, "'timeout' must not be null");
		Assert.isTrue(!timeout.isNegative() && !timeout.isZero(), "'timeout' must be positive");
		return new BroadcastFlags(this.local, this.isVolatile, this.compress, timeout, this.expectSingleResponse);
	}

	/**
	 * Return these flags for one receiver.
	 * @return new flags
	 */
	public BroadcastFlags asSingleResponse() {
		return new BroadcastFlags(this.local, this.isVolatile, this.compress, this.timeout, true);
	}

	@Override
	public String toString() {
		return "BroadcastFlags[local=" + this.local + ", volatile=" + this.isVolatile + ", compress=" + this.compress
				+ ", timeout=" + this.timeout + "]";
	}

}
