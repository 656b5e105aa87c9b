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
 * @param original the call as it was, with its types
 * @param select what it is called on, migrated
 * @param migrated the call whose select and arguments are migrated
 */
record Call(J.MethodInvocation original, Expression select, J.MethodInvocation migrated) {

	String name() {
		return this.original.getSimpleName();
	}

	/**
	 * Return the call that this one is called on.
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
	 * Return the type of an argument as it was.
	 */
	@Nullable JavaType argumentType(int index) {
		List<Expression> arguments = this.original.getArguments();
		return (index < arguments.size()) ? arguments.get(index).getType() : null;
	}

	/**
	 * Return the same call of a method with another name.
	 */
	J.MethodInvocation renamed(String name) {
		return this.migrated.withName(this.migrated.getName().withSimpleName(name)).withMethodType(null);
	}

	J.MethodInvocation renamed(String name, List<Expression> arguments) {
		return renamed(name).withArguments(Trees.spaced(arguments));
	}

	/**
	 * Return a call of a method with the same arguments on what getters of the receiver
	 * return.
	 */
	J.MethodInvocation through(List<String> getters, String name) {
		Expression receiver = this.select;
		for (String getter : getters) {
			receiver = Trees.call(receiver, getter);
		}
		return renamed(name).withSelect(receiver);
	}

	/**
	 * Return calls of getters instead of this one.
	 */
	J.MethodInvocation getters(String... names) {
		Expression receiver = this.select;
		for (String name : names) {
			receiver = Trees.call(receiver, name);
		}
		return ((J.MethodInvocation) receiver).withPrefix(this.migrated.getPrefix());
	}

}
