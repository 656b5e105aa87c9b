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
import org.openrewrite.Cursor;
import org.openrewrite.Tree;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.TypeUtils;
import org.openrewrite.marker.Markers;

/**
 * Migrates calls of {@code MultiTypeArgs} in a lambda for several arguments to calls of
 * the event, which contains the arguments.
 */
final class MultiTypeArguments {

	private MultiTypeArguments() {
	}

	static @Nullable Expression migrate(Call call, Cursor cursor) {
		String event = event(cursor);
		if (event == null) {
			return null;
		}
		Expression receiver = Trees.name(event);
		Expression result = switch (call.name()) {
			case "first" -> get(call, receiver, index(0), cursor, 0);
			case "second" -> get(call, receiver, index(1), cursor, 1);
			case "get" -> get(call, receiver, call.arguments().get(0), cursor,
					(call.arguments().get(0) instanceof J.Literal literal
							&& literal.getValue() instanceof Integer number) ? number : -1);
			case "size" -> Trees.call(receiver, "size");
			case "getArgs" -> Trees.call(receiver, "toList");
			default -> null;
		};
		return (result != null) ? result.withPrefix(call.migrated().getPrefix()) : null;
	}

	/**
	 * Return the name of the lambda's parameter for the acknowledgement.
	 */
	private static @Nullable String event(Cursor cursor) {
		J.Lambda lambda = lambda(cursor);
		return (lambda != null && lambda.getParameters().getParameters().size() == 3
				&& lambda.getParameters().getParameters().get(2) instanceof J.VariableDeclarations declarations)
						? declarations.getVariables().get(0).getSimpleName() : null;
	}

	private static J.@Nullable Lambda lambda(Cursor cursor) {
		Cursor found = find(cursor);
		return (found != null) ? found.getValue() : null;
	}

	private static @Nullable Cursor find(Cursor cursor) {
		for (Cursor current = cursor; current != null && !current.isRoot(); current = current.getParent()) {
			if (current.getValue() instanceof J.Lambda lambda
					&& Library.isListener(lambda.getType(), "MultiTypeEventListener")) {
				return current;
			}
		}
		return null;
	}

	private static Expression get(Call call, Expression event, Expression index, Cursor cursor, int position) {
		Expression type = type(cursor, position);
		if (type == null) {
			JavaType.Method method = call.original().getMethodType();
			JavaType.FullyQualified inferred = (method != null) ? TypeUtils.asFullyQualified(method.getReturnType())
					: null;
			type = Trees.classLiteral((inferred != null) ? inferred : JavaType.ShallowClass.build("java.lang.Object"));
		}
		return Trees.call(event, "get", List.of(index, type));
	}

	/**
	 * Return the type of an argument from the registration of the listener.
	 */
	private static @Nullable Expression type(Cursor cursor, int position) {
		Cursor lambda = find(cursor);
		if (position >= 0 && lambda != null
				&& lambda.getParentTreeCursor().getValue() instanceof J.MethodInvocation registration
				&& registration.getSimpleName().equals("addMultiTypeEventListener")
				&& registration.getArguments().size() > position + 2) {
			return registration.getArguments().get(position + 2).withId(Tree.randomId());
		}
		return null;
	}

	private static Expression index(int index) {
		return new J.Literal(Tree.randomId(), Space.EMPTY, Markers.EMPTY, index, String.valueOf(index), null,
				JavaType.Primitive.Int);
	}

}
