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
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Statement;
import org.openrewrite.java.tree.TypeTree;
import org.openrewrite.java.tree.TypeUtils;

/**
 * Removes the beans of the library, the fields that are used by these only, the code that
 * starts and stops the server, and classes that are empty afterwards. A bean method that
 * also registers listeners remains, without its settings.
 */
final class ConfigurationVisitor extends JavaIsoVisitor<ExecutionContext> {

	private static final List<String> BEANS = List.of("SocketIOServer", "Configuration",
			"annotation.SpringAnnotationScanner", "spring.SpringAnnotationScanner");

	private static final Set<String> RUNNERS = Set.of("CommandLineRunner", "ApplicationRunner", "SmartLifecycle",
			"InitializingBean", "DisposableBean");

	private static final List<String> CALLS = List.of("start", "startAsync", "stop");

	@Override
	public J.CompilationUnit visitCompilationUnit(J.CompilationUnit unit, ExecutionContext context) {
		J.CompilationUnit migrated = super.visitCompilationUnit(unit, context);
		boolean removed = migrated.getClasses().isEmpty() && !unit.getClasses().isEmpty();
		return removed ? Trees.removed() : migrated;
	}

	@Override
	public J.ClassDeclaration visitClassDeclaration(J.ClassDeclaration original, ExecutionContext context) {
		J.ClassDeclaration declaration = super.visitClassDeclaration(original, context);
		List<Statement> members = new ArrayList<>();
		List<String> todos = new ArrayList<>();
		boolean changed = false;
		for (Statement member : declaration.getBody().getStatements()) {
			if (member instanceof J.MethodDeclaration method && isBean(method) && Registrations.isIn(method)) {
				members.add(withoutSettings(method));
				changed = true;
			}
			else if (member instanceof J.MethodDeclaration method && (isBean(method) || onlyStartsOrStops(method))) {
				new TodoScanner(unit()).visit(member, todos, getCursor());
				changed = true;
			}
			else {
				members.add(member);
			}
		}
		if (!changed) {
			return declaration;
		}
		members = withoutUnusedFields(members);
		if (todos.isEmpty() && EmptyClass.is(declaration, members)) {
			return Trees.removed();
		}
		doAfterVisit(new UnusedImports());
		return TodoVisitor.withTodos(withoutRunner(declaration, members), todos);
	}

	private J.CompilationUnit unit() {
		return getCursor().firstEnclosingOrThrow(J.CompilationUnit.class);
	}

	private static boolean isBean(J.MethodDeclaration method) {
		JavaType type = (method.getReturnTypeExpression() != null) ? method.getReturnTypeExpression().getType() : null;
		return BEANS.stream().anyMatch((name) -> Library.is(type, name)) && method.getLeadingAnnotations()
			.stream()
			.anyMatch((annotation) -> TypeUtils.isOfClassType(annotation.getType(),
					"org.springframework.context.annotation.Bean"));
	}

	private static boolean onlyStartsOrStops(J.MethodDeclaration method) {
		List<Statement> statements = (method.getBody() != null) ? method.getBody().getStatements() : List.of();
		return !statements.isEmpty() && statements.stream()
			.allMatch((statement) -> statement instanceof J.MethodInvocation call && call.getSelect() != null
					&& CALLS.contains(call.getSimpleName())
					&& Library.is(call.getSelect().getType(), "SocketIOServer"));
	}

	/**
	 * Return a bean method without the settings that become properties, with comments for
	 * the others.
	 */
	private J.MethodDeclaration withoutSettings(J.MethodDeclaration method) {
		J.Block body = Objects.requireNonNull(method.getBody());
		List<String> todos = new ArrayList<>(List.of(Hints.ofBean(method)));
		List<Statement> statements = new ArrayList<>();
		for (Statement statement : body.getStatements()) {
			if (statement instanceof J.MethodInvocation call && SettingsScanner.isSetter(call)) {
				new TodoScanner(unit()).visit(statement, todos, getCursor());
			}
			else {
				statements.add(statement);
			}
		}
		return TodoVisitor.withTodos(method.withBody(body.withStatements(statements)), todos);
	}

	private static List<Statement> withoutUnusedFields(List<Statement> members) {
		Set<String> used = new HashSet<>();
		members.stream()
			.filter((member) -> !(member instanceof J.VariableDeclarations))
			.forEach((member) -> used.addAll(Names.in(member)));
		return members.stream()
			.filter((member) -> !(member instanceof J.VariableDeclarations field) || Values.placeholder(field) == null
					|| used.contains(field.getVariables().get(0).getSimpleName()))
			.toList();
	}

	/**
	 * Remove lifecycle interfaces from a class without methods of them.
	 */
	private static J.ClassDeclaration withoutRunner(J.ClassDeclaration declaration, List<Statement> members) {
		J.ClassDeclaration changed = declaration.withBody(declaration.getBody().withStatements(members));
		List<TypeTree> types = declaration.getImplements();
		boolean runs = members.stream()
			.anyMatch((member) -> member instanceof J.MethodDeclaration method
					&& method.hasModifier(J.Modifier.Type.Public)
					&& List.of("run", "start", "stop", "afterPropertiesSet", "destroy")
						.contains(method.getSimpleName()));
		if (types == null || runs) {
			return changed;
		}
		List<TypeTree> kept = types.stream()
			.filter((type) -> !isRunner(TypeUtils.asFullyQualified(type.getType())))
			.toList();
		return changed.withImplements(kept.isEmpty() ? null : kept);
	}

	private static boolean isRunner(JavaType.@Nullable FullyQualified type) {
		return type != null && RUNNERS.contains(type.getClassName());
	}

	/**
	 * Collects comments for settings without a property.
	 */
	private static final class TodoScanner extends JavaIsoVisitor<List<String>> {

		private final J.CompilationUnit unit;

		TodoScanner(J.CompilationUnit unit) {
			this.unit = unit;
		}

		@Override
		public J.MethodInvocation visitMethodInvocation(J.MethodInvocation call, List<String> todos) {
			if (SettingsScanner.isSetter(call)) {
				List<Expression> arguments = call.getArguments();
				String source = arguments.get(0).printTrimmed(getCursor()).replaceAll("\\s+", " ");
				String todo = Settings.todo(call.getSimpleName(), new Values(this.unit).of(arguments), source);
				if (todo != null) {
					todos.add(todo);
				}
			}
			return super.visitMethodInvocation(call, todos);
		}

	}

}
