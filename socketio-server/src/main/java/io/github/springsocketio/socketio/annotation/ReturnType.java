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
import reactor.core.publisher.Mono;

import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;

/**
 * The type of the result of a method.
 *
 * @param adapter converts the result to a publisher; {@code null} for a plain value
 * @param suspending whether the method is a suspending function of Kotlin
 */
record ReturnType(@Nullable ReactiveAdapter adapter, boolean suspending) {

	static ReturnType of(Method method) {
		// the type in the source if the function is suspending
		Class<?> type = new MethodParameter(method, -1).getParameterType();
		return new ReturnType(ReactiveAdapterRegistry.getSharedInstance().getAdapter(type),
				KotlinDetector.isSuspendingFunction(method));
	}

	/**
	 * Return whether the method may block.
	 */
	boolean isBlocking() {
		return this.adapter == null && !this.suspending;
	}

	/**
	 * Return whether the method returns several values.
	 */
	boolean isMultiValue() {
		return this.adapter != null && this.adapter.isMultiValue();
	}

	/**
	 * Return a publisher of the result of the method.
	 */
	Publisher<?> toPublisher(@Nullable Object value) {
		if (value == null) {
			return Mono.empty();
		}
		if (value instanceof Publisher<?> publisher) {
			return publisher;
		}
		return (this.adapter != null) ? this.adapter.toPublisher(value) : Mono.just(value);
	}

}
