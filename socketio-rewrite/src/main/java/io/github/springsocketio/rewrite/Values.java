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
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.openrewrite.java.JavaVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.TypeUtils;

/**
 * Evaluates expressions to texts for properties: constants, and variables with
 * {@code @Value}.
 */
final class Values {

	private final J.CompilationUnit unit;

	Values(J.CompilationUnit unit) {
		this.unit = unit;
	}

	/**
	 * Return the values of arguments.
	 * @return the values, separated by commas, or {@code null} if one is not known
	 */
	@Nullable String of(List<Expression> arguments) {
		List<String> values = new ArrayList<>();
		for (Expression argument : arguments) {
			String value = of(argument);
			if (value == null) {
				return null;
			}
			values.add(value);
		}
		return String.join(",", values);
	}

	private @Nullable String of(@Nullable Expression expression) {
		if (expression instanceof J.Literal literal) {
			return (literal.getValue() != null) ? literal.getValue().toString() : null;
		}
		if (expression instanceof J.Parentheses<?> parentheses && parentheses.getTree() instanceof Expression inner) {
			return of(inner);
		}
		if (expression instanceof J.Binary binary) {
			return calculate(binary);
		}
		if (expression instanceof J.FieldAccess access && Library.is(access.getType(), "Transport")) {
			return access.getSimpleName().toLowerCase(Locale.ROOT);
		}
		if (expression instanceof J.FieldAccess access && access.getTarget() instanceof J.Identifier target
				&& target.getSimpleName().equals("this")) {
			return ofVariable(access.getSimpleName());
		}
		return (expression instanceof J.Identifier identifier) ? ofVariable(identifier.getSimpleName()) : null;
	}

	private @Nullable String calculate(J.Binary binary) {
		String left = of(binary.getLeft());
		String right = of(binary.getRight());
		if (left == null || right == null || !left.matches("\\d{1,9}") || !right.matches("\\d{1,9}")) {
			return null;
		}
		long first = Long.parseLong(left);
		long second = Long.parseLong(right);
		return switch (binary.getOperator()) {
			case Addition -> String.valueOf(first + second);
			case Multiplication -> String.valueOf(first * second);
			default -> null;
		};
	}

	private @Nullable String ofVariable(String name) {
		List<J.VariableDeclarations> found = new ArrayList<>();
		new JavaVisitor<Integer>() {

			@Override
			public J visitVariableDeclarations(J.VariableDeclarations declarations, Integer context) {
				if (declarations.getVariables().get(0).getSimpleName().equals(name)) {
					found.add(declarations);
				}
				return super.visitVariableDeclarations(declarations, context);
			}

		}.visit(this.unit, 0);
		if (found.size() != 1) {
			return null;
		}
		String placeholder = placeholder(found.get(0));
		boolean constant = found.get(0).hasModifier(J.Modifier.Type.Final);
		return (placeholder != null || !constant) ? placeholder
				: of(found.get(0).getVariables().get(0).getInitializer());
	}

	static @Nullable String placeholder(J.VariableDeclarations declarations) {
		for (J.Annotation annotation : declarations.getLeadingAnnotations()) {
			if (TypeUtils.isOfClassType(annotation.getType(), "org.springframework.beans.factory.annotation.Value")
					&& annotation.getArguments() != null
					&& annotation.getArguments().get(0) instanceof J.Literal literal
					&& literal.getValue() instanceof String text && !text.startsWith("#{")) {
				return text;
			}
		}
		return null;
	}

}
