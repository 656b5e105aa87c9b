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

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;

/**
 * A call of a method of the library.
 *
 * @param original the call before the migration, with its types
 * @param select the migrated receiver of the call
 * @param migrated the call with the migrated receiver and arguments
 */
record Call(J.MethodInvocation original, Expression select, J.MethodInvocation migrated) {

	String name() {
		return this.original.getSimpleName();
	}

	/**
	 * Return the receiver of this call if it is a call.
	 */
	J.@Nullable MethodInvocation previous() {
		return (this.original.getSelect() instanceof J.MethodInvocation previous) ? previous : null;
	}

	List<Expression> arguments() {
		List<Expression> arguments = new ArrayList<>(this.migrated.getArguments());
		arguments.removeIf(J.Empty.class::isInstance);
		return arguments;
	}

	/**
	 * Return the type of an argument before the migration.
	 */
	@Nullable JavaType argumentType(int index) {
		List<Expression> arguments = this.original.getArguments();
		return (index < arguments.size()) ? arguments.get(index).getType() : null;
	}

	/**
	 * Return this call with another method name.
	 */
	J.MethodInvocation renamed(String name) {
		return this.migrated.withName(this.migrated.getName().withSimpleName(name)).withMethodType(null);
	}

	J.MethodInvocation renamed(String name, List<Expression> arguments) {
		return renamed(name).withArguments(Trees.spaced(arguments));
	}

	/**
	 * Return a call of a method with the same arguments, on the result of a chain of
	 * getters.
	 */
	J.MethodInvocation through(List<String> getters, String name) {
		Expression receiver = this.select;
		for (String getter : getters) {
			receiver = Trees.call(receiver, getter);
		}
		return renamed(name).withSelect(receiver);
	}

	/**
	 * Return a chain of getters that replaces this call.
	 */
	J.MethodInvocation getters(String... names) {
		Expression receiver = this.select;
		for (String name : names) {
			receiver = Trees.call(receiver, name);
		}
		return ((J.MethodInvocation) receiver).withPrefix(this.migrated.getPrefix());
	}

}
