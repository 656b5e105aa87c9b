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

import org.openrewrite.ExecutionContext;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.J;

/**
 * Collects the settings of {@code Configuration} objects.
 */
final class SettingsScanner extends JavaIsoVisitor<ExecutionContext> {

	private final Settings settings;

	SettingsScanner(Settings settings) {
		this.settings = settings;
	}

	@Override
	public J.MethodInvocation visitMethodInvocation(J.MethodInvocation call, ExecutionContext context) {
		if (isSetter(call)) {
			J.CompilationUnit unit = getCursor().firstEnclosingOrThrow(J.CompilationUnit.class);
			this.settings.add(unit.getSourcePath(), call.getSimpleName(), new Values(unit).of(call.getArguments()));
		}
		return super.visitMethodInvocation(call, context);
	}

	static boolean isSetter(J.MethodInvocation call) {
		return call.getSelect() != null && call.getSimpleName().startsWith("set")
				&& Library.is(call.getSelect().getType(), "Configuration");
	}

}
