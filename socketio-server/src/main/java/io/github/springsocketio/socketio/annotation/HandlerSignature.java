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
import java.lang.reflect.Type;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.core.CoroutinesUtils;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * The signature of a method of a controller as declared in the source, in Java or in
 * Kotlin.
 */
final class HandlerSignature {

	private static final String COROUTINES = "kotlinx.coroutines.";

	private static final boolean COROUTINES_PRESENT = KotlinDetector.isKotlinReflectPresent()
			&& ClassUtils.isPresent(COROUTINES + "reactor.MonoKt", HandlerSignature.class.getClassLoader());

	private final Method method;

	private final boolean suspending;

	private final @Nullable KotlinFunction function;

	private HandlerSignature(Method method) {
		this.method = method;
		this.suspending = KotlinDetector.isSuspendingFunction(method);
		this.function = (KotlinDetector.isKotlinReflectPresent()
				&& KotlinDetector.isKotlinType(method.getDeclaringClass())) ? KotlinFunction.of(method) : null;
	}

	/**
	 * Return the signature of a method.
	 * @throws InvalidHandlerMethodException if a library that the method needs is missing
	 */
	static HandlerSignature of(Method method) {
		boolean coroutines = KotlinDetector.isSuspendingFunction(method)
				|| method.getReturnType().getName().startsWith(COROUTINES);
		if (coroutines && !COROUTINES_PRESENT) {
			throw new InvalidHandlerMethodException(
					"Libraries for coroutines are missing: " + InvalidHandlerMethodException.describe(method),
					"Add the dependencies org.jetbrains.kotlin:kotlin-reflect and "
							+ "org.jetbrains.kotlinx:kotlinx-coroutines-reactor.");
		}
		return new HandlerSignature(method);
	}

	Method method() {
		return this.method;
	}

	/**
	 * Return the name in the source.
	 */
	String name() {
		return (this.function != null) ? this.function.name() : this.method.getName();
	}

	/**
	 * Return the number of parameters in the source.
	 */
	int parameterCount() {
		return this.method.getParameterCount() - (this.suspending ? 1 : 0);
	}

	/**
	 * Return whether a parameter receives the remaining arguments.
	 */
	boolean isVarArgs(int index) {
		return index == parameterCount() - 1
				&& ((this.function != null) ? this.function.isVararg(index) : this.method.isVarArgs());
	}

	/**
	 * Return the type to which an argument of an event is decoded for a parameter.
	 */
	Type decodedType(int index, MethodParameter parameter) {
		Type type = (this.function != null) ? this.function.decodedType(index) : null;
		return (type != null) ? type : ResolvableType.forMethodParameter(parameter).getType();
	}

	/**
	 * Return a source for a parameter whose type is a value class of Kotlin: it returns
	 * instances of the class. For other types, return the same source.
	 * @param invalid creates the error for a value that the class does not accept
	 */
	ArgumentSource boxed(int index, ArgumentSource source,
			Function<IllegalArgumentException, RuntimeException> invalid) {
		KotlinFunction known = this.function;
		if (known == null || known.decodedType(index) == null) {
			return source;
		}
		return (invocation) -> {
			Object value = source.get(invocation);
			try {
				return known.box(index, value);
			}
			catch (IllegalArgumentException ex) {
				throw invalid.apply(ex);
			}
		};
	}

	/**
	 * Return the invoker of the method.
	 * @param invocable the method, invocable on the bean
	 */
	Invoker invoker(Method invocable) {
		if (this.suspending) {
			return (this.function != null && this.function.returnsValueClass())
					? (target, arguments) -> Mono.from(Suspending.invoke(invocable, target, arguments))
						.mapNotNull(KotlinFunction::unboxed)
					: (target, arguments) -> Suspending.invoke(invocable, target, arguments);
		}
		KotlinFunction called = (this.function != null && this.function.isSpecial()) ? KotlinFunction.of(invocable)
				: null;
		return (called != null) ? called::call : invocable::invoke;
	}

	/**
	 * Calls a method.
	 */
	@FunctionalInterface
	interface Invoker {

		/**
		 * Call the method.
		 * @return the result, or a publisher of it if the method is suspending
		 */
		@Nullable Object invoke(Object target, @Nullable Object[] arguments) throws Exception;

	}

	/**
	 * Loaded only if Kotlin is on the class path.
	 */
	private static final class Suspending {

		private static Publisher<?> invoke(Method method, Object target, @Nullable Object[] values) {
			return CoroutinesUtils.invokeSuspendingFunction(method, target, values);
		}

	}

}
