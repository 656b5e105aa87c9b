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

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * Intercepts the invocation of a method of a controller, such as to authorize it.
 *
 * @since 0.1.0
 */
public interface HandlerMethodInterceptor {

	/**
	 * Return the object whose method is invoked.
	 * @return the bean, or an object in place of it
	 */
	Object target();

	/**
	 * Intercept an invocation.
	 * @param arguments the arguments of the method
	 * @param invocation cold; invokes the method on {@link #target()} when it is
	 * subscribed to, on a thread for blocking code if the method may block, and completes
	 * with its result
	 * @return cold; subscribed to with the socket's Reactor context
	 */
	Publisher<?> intercept(@Nullable Object[] arguments, Publisher<?> invocation);

	/**
	 * Creates interceptors. Beans of this type are called in their order.
	 *
	 * @since 0.1.0
	 */
	@FunctionalInterface
	interface Factory {

		/**
		 * Create an interceptor for a method. Called when the application starts.
		 * @param bean the controller, which may be a proxy
		 * @param method the method, invocable on the bean
		 * @param reactive whether the method returns a publisher or a
		 * {@link java.util.concurrent.CompletionStage}, or suspends; otherwise it may
		 * block
		 * @return the interceptor, or {@code null} to invoke the method directly
		 * @throws InvalidHandlerMethodException if the method cannot be called
		 */
		@Nullable HandlerMethodInterceptor create(Object bean, Method method, boolean reactive);

	}

}
