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
 * How a broadcast is sent (CL-09).
 *
 * @param local whether it reaches this node only (SIO-74); never travels itself
 * @param droppable whether it is {@code volatile}: dropped for a receiver that could not
 * write it at once (SIO-72)
 * @param compress whether it may be compressed (SIO-73)
 * @param timeout how long acknowledgements and answers are waited for, or {@code null}
 * for the default
 * @param expectSingleResponse whether one receiver is asked only (SIO-80)
 * @since 0.1.0
 */
public record BroadcastFlags(boolean local, boolean droppable, boolean compress, @Nullable Duration timeout,
		boolean expectSingleResponse) {

	/**
	 * No flag set.
	 */
	public static final BroadcastFlags NONE = new BroadcastFlags(false, false, true, null, false);

	/**
	 * Return the same flags for this node only.
	 * @return the flags
	 */
	public BroadcastFlags asLocal() {
		return new BroadcastFlags(true, this.droppable, this.compress, this.timeout, this.expectSingleResponse);
	}

	/**
	 * Return the same flags for a volatile message.
	 * @return the flags
	 */
	public BroadcastFlags asDroppable() {
		return new BroadcastFlags(this.local, true, this.compress, this.timeout, this.expectSingleResponse);
	}

	/**
	 * Return the same flags with compression switched on or off.
	 * @param compress whether the message may be compressed
	 * @return the flags
	 */
	public BroadcastFlags withCompress(boolean compress) {
		return new BroadcastFlags(this.local, this.droppable, compress, this.timeout, this.expectSingleResponse);
	}

	/**
	 * Return the same flags with a time limit.
	 * @param timeout the time limit
	 * @return the flags
	 */
	public BroadcastFlags withTimeout(Duration timeout) {
		Assert.isTrue(!timeout.isNegative() && !timeout.isZero(), "'timeout' must be positive");
		return new BroadcastFlags(this.local, this.droppable, this.compress, timeout, this.expectSingleResponse);
	}

	/**
	 * Return the same flags for one receiver.
	 * @return the flags
	 */
	public BroadcastFlags asSingleResponse() {
		return new BroadcastFlags(this.local, this.droppable, this.compress, this.timeout, true);
	}

}
