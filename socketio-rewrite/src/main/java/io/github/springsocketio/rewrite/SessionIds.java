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

import java.util.concurrent.atomic.AtomicBoolean;

import org.openrewrite.ExecutionContext;
import org.openrewrite.TreeVisitor;
import org.openrewrite.java.ChangeType;
import org.openrewrite.java.JavaVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.TypeUtils;

/**
 * Migrates ids of sockets from UUIDs to strings, in classes that use UUIDs for these ids
 * only.
 */
final class SessionIds {

	private static final String UUID = "java.util.UUID";

	private SessionIds() {
	}

	static boolean areTheOnlyUuids(J.CompilationUnit unit) {
		Scan scan = new Scan();
		scan.visit(unit, 0);
		return scan.ids.get() && !scan.others.get();
	}

	static TreeVisitor<?, ExecutionContext> asStrings() {
		return new ChangeType(UUID, "java.lang.String", true).getVisitor();
	}

	/**
	 * Return the replacement of a call of {@code UUID}.
	 */
	static Expression migrate(Call call) {
		Expression text = call.name().equals("fromString") ? call.arguments().get(0) : call.select();
		return call.name().equals("equals") ? call.migrated() : text.withPrefix(call.migrated().getPrefix());
	}

	private static final class Scan extends JavaVisitor<Integer> {

		private final AtomicBoolean ids = new AtomicBoolean();

		private final AtomicBoolean others = new AtomicBoolean();

		@Override
		public J visitMethodInvocation(J.MethodInvocation call, Integer context) {
			Expression select = call.getSelect();
			if (select != null && TypeUtils.isOfClassType(select.getType(), UUID)) {
				boolean known = switch (call.getSimpleName()) {
					case "fromString", "toString", "equals" -> true;
					default -> false;
				};
				this.others.compareAndSet(false, !known);
			}
			else if (select != null
					&& (call.getSimpleName().equals("getSessionId") || call.getSimpleName().equals("getClient"))
					&& Library.contains(select.getType())) {
				this.ids.set(true);
			}
			return super.visitMethodInvocation(call, context);
		}

		@Override
		public J visitNewClass(J.NewClass creation, Integer context) {
			this.others.compareAndSet(false, TypeUtils.isOfClassType(creation.getType(), UUID));
			return super.visitNewClass(creation, context);
		}

	}

}
