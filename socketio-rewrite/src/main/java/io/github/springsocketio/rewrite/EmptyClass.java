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
import java.util.regex.Pattern;

import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Statement;

/**
 * Detects classes without behavior after some of their members have been removed: they
 * have only fields, and constructors that assign them.
 */
final class EmptyClass {

	/**
	 * Annotations that configure the application, regardless of the members of the class.
	 */
	private static final Pattern ANNOTATIONS = Pattern
		.compile("(Enable|Import)\\w*|\\w+Scans?|PropertySources?|SpringBootApplication");

	private EmptyClass() {
	}

	/**
	 * Return whether a class has no behavior with the remaining members.
	 */
	static boolean is(J.ClassDeclaration declaration, List<Statement> members) {
		return declaration.getExtends() == null
				&& declaration.getLeadingAnnotations()
					.stream()
					.noneMatch((annotation) -> ANNOTATIONS.matcher(annotation.getSimpleName()).matches())
				&& members.stream().allMatch(EmptyClass::isScaffold);
	}

	private static boolean isScaffold(Statement member) {
		return member instanceof J.VariableDeclarations
				|| member instanceof J.MethodDeclaration method && method.isConstructor() && method.getBody() != null
						&& method.getBody().getStatements().stream().allMatch(EmptyClass::assigns);
	}

	private static boolean assigns(Statement statement) {
		return statement instanceof J.Assignment assignment && isPlain(assignment.getAssignment());
	}

	private static boolean isPlain(Expression value) {
		return value instanceof J.Identifier || value instanceof J.FieldAccess || value instanceof J.Literal;
	}

}
