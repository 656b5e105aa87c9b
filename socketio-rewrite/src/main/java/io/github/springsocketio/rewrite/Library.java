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

package io.github.springsocketio.rewrite;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.TypeUtils;

/**
 * The types of netty-socketio. Those of socketio4j have the same names in another
 * package.
 */
final class Library {

	static final List<String> PACKAGES = List.of("com.corundumstudio.socketio", "com.socketio4j.socketio");

	static final List<String> GROUPS = List.of("com.corundumstudio.socketio", "com.socketio4j");

	private Library() {
	}

	/**
	 * Return whether a type is a given type of the library or a subtype of it.
	 */
	static boolean is(@Nullable JavaType type, String name) {
		return type != null
				&& PACKAGES.stream().anyMatch((prefix) -> TypeUtils.isAssignableTo(prefix + "." + name, type));
	}

	/**
	 * Return whether a type is a given listener of the library or implements it.
	 */
	static boolean isListener(@Nullable JavaType type, String simpleName) {
		return is(type, "listener." + simpleName);
	}

	static boolean isAnnotation(@Nullable JavaType type) {
		JavaType.FullyQualified qualified = TypeUtils.asFullyQualified(type);
		return qualified != null
				&& PACKAGES.stream().anyMatch((prefix) -> qualified.getPackageName().equals(prefix + ".annotation"));
	}

	/**
	 * Return whether a type belongs to the library.
	 */
	static boolean contains(@Nullable JavaType type) {
		JavaType.FullyQualified qualified = TypeUtils.asFullyQualified(type);
		return qualified != null && contains(qualified.getFullyQualifiedName());
	}

	static boolean contains(String typeName) {
		return PACKAGES.stream().anyMatch((prefix) -> typeName.startsWith(prefix + "."));
	}

}
