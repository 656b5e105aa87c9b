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

package io.github.springsocketio.socketio.annotation;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The arguments of a method, one source for each parameter.
 */
final class HandlerArguments {

	private static final Object NONE = new Object();

	private final ArgumentSource[] sources;

	/** The resolvers of the application, which may return publishers, or {@code null}. */
	private final @Nullable ResolvedParameter[] resolved;

	private final boolean async;

	HandlerArguments(List<ArgumentSource> sources) {
		this.sources = sources.toArray(ArgumentSource[]::new);
		this.resolved = new @Nullable ResolvedParameter[this.sources.length];
		boolean any = false;
		for (int i = 0; i < this.sources.length; i++) {
			if (this.sources[i] instanceof ResolvedParameter parameter) {
				this.resolved[i] = parameter;
				any = true;
			}
		}
		this.async = any;
	}

	/**
	 * Return whether an argument may be resolved asynchronously.
	 */
	boolean isAsync() {
		return this.async;
	}

	/**
	 * Return the arguments, if none is resolved asynchronously.
	 */
	@Nullable Object[] get(HandlerInvocation invocation) {
		@Nullable Object[] arguments = new @Nullable Object[this.sources.length];
		for (int i = 0; i < arguments.length; i++) {
			arguments[i] = this.sources[i].get(invocation);
		}
		return arguments;
	}

	/**
	 * Return a Mono that completes with the arguments when all of them are resolved.
	 */
	Mono<@Nullable Object[]> await(HandlerInvocation invocation) {
		return Mono.defer(() -> {
			@Nullable Object[] arguments = get(invocation);
			return Flux.range(0, arguments.length)
				.filter((index) -> this.resolved[index] != null)
				.concatMap((index) -> await(arguments, index))
				.then(Mono.just(arguments));
		});
	}

	private Mono<Void> await(@Nullable Object[] arguments, int index) {
		ResolvedParameter parameter = this.resolved[index];
		if (parameter == null) {
			return Mono.empty();
		}
		Object value = arguments[index];
		if (!(value instanceof Publisher<?> publisher) || parameter.isPublisher()) {
			arguments[index] = parameter.checked(value);
			return Mono.empty();
		}
		return Mono.from(publisher).cast(Object.class).defaultIfEmpty(NONE).doOnNext((result) -> {
			Object unwrapped = (result instanceof Optional<?> optional) ? optional.orElse(null) : result;
			arguments[index] = parameter.checked((unwrapped != NONE) ? unwrapped : null);
		}).then();
	}

}
