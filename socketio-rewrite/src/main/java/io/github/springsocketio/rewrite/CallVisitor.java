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

import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.TypeUtils;

/**
 * Migrates calls of the library, inner calls first. Calls are identified by their types
 * before the migration.
 */
final class CallVisitor extends TodoVisitor {

	private boolean stringIds;

	@Override
	public J visitCompilationUnit(J.CompilationUnit unit, ExecutionContext context) {
		this.stringIds = SessionIds.areTheOnlyUuids(unit);
		J migrated = super.visitCompilationUnit(unit, context);
		if (this.stringIds) {
			doAfterVisit(SessionIds.asStrings());
		}
		return migrated;
	}

	@Override
	public J visitMethodInvocation(J.MethodInvocation original, ExecutionContext context) {
		J visited = super.visitMethodInvocation(original, context);
		if (!(visited instanceof J.MethodInvocation migrated) || original.getSelect() == null
				|| migrated.getSelect() == null) {
			return visited;
		}
		JavaType receiver = original.getSelect().getType();
		Call call = new Call(original, migrated.getSelect(), migrated);
		if (Library.is(receiver, "SocketIOServer") && List.of("start", "startAsync", "stop").contains(call.name())
				&& getCursor().getParentTreeCursor().getValue() instanceof J.Block) {
			return Trees.removed();
		}
		if (isKnown(receiver, call)) {
			Expression result = migrate(receiver, call);
			if (result == null || HandshakeCalls.isDetail(original) && !isFollowed()) {
				todo(Hints.ofCall(original));
			}
			if (result != null && Names.uses(result, "Duration")) {
				maybeAddImport("java.time.Duration", false);
			}
			return (result != null) ? result : migrated;
		}
		return migrated;
	}

	private boolean isFollowed() {
		return getCursor().getParentTreeCursor().getValue() instanceof J.MethodInvocation outer
				&& outer.getSelect() != null && outer.getSelect().getId().equals(((J) getCursor().getValue()).getId());
	}

	private boolean isKnown(@Nullable JavaType receiver, Call call) {
		return Library.contains(receiver) || isClientType(receiver) || isUuid(receiver)
				|| call.previous() != null && HandshakeCalls.isDetail(call.previous()) || isSessionIdText(call);
	}

	private static boolean isClientType(@Nullable JavaType receiver) {
		return Library.is(receiver, "SocketIOClient");
	}

	private boolean isUuid(@Nullable JavaType receiver) {
		return this.stringIds && TypeUtils.isOfClassType(receiver, "java.util.UUID");
	}

	private static boolean isSessionIdText(Call call) {
		return call.name().equals("toString") && call.previous() != null
				&& call.previous().getSimpleName().equals("getSessionId");
	}

	private @Nullable Expression migrate(@Nullable JavaType receiver, Call call) {
		if (isSessionIdText(call)) {
			return call.select().withPrefix(call.migrated().getPrefix());
		}
		if (isUuid(receiver)) {
			return SessionIds.migrate(call);
		}
		if (call.previous() != null && HandshakeCalls.isDetail(call.previous())) {
			return HandshakeCalls.migrateDetail(call);
		}
		if (isClientType(receiver)) {
			Expression result = ClientCalls.migrate(call, Layout.of(getCursor()));
			if (result != null && !this.stringIds && call.name().equals("getSessionId") && !isFollowed()) {
				todo(Hints.STRING_ID);
			}
			return result;
		}
		if (Library.is(receiver, "BroadcastOperations")) {
			return BroadcastCalls.migrate(call);
		}
		if (Library.is(receiver, "AckRequest")) {
			return AcknowledgementCalls.migrate(call);
		}
		if (Library.is(receiver, "HandshakeData")) {
			return HandshakeCalls.migrate(call);
		}
		if (Library.is(receiver, "SocketIOServer") || Library.is(receiver, "SocketIONamespace")) {
			return ServerCalls.migrate(call, Library.is(receiver, "SocketIOServer"));
		}
		if (Library.is(receiver, "MultiTypeArgs")) {
			return MultiTypeArguments.migrate(call, getCursor());
		}
		return null;
	}

}
