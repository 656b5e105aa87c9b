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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.Callable;

import io.github.springsocketio.FatalErrors;
import io.github.springsocketio.socketio.SocketIoServer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.ReflectionUtils;

/**
 * A method of a controller, ready to be called.
 */
final class HandlerMethod {

	private final SocketIoServer io;

	private final Object target;

	private final Method method;

	private final HandlerSignature.Invoker invoker;

	private final HandlerArguments arguments;

	private final ReturnType returnType;

	private final @Nullable HandlerMethodInterceptor interceptor;

	/**
	 * Create a method.
	 * @param bean the controller, which may be a proxy
	 * @param method invocable on the bean
	 * @param invoker calls the method
	 */
	HandlerMethod(SocketIoServer io, Object bean, Method method, HandlerSignature.Invoker invoker,
			HandlerArguments arguments, ReturnType returnType, @Nullable HandlerMethodInterceptor interceptor) {
		this.io = io;
		this.target = (interceptor != null) ? interceptor.target() : bean;
		this.method = method;
		this.invoker = invoker;
		this.arguments = arguments;
		this.returnType = returnType;
		this.interceptor = interceptor;
		ReflectionUtils.makeAccessible(method);
	}

	ReturnType returnType() {
		return this.returnType;
	}

	/**
	 * Return whether the method can be invoked without waiting for an argument or an
	 * interceptor.
	 */
	boolean isDirect() {
		return this.interceptor == null && !this.arguments.isAsync();
	}

	/**
	 * Invoke a method {@linkplain #isDirect() directly}.
	 * @return what it returns
	 */
	@Nullable Object invoke(HandlerInvocation invocation) throws Exception {
		return invoke(this.arguments.get(invocation));
	}

	private @Nullable Object invoke(@Nullable Object[] values) throws Exception {
		try {
			return this.invoker.invoke(this.target, values);
		}
		catch (InvocationTargetException ex) {
			throw unwrapped(ex.getTargetException());
		}
	}

	private static Exception unwrapped(Throwable error) {
		if (error instanceof Exception exception) {
			return exception;
		}
		throw (Error) error;
	}

	/**
	 * Call the method: on this thread if it does not block, otherwise on one for blocking
	 * code when the result is subscribed to.
	 * @return completes with the result of the method
	 */
	Publisher<?> call(HandlerInvocation invocation) throws Exception {
		if (!isDirect()) {
			return callLater(invocation);
		}
		if (this.returnType.isBlocking()) {
			return callBlocking(invocation, () -> invoke(invocation));
		}
		return this.returnType.toPublisher(invoke(invocation));
	}

	private Publisher<?> callLater(HandlerInvocation invocation) {
		Mono<@Nullable Object[]> values = this.arguments.isAsync() ? this.arguments.await(invocation)
				: Mono.fromCallable(() -> this.arguments.get(invocation));
		return this.returnType.isMultiValue() ? values.flatMapMany((resolved) -> intercept(invocation, resolved))
				: values.flatMap((resolved) -> Mono.from(intercept(invocation, resolved)));
	}

	private Publisher<?> intercept(HandlerInvocation invocation, @Nullable Object[] values) {
		Publisher<?> result = this.returnType.isBlocking() ? callBlocking(invocation, () -> invoke(values))
				: Flux.defer(() -> invokeReactive(values));
		return (this.interceptor != null) ? this.interceptor.intercept(values, result) : result;
	}

	private Publisher<?> invokeReactive(@Nullable Object[] values) {
		try {
			return this.returnType.toPublisher(invoke(values));
		}
		catch (Throwable ex) {
			FatalErrors.rethrowIfFatal(ex);
			// not a Mono, whose operators would throw some errors
			return Flux.error(ex);
		}
	}

	private Mono<?> callBlocking(HandlerInvocation invocation, Callable<@Nullable Object> code) {
		if (invocation.event() == null) {
			return this.io.callBlocking(code);
		}
		// events that wait for a thread are dropped when the socket is disconnected
		return this.io.callBlocking(() -> invocation.socket().connected() ? code.call() : null);
	}

	@Override
	public String toString() {
		return InvalidHandlerMethodException.describe(this.method);
	}

}
