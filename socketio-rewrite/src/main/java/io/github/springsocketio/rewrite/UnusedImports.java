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
import java.util.Set;
import java.util.function.Predicate;

import org.openrewrite.ExecutionContext;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.J;

/**
 * Removes imports that the migration has made superfluous. Names are compared, because
 * new code has no types.
 */
final class UnusedImports extends JavaIsoVisitor<ExecutionContext> {

	private static final List<String> PACKAGES = List.of("jakarta.annotation", "java.util", "org.springframework.beans",
			"org.springframework.boot", "org.springframework.context", "org.springframework.stereotype");

	@Override
	public J.CompilationUnit visitCompilationUnit(J.CompilationUnit unit, ExecutionContext context) {
		Set<String> used = Names.in(unit);
		return filter(unit, (each) -> isSuperfluous(each) && !used.contains(simpleName(each)));
	}

	/**
	 * Remove the imports of types of the library, and the superfluous import of a nested
	 * type that {@code ChangeType} has added.
	 */
	static J.CompilationUnit removeFrom(J.CompilationUnit unit) {
		Set<String> used = Names.in(unit);
		return filter(unit, (each) -> Library.contains(each.getTypeName()) && !used.contains(simpleName(each))
				|| each.getTypeName().endsWith(".SocketEventListener$Typed"));
	}

	private static J.CompilationUnit filter(J.CompilationUnit unit, Predicate<J.Import> superfluous) {
		List<J.Import> imports = unit.getImports();
		List<J.Import> kept = new ArrayList<>(imports);
		kept.removeIf((each) -> !each.isStatic() && !each.getClassName().equals("*") && superfluous.test(each));
		if (kept.size() == imports.size()) {
			return unit;
		}
		if (!kept.isEmpty()) {
			kept.set(0, kept.get(0).withPrefix(imports.get(0).getPrefix()));
		}
		return unit.withImports(kept);
	}

	private static boolean isSuperfluous(J.Import statement) {
		return Library.contains(statement.getTypeName())
				|| PACKAGES.stream().anyMatch((prefix) -> statement.getPackageName().startsWith(prefix));
	}

	private static String simpleName(J.Import statement) {
		String name = statement.getClassName();
		return name.substring(name.lastIndexOf('.') + 1);
	}

}
