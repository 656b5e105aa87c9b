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
import org.openrewrite.Cursor;
import org.openrewrite.ExecutionContext;
import org.openrewrite.java.JavaVisitor;
import org.openrewrite.java.tree.Comment;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.Statement;
import org.openrewrite.java.tree.TextComment;
import org.openrewrite.marker.Markers;

/**
 * Adds comments above statements and declarations that have to be migrated manually.
 */
abstract class TodoVisitor extends JavaVisitor<ExecutionContext> {

	private static final String MESSAGE = "todo";

	/**
	 * Add a comment above the innermost statement around the cursor.
	 */
	final void todo(String text) {
		Cursor statement = getCursor();
		while (!isLine(statement)) {
			statement = statement.getParentTreeCursor();
		}
		List<String> texts = statement.computeMessageIfAbsent(MESSAGE, (key) -> new ArrayList<String>());
		if (!texts.contains(text)) {
			texts.add(text);
		}
	}

	private static boolean isLine(Cursor cursor) {
		if (!(cursor.getValue() instanceof Statement)) {
			return cursor.getValue() instanceof J.CompilationUnit || cursor.getValue() instanceof J.Import;
		}
		Object parent = cursor.getParentTreeCursor().getValue();
		return parent instanceof J.Block || parent instanceof J.CompilationUnit;
	}

	@Override
	public @Nullable J postVisit(J tree, ExecutionContext context) {
		List<String> texts = getCursor().pollMessage(MESSAGE);
		return (texts != null) ? withTodos(tree, texts) : tree;
	}

	static <T extends J> T withTodos(T tree, List<String> texts) {
		Space prefix = tree.getPrefix();
		for (String text : texts) {
			prefix = withTodo(prefix, text);
		}
		return tree.withPrefix(prefix);
	}

	private static Space withTodo(Space prefix, String text) {
		String comment = " TODO socketio-spring: " + text;
		List<Comment> comments = new ArrayList<>(prefix.getComments());
		if (comments.stream()
			.anyMatch((existing) -> existing instanceof TextComment known
					&& known.getText().strip().equals(comment.strip()))) {
			return prefix;
		}
		String before = comments.isEmpty() ? prefix.getWhitespace() : comments.get(comments.size() - 1).getSuffix();
		int line = before.lastIndexOf('\n');
		boolean own = line >= 0 || before.isEmpty();
		String suffix = own ? "\n" + before.substring(line + 1) : " ";
		comments.add(new TextComment(!own, own ? comment : comment + " ", suffix, Markers.EMPTY));
		return prefix.withComments(comments);
	}

}
