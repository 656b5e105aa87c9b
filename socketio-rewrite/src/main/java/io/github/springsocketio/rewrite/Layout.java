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

import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.java.JavaVisitor;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.Statement;

/**
 * The indentation of a statement.
 *
 * @param indentation the characters before the statement in its line
 */
record Layout(String indentation) {

	/**
	 * Return the layout of the innermost statement that begins a line.
	 */
	static Layout of(Cursor cursor) {
		for (Cursor current = cursor; current != null && !current.isRoot(); current = current.getParent()) {
			if (current.getValue() instanceof Statement statement) {
				String indentation = lastLine(statement.getPrefix());
				if (indentation != null) {
					return new Layout(indentation);
				}
			}
		}
		return new Layout("");
	}

	/**
	 * Return the layout of the statements in a block.
	 */
	static Layout inside(J.Block block) {
		String indentation = lastLine(block.getEnd());
		return new Layout((indentation != null) ? indentation : "").nested();
	}

	private static @Nullable String lastLine(Space space) {
		String whitespace = space.getComments().isEmpty() ? space.getWhitespace()
				: space.getComments().get(space.getComments().size() - 1).getSuffix();
		int end = whitespace.lastIndexOf('\n');
		return (end >= 0) ? whitespace.substring(end + 1) : null;
	}

	String line() {
		return "\n" + this.indentation;
	}

	Layout nested() {
		boolean tabs = this.indentation.isEmpty() || this.indentation.contains("\t");
		return new Layout(this.indentation + (tabs ? "\t" : "    "));
	}

	/**
	 * Move a block with its statements to this indentation.
	 */
	J.Block move(J.Block block) {
		String from = lastLine(block.getEnd());
		if (from == null || from.equals(this.indentation)) {
			return block;
		}
		return (J.Block) new Mover("\n" + from, line()).visitNonNull(block, 0);
	}

	private static final class Mover extends JavaVisitor<Integer> {

		private final String from;

		private final String to;

		Mover(String from, String to) {
			this.from = from;
			this.to = to;
		}

		@Override
		public Space visitSpace(@Nullable Space space, Space.Location location, Integer context) {
			Space visited = super.visitSpace(space, location, context);
			return visited.withWhitespace(visited.getWhitespace().replace(this.from, this.to));
		}

	}

}
