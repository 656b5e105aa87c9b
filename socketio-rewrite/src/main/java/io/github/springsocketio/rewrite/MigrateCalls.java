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
import org.openrewrite.Recipe;
import org.openrewrite.TreeVisitor;

/**
 * Migrates calls on the server, namespaces, clients and acknowledgements.
 */
final class MigrateCalls extends Recipe {

	@Override
	public String getDisplayName() {
		return "Migrate calls of netty-socketio";
	}

	@Override
	public String getDescription() {
		return "Migrates what is called on the server, namespaces, clients and acknowledgements.";
	}

	@Override
	public TreeVisitor<?, ExecutionContext> getVisitor() {
		return new CallVisitor();
	}

}
