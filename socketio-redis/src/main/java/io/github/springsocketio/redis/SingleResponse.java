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

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Forwards only the first value.
 */
final class SingleResponse implements Consumer<@Nullable Object> {

	private final AtomicBoolean responded = new AtomicBoolean();

	private final Consumer<@Nullable Object> next;

	SingleResponse(Consumer<@Nullable Object> next) {
		this.next = next;
	}

	@Override
	public void accept(@Nullable Object value) {
		if (this.responded.compareAndSet(false, true)) {
			this.next.accept(value);
		}
	}

}
