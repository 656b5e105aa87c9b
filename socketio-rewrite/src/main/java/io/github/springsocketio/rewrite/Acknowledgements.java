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

import org.openrewrite.internal.ListUtils;
import org.openrewrite.java.JavaVisitor;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.Statement;

/**
 * Adds an acknowledgement wherever the code of a listener completes without an error:
 * before each {@code return} and at the end, but not in nested lambdas and classes.
 */
final class Acknowledgements extends JavaVisitor<String> {

	private Acknowledgements() {
	}

	static J.MethodInvocation create(String event) {
		return Trees.call(Trees.name(event), "ack");
	}

	/**
	 * Add acknowledgements to the code of a listener.
	 */
	static J.Block addTo(J.Block body, String event) {
		J.Block block = (J.Block) new Acknowledgements().visitNonNull(body, event);
		if (!Completion.isNormal(block)) {
			return block;
		}
		List<Statement> statements = new ArrayList<>(block.getStatements());
		boolean lines = hasLines(block);
		Space line = lines ? Space.format(Layout.inside(block).line()) : Space.SINGLE_SPACE;
		statements.add(create(event).withPrefix(line));
		J.Block appended = block.withStatements(statements);
		return lines ? appended : appended.withEnd(Space.SINGLE_SPACE);
	}

	private static boolean hasLines(J.Block block) {
		return block.getEnd().getWhitespace().contains("\n");
	}

	@Override
	public J visitBlock(J.Block original, String event) {
		J.Block block = (J.Block) super.visitBlock(original, event);
		return block.withStatements(acknowledged(block.getStatements(), event));
	}

	@Override
	public J visitCase(J.Case original, String event) {
		J.Case branch = (J.Case) super.visitCase(original, event);
		return (branch.getBody() != null) ? branch : branch.withStatements(acknowledged(branch.getStatements(), event));
	}

	private static List<Statement> acknowledged(List<Statement> originals, String event) {
		if (originals.stream().noneMatch(J.Return.class::isInstance)) {
			return originals;
		}
		List<Statement> statements = new ArrayList<>();
		for (Statement statement : originals) {
			if (statement instanceof J.Return) {
				statements.add(create(event).withPrefix(statement.getPrefix()));
				Space line = Space.format(statement.getPrefix().getLastWhitespace());
				statements.add(statement.withPrefix(line));
			}
			else {
				statements.add(statement);
			}
		}
		return statements;
	}

	/**
	 * Replaces a {@code return} that is not in a list of statements with a block.
	 */
	@Override
	public J visitReturn(J.Return statement, String event) {
		Object parent = getCursor().getParentTreeCursor().getValue();
		if (parent instanceof J.Block || parent instanceof J.Case) {
			return statement;
		}
		J.Block block = Trees.lines(Layout.of(getCursor().getParentTreeCursor()), create(event), statement);
		if (!hasLines(getCursor().firstEnclosingOrThrow(J.Block.class))) {
			block = block
				.withStatements(ListUtils.map(block.getStatements(), (each) -> each.withPrefix(Space.SINGLE_SPACE)))
				.withEnd(Space.SINGLE_SPACE);
		}
		Space prefix = statement.getPrefix();
		return prefix.getComments().isEmpty() ? block : block.withPrefix(prefix);
	}

	@Override
	public J visitLambda(J.Lambda lambda, String event) {
		return lambda;
	}

	@Override
	public J visitClassDeclaration(J.ClassDeclaration declaration, String event) {
		return declaration;
	}

	@Override
	public J visitNewClass(J.NewClass creation, String event) {
		return creation;
	}

}
