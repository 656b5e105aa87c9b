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

import org.jspecify.annotations.Nullable;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;

/**
 * Finds code that adds listeners or namespaces to a server, or passes the server to other
 * code, which may add some.
 */
final class Registrations extends JavaIsoVisitor<AtomicBoolean> {

	private Registrations() {
	}

	static boolean isIn(J tree) {
		AtomicBoolean found = new AtomicBoolean();
		new Registrations().visit(tree, found);
		return found.get();
	}

	@Override
	public J.MethodInvocation visitMethodInvocation(J.MethodInvocation call, AtomicBoolean found) {
		JavaType receiver = (call.getSelect() != null) ? call.getSelect().getType() : null;
		if (isTarget(receiver) && call.getSimpleName().startsWith("add")
				|| !Library.contains(receiver) && passesTarget(call.getArguments())) {
			found.set(true);
		}
		return super.visitMethodInvocation(call, found);
	}

	@Override
	public J.NewClass visitNewClass(J.NewClass creation, AtomicBoolean found) {
		if (!Library.contains(creation.getType()) && passesTarget(creation.getArguments())) {
			found.set(true);
		}
		return super.visitNewClass(creation, found);
	}

	private static boolean passesTarget(List<Expression> arguments) {
		return arguments.stream().anyMatch((argument) -> isTarget(argument.getType()));
	}

	private static boolean isTarget(@Nullable JavaType type) {
		return Library.is(type, "SocketIOServer") || Library.is(type, "SocketIONamespace");
	}

}
