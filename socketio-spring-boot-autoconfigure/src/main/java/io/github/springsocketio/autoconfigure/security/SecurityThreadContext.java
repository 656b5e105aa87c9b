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
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Sets the security context of a thread from the reactive security context.
 */
final class SecurityThreadContext implements ThreadContext {

	@Override
	public Scope open(ContextView context) {
		SecurityContext previous = SecurityContextHolder.getContext();
		SecurityContext current = find(context);
		if (current != null) {
			SecurityContextHolder.setContext(current);
		}
		else {
			SecurityContextHolder.clearContext();
		}
		return () -> restore(previous);
	}

	private static void restore(SecurityContext previous) {
		if (previous.getAuthentication() != null) {
			SecurityContextHolder.setContext(previous);
		}
		else {
			SecurityContextHolder.clearContext();
		}
	}

	/**
	 * Return the context, which is available without waiting, because handshakes and
	 * sockets contain it.
	 */
	private static @Nullable SecurityContext find(ContextView context) {
		Mono<SecurityContext> known = context.getOrDefault(SecurityContext.class, Mono.<SecurityContext>empty());
		return (known != null) ? known.toFuture().getNow(null) : null;
	}

}
