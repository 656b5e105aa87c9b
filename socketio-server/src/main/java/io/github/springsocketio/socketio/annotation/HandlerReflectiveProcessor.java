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

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.annotation.ReflectiveProcessor;

/**
 * Registers the hints that a native image needs for a method of a controller: its
 * invocation, and the binding of its parameters and its result.
 */
class HandlerReflectiveProcessor implements ReflectiveProcessor {

	/**
	 * The suffix of the synthetic method that is called without some of the arguments.
	 */
	private static final String KOTLIN_DEFAULTS = "$default";

	private final BindingReflectionHintsRegistrar bindings = new BindingReflectionHintsRegistrar();

	@Override
	public void registerReflectionHints(ReflectionHints hints, AnnotatedElement element) {
		if (!(element instanceof Method method)) {
			return;
		}
		hints.registerMethod(method, ExecutableMode.INVOKE);
		for (Method other : method.getDeclaringClass().getDeclaredMethods()) {
			if (other.isSynthetic() && other.getName().equals(method.getName() + KOTLIN_DEFAULTS)) {
				hints.registerMethod(other, ExecutableMode.INVOKE);
			}
		}
		bind(hints, method.getGenericParameterTypes());
		bind(hints, method.getGenericReturnType());
	}

	private void bind(ReflectionHints hints, Type[] types) {
		for (Type type : types) {
			bind(hints, type);
		}
	}

	private void bind(ReflectionHints hints, Type type) {
		if (type instanceof ParameterizedType parameterized) {
			// the content of a Mono, a list or an Optional
			bind(hints, parameterized.getActualTypeArguments());
		}
		else if (type instanceof WildcardType wildcard) {
			// also the result of a suspending function, which is a type argument of its
			// continuation
			bind(hints, wildcard.getUpperBounds());
			bind(hints, wildcard.getLowerBounds());
		}
		else if (type instanceof Class<?> known && known.isArray()) {
			bind(hints, known.getComponentType());
		}
		if (isBound(type)) {
			this.bindings.registerReflectionHints(hints, type);
		}
	}

	private static boolean isBound(Type type) {
		Type raw = (type instanceof ParameterizedType parameterized) ? parameterized.getRawType() : type;
		if (!(raw instanceof Class<?> known) || known.isPrimitive() || known.isArray() || known.isInterface()
				|| Throwable.class.isAssignableFrom(known)) {
			return false;
		}
		String name = known.getName();
		return !name.startsWith("java.") && !name.startsWith("org.springframework.") && !name.startsWith("reactor.")
				&& !name.startsWith("tools.jackson.") && !name.startsWith("kotlin");
	}

}
