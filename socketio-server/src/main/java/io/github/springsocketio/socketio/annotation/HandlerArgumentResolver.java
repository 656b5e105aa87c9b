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

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;

/**
 * Resolves parameters of the methods of controllers. Beans of this type are called in
 * their order, after the resolvers of this library and before a parameter is treated as
 * an argument of the event.
 *
 * @since 0.1.0
 */
public interface HandlerArgumentResolver {

	/**
	 * Return whether this resolver resolves a parameter. Called once for each parameter,
	 * when the application starts.
	 * @param parameter the parameter
	 * @return whether {@link #resolveArgument} is called for it
	 */
	boolean supportsParameter(MethodParameter parameter);

	/**
	 * Return the argument for an invocation. Called on a thread of the I/O layer or on
	 * one for blocking code; must not block.
	 * @param parameter the parameter, that of the value if it is an
	 * {@link java.util.Optional}
	 * @param invocation the invocation
	 * @return the argument, or {@code null} for none, which is an error unless the
	 * parameter may be missing. A {@code Mono} is subscribed to with the socket's Reactor
	 * context, unless the parameter is a {@code Mono}
	 */
	@Nullable Object resolveArgument(MethodParameter parameter, HandlerInvocation invocation);

}
