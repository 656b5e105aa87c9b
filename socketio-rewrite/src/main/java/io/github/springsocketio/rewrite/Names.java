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

import java.util.HashSet;
import java.util.Set;

import org.openrewrite.java.JavaVisitor;
import org.openrewrite.java.tree.J;

/**
 * The names that code uses.
 */
final class Names extends JavaVisitor<Set<String>> {

	private Names() {
	}

	static boolean uses(J tree, String name) {
		return in(tree).contains(name);
	}

	static Set<String> in(J tree) {
		Set<String> names = new HashSet<>();
		new Names().visit(tree, names);
		return names;
	}

	@Override
	public J visitIdentifier(J.Identifier identifier, Set<String> names) {
		names.add(identifier.getSimpleName());
		return super.visitIdentifier(identifier, names);
	}

	@Override
	public J visitImport(J.Import statement, Set<String> names) {
		return statement;
	}

}
