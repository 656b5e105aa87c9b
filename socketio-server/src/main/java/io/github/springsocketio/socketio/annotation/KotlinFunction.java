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
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import kotlin.jvm.JvmClassMappingKt;
import kotlin.reflect.KClass;
import kotlin.reflect.KFunction;
import kotlin.reflect.KParameter;
import kotlin.reflect.KType;
import kotlin.reflect.full.KClasses;
import kotlin.reflect.jvm.KCallablesJvm;
import kotlin.reflect.jvm.ReflectJvmMapping;
import org.jspecify.annotations.Nullable;

import org.springframework.core.KotlinDetector;
import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

/**
 * The function of Kotlin from which a method was compiled. Loaded only if Kotlin's
 * reflection is on the class path.
 */
final class KotlinFunction {

	private final KFunction<?> function;

	/** The parameters without the instance. */
	private final List<KParameter> parameters;

	private KotlinFunction(KFunction<?> function) {
		this.function = function;
		this.parameters = function.getParameters()
			.stream()
			.filter((parameter) -> parameter.getKind() != KParameter.Kind.INSTANCE)
			.toList();
		KCallablesJvm.setAccessible(function, true);
	}

	/**
	 * Return the function, or {@code null} if the method was not compiled from a function
	 * but, for example, from a property.
	 */
	static @Nullable KotlinFunction of(Method method) {
		KFunction<?> function = ReflectJvmMapping.getKotlinFunction(method);
		return (function != null) ? new KotlinFunction(function) : null;
	}

	/**
	 * Return the name in the source. The name of the method may have a suffix.
	 */
	String name() {
		return this.function.getName();
	}

	/**
	 * Return whether the method cannot be called with plain arguments.
	 */
	boolean isSpecial() {
		return this.parameters.stream().anyMatch((parameter) -> parameter.isOptional() || valueClass(parameter) != null)
				|| returnsValueClass();
	}

	boolean returnsValueClass() {
		return valueClass(this.function.getReturnType()) != null;
	}

	boolean isVararg(int index) {
		return this.parameters.get(index).isVararg();
	}

	/**
	 * Return the type to which the argument for a parameter of a value class is decoded:
	 * the type of its value, because JSON does not have the class. Value classes of
	 * Kotlin itself, such as unsigned numbers, are supported by Jackson.
	 * @return the type, or {@code null} if the parameter has another type
	 */
	@Nullable Type decodedType(int index) {
		KClass<?> valueClass = valueClass(this.parameters.get(index));
		return (valueClass != null) ? decodedType(valueClass) : null;
	}

	private static Type decodedType(KClass<?> valueClass) {
		Class<?> type = JvmClassMappingKt.getJavaClass(valueClass);
		if (type.getName().startsWith("kotlin.")) {
			return type;
		}
		KType value = constructor(valueClass).getParameters().get(0).getType();
		KClass<?> nested = valueClass(value);
		return (nested != null) ? decodedType(nested) : ReflectJvmMapping.getJavaType(value);
	}

	/**
	 * Return the instance of a value class for an argument.
	 * @throws IllegalArgumentException if it does not accept the value
	 */
	@Nullable Object box(int index, @Nullable Object value) {
		return box(valueClass(this.parameters.get(index)), value);
	}

	private static @Nullable Object box(@Nullable KClass<?> valueClass, @Nullable Object value) {
		if (valueClass == null || value == null || JvmClassMappingKt.getJavaClass(valueClass).isInstance(value)) {
			return value;
		}
		KFunction<?> constructor = constructor(valueClass);
		Object boxed = box(valueClass(constructor.getParameters().get(0).getType()), value);
		try {
			return constructor.call(boxed);
		}
		catch (Exception ex) {
			// the compiler does not know the exceptions that Kotlin throws
			throw new IllegalArgumentException((ex instanceof InvocationTargetException) ? ex.getCause() : ex);
		}
	}

	private static KFunction<?> constructor(KClass<?> valueClass) {
		KFunction<?> constructor = KClasses.getPrimaryConstructor(valueClass);
		Assert.state(constructor != null, "A value class has a primary constructor");
		KCallablesJvm.setAccessible(constructor, true);
		return constructor;
	}

	private static @Nullable KClass<?> valueClass(KParameter parameter) {
		return valueClass(parameter.getType());
	}

	private static @Nullable KClass<?> valueClass(KType type) {
		return (type.getClassifier() instanceof KClass<?> known
				&& KotlinDetector.isInlineClass(JvmClassMappingKt.getJavaClass(known))) ? known : null;
	}

	/**
	 * Call the function, which does not suspend. A parameter with a default value uses it
	 * if the argument is {@code null}.
	 * @return the result; the value if it is an instance of a value class
	 */
	@Nullable Object call(Object target, @Nullable Object[] arguments) throws Exception {
		Map<KParameter, @Nullable Object> values = new HashMap<>();
		int index = 0;
		for (KParameter parameter : this.function.getParameters()) {
			if (parameter.getKind() == KParameter.Kind.INSTANCE) {
				values.put(parameter, target);
				continue;
			}
			Object argument = box(index, arguments[index]);
			if (argument != null || !parameter.isOptional()) {
				values.put(parameter, argument);
			}
			index++;
		}
		return unboxed(this.function.callBy(values));
	}

	/**
	 * Return the value of an instance of a value class, or the result itself if it has
	 * another type.
	 */
	static @Nullable Object unboxed(@Nullable Object result) {
		Object value = result;
		while (value != null && KotlinDetector.isInlineClass(value.getClass())) {
			Method method = ReflectionUtils.findMethod(value.getClass(), "unbox-impl");
			Assert.state(method != null, "A value class can be unboxed");
			ReflectionUtils.makeAccessible(method);
			value = ReflectionUtils.invokeMethod(method, value);
		}
		return value;
	}

}
