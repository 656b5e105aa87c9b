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

import java.util.function.Supplier;

import io.github.springsocketio.Internal;
import reactor.core.publisher.Mono;

/**
 * Calls code of the application that returns a {@link Mono}.
 *
 * @since 0.1.0
 */
@Internal
public final class ApplicationCalls {

	private ApplicationCalls() {
	}

	/**
	 * Return a Mono that calls the application when it is subscribed to. A
	 * {@link LinkageError} of the call is emitted like an exception.
	 * {@link Mono#defer(Supplier)} would throw it: a request would not be completed, and
	 * time limits of the call would continue to run.
	 * @param <T> the type of the value
	 * @param call calls the application
	 * @return the result of the call
	 */
	public static <T> Mono<T> defer(Supplier<? extends Mono<? extends T>> call) {
		return Mono.defer(() -> {
			try {
				return call.get();
			}
			catch (LinkageError ex) {
				return Mono.error(ex);
			}
		});
	}

}
