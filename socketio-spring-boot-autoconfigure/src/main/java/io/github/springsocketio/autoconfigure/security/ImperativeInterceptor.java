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

package io.github.springsocketio.autoconfigure.security;

import io.github.springsocketio.socketio.ThreadContext;
import io.github.springsocketio.socketio.annotation.HandlerMethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * Sets the security context of the thread while a method that does not block is invoked.
 *
 * @param target the controller
 * @param threadContext sets the security context
 */
record ImperativeInterceptor(Object target, ThreadContext threadContext) implements HandlerMethodInterceptor {

	@Override
	public Publisher<?> intercept(@Nullable Object[] arguments, Publisher<?> invocation) {
		return Flux.deferContextual((context) -> Flux.from((subscriber) -> {
			try (ThreadContext.Scope scope = this.threadContext.open(context)) {
				invocation.subscribe(subscriber);
			}
		}));
	}

}
