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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.springsocketio.FatalErrors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.ExceptionDepthComparator;

/**
 * The exception handlers of one controller: its own, and those of advice in its order.
 */
final class ExceptionHandlers {

	private static final Log logger = LogFactory.getLog(ExceptionHandlers.class);

	private final List<Map<Class<? extends Throwable>, HandlerMethod>> handlers = new ArrayList<>();

	/**
	 * Add the handlers of a class, after those added so far.
	 */
	void add(Map<Class<? extends Throwable>, HandlerMethod> methods) {
		if (!methods.isEmpty()) {
			this.handlers.add(new LinkedHashMap<>(methods));
		}
	}

	boolean isEmpty() {
		return this.handlers.isEmpty();
	}

	/**
	 * Handle an exception.
	 * @return completes with the acknowledgement; fails with the exception if there is no
	 * handler for it, and with that of the handler if it fails
	 */
	Mono<?> handle(Throwable exception, Invocation invocation) {
		Set<Throwable> seen = new HashSet<>();
		for (Throwable cause = exception; cause != null && seen.add(cause); cause = cause.getCause()) {
			HandlerMethod method = find(cause.getClass());
			if (method != null) {
				Throwable handled = cause;
				if (logger.isDebugEnabled()) {
					logger.debug(
							handled.getClass().getName() + " of " + invocation.socket() + " is handled by " + method);
				}
				return Mono.defer(() -> call(method, invocation.with(handled)));
			}
		}
		return Mono.error(exception);
	}

	private static Mono<?> call(HandlerMethod method, Invocation invocation) {
		try {
			return Mono.from(method.call(invocation));
		}
		catch (Throwable ex) {
			FatalErrors.rethrowIfFatal(ex);
			return Mono.error(ex);
		}
	}

	private @Nullable HandlerMethod find(Class<? extends Throwable> type) {
		for (Map<Class<? extends Throwable>, HandlerMethod> methods : this.handlers) {
			List<Class<? extends Throwable>> matches = new ArrayList<>();
			for (Class<? extends Throwable> candidate : methods.keySet()) {
				if (candidate.isAssignableFrom(type)) {
					matches.add(candidate);
				}
			}
			if (!matches.isEmpty()) {
				matches.sort(new ExceptionDepthComparator(type));
				return methods.get(matches.get(0));
			}
		}
		return null;
	}

}
