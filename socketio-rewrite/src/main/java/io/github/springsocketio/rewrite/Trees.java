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
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.openrewrite.Tree;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JContainer;
import org.openrewrite.java.tree.JLeftPadded;
import org.openrewrite.java.tree.JRightPadded;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.Statement;
import org.openrewrite.marker.Markers;

/**
 * Creates parts of Java code. Templates are not used, because they would need the types
 * of this project on the class path of the build that runs the recipe.
 */
final class Trees {

	private Trees() {
	}

	/**
	 * Return the value with which a visitor removes a tree. The methods of visitors do
	 * not declare it.
	 */
	@SuppressWarnings("NullAway")
	static <T> T removed() {
		return null;
	}

	static J.Identifier name(String name) {
		return name(name, null);
	}

	/**
	 * Create the simple name of a type.
	 */
	static J.Identifier type(String qualifiedName) {
		return name(qualifiedName.substring(qualifiedName.lastIndexOf('.') + 1),
				JavaType.ShallowClass.build(qualifiedName));
	}

	private static J.Identifier name(String name, @Nullable JavaType type) {
		return new J.Identifier(Tree.randomId(), Space.EMPTY, Markers.EMPTY, List.of(), name, type, null);
	}

	static J.FieldAccess classLiteral(JavaType.FullyQualified type) {
		return new J.FieldAccess(Tree.randomId(), Space.EMPTY, Markers.EMPTY, name(type.getClassName(), type),
				JLeftPadded.build(name("class")), null);
	}

	static J.MethodInvocation call(Expression select, String name, Expression... arguments) {
		return call(select, name, Arrays.asList(arguments));
	}

	/**
	 * Create a method call without a prefix. Arguments on the same line are separated by
	 * one space.
	 */
	static J.MethodInvocation call(Expression select, String name, List<Expression> arguments) {
		return new J.MethodInvocation(Tree.randomId(), Space.EMPTY, Markers.EMPTY,
				JRightPadded.build(select.withPrefix(Space.EMPTY)), null, name(name),
				JContainer.build(padded(spaced(arguments))), null);
	}

	static List<Expression> spaced(List<Expression> expressions) {
		List<Expression> result = new ArrayList<>();
		if (expressions.isEmpty()) {
			result.add(new J.Empty(Tree.randomId(), Space.EMPTY, Markers.EMPTY));
		}
		for (Expression expression : expressions) {
			Space prefix = expression.getPrefix();
			boolean wrapped = prefix.getWhitespace().contains("\n") || !prefix.getComments().isEmpty();
			if (!wrapped) {
				expression = expression.withPrefix(result.isEmpty() ? Space.EMPTY : Space.SINGLE_SPACE);
			}
			result.add(expression);
		}
		return result;
	}

	/**
	 * Create a lambda with parameters that have no types.
	 */
	static J.Lambda lambda(List<String> parameters, J body) {
		List<J> names = new ArrayList<>();
		for (String parameter : parameters) {
			names.add(parameter(null, parameter).withPrefix(names.isEmpty() ? Space.EMPTY : Space.SINGLE_SPACE));
		}
		return new J.Lambda(Tree.randomId(), Space.EMPTY, Markers.EMPTY, parameters(names), Space.SINGLE_SPACE,
				body.withPrefix(Space.SINGLE_SPACE), null);
	}

	static J.Lambda.Parameters parameters(List<J> parameters) {
		return new J.Lambda.Parameters(Tree.randomId(), Space.EMPTY, Markers.EMPTY, true, padded(parameters));
	}

	static J.VariableDeclarations parameter(J.@Nullable Identifier type, String name) {
		Space space = (type != null) ? Space.SINGLE_SPACE : Space.EMPTY;
		J.VariableDeclarations.NamedVariable variable = new J.VariableDeclarations.NamedVariable(Tree.randomId(), space,
				Markers.EMPTY, name(name), List.of(), null, null);
		return new J.VariableDeclarations(Tree.randomId(), Space.EMPTY, Markers.EMPTY, List.of(), List.of(), type, null,
				padded(List.of(variable)));
	}

	/**
	 * Create a block with each statement on a separate line.
	 */
	static J.Block lines(Layout layout, Statement... statements) {
		List<Statement> lines = new ArrayList<>();
		for (Statement statement : statements) {
			lines.add(statement.withPrefix(Space.format(layout.nested().line())));
		}
		return new J.Block(Tree.randomId(), Space.SINGLE_SPACE, Markers.EMPTY, JRightPadded.build(false), padded(lines),
				Space.format(layout.line()));
	}

	static <T> List<JRightPadded<T>> padded(List<T> elements) {
		List<JRightPadded<T>> padded = new ArrayList<>();
		elements.forEach((element) -> padded.add(JRightPadded.build(element)));
		return padded;
	}

}
