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
import java.util.concurrent.atomic.AtomicBoolean;

import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Statement;

/**
 * Determines whether a statement can complete normally, so that the next one is
 * reachable. A labeled {@code break} counts as a {@code break} of every enclosing
 * statement.
 */
final class Completion {

	private Completion() {
	}

	static boolean isNormal(J statement) {
		if (statement instanceof J.Return || statement instanceof J.Throw || statement instanceof J.Break
				|| statement instanceof J.Continue) {
			return false;
		}
		if (statement instanceof J.Block block) {
			return isNormal(block.getStatements());
		}
		if (statement instanceof J.If choice) {
			return choice.getElsePart() == null || isNormal(choice.getThenPart())
					|| isNormal(choice.getElsePart().getBody());
		}
		if (statement instanceof J.Try attempt) {
			return (attempt.getFinally() == null || isNormal(attempt.getFinally())) && (isNormal(attempt.getBody())
					|| attempt.getCatches().stream().anyMatch((each) -> isNormal(each.getBody())));
		}
		if (statement instanceof J.Synchronized locked) {
			return isNormal(locked.getBody());
		}
		if (statement instanceof J.Label label) {
			return isNormal(label.getStatement()) || Breaks.areIn(label.getStatement());
		}
		if (statement instanceof J.Switch choice) {
			return isNormal(choice) || Breaks.areIn(choice.getCases());
		}
		if (statement instanceof J.WhileLoop loop) {
			return !isTrue(loop.getCondition().getTree()) || Breaks.areIn(loop.getBody());
		}
		if (statement instanceof J.DoWhileLoop loop) {
			return !isTrue(loop.getWhileCondition().getTree()) || Breaks.areIn(loop.getBody());
		}
		if (statement instanceof J.ForLoop loop) {
			return !isTrue(loop.getControl().getCondition()) || Breaks.areIn(loop.getBody());
		}
		return true;
	}

	private static boolean isNormal(List<Statement> statements) {
		return statements.isEmpty() || isNormal(statements.get(statements.size() - 1));
	}

	private static boolean isNormal(J.Switch choice) {
		List<J.Case> cases = choice.getCases().getStatements().stream().map(J.Case.class::cast).toList();
		boolean complete = cases.stream()
			.flatMap((each) -> each.getCaseLabels().stream())
			.anyMatch((label) -> label instanceof J.Identifier name && name.getSimpleName().equals("default"));
		if (!complete) {
			return true;
		}
		return cases.stream()
			.anyMatch((each) -> (each.getBody() != null) ? isNormal(each.getBody())
					: each == cases.get(cases.size() - 1) && isNormal(each.getStatements()));
	}

	private static boolean isTrue(Expression condition) {
		return condition instanceof J.Empty
				|| condition instanceof J.Literal literal && Boolean.TRUE.equals(literal.getValue());
	}

	/**
	 * Finds a {@code break} of a loop or a {@code switch}.
	 */
	private static final class Breaks extends JavaIsoVisitor<AtomicBoolean> {

		static boolean areIn(Statement body) {
			AtomicBoolean found = new AtomicBoolean();
			new Breaks().visit(body, found);
			return found.get();
		}

		@Override
		public J.Break visitBreak(J.Break statement, AtomicBoolean found) {
			boolean inner = getCursor().getPathAsStream()
				.anyMatch((each) -> each instanceof J.Switch || each instanceof J.SwitchExpression
						|| each instanceof J.WhileLoop || each instanceof J.DoWhileLoop || each instanceof J.ForLoop
						|| each instanceof J.ForEachLoop);
			if (!inner || statement.getLabel() != null) {
				found.set(true);
			}
			return statement;
		}

		@Override
		public J.Lambda visitLambda(J.Lambda lambda, AtomicBoolean found) {
			return lambda;
		}

		@Override
		public J.ClassDeclaration visitClassDeclaration(J.ClassDeclaration declaration, AtomicBoolean found) {
			return declaration;
		}

		@Override
		public J.NewClass visitNewClass(J.NewClass creation, AtomicBoolean found) {
			return creation;
		}

	}

}
