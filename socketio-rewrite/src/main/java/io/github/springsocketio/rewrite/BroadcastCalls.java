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
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.TypeUtils;

/**
 * Migrates calls of {@code BroadcastOperations} to {@code BroadcastOperator}.
 */
final class BroadcastCalls {

	private BroadcastCalls() {
	}

	static @Nullable Expression migrate(Call call) {
		return switch (call.name()) {
			case "sendEvent" -> sendEvent(call);
			case "disconnect" -> call.renamed("disconnectSockets");
			case "getClients" -> getClients(call);
			default -> null;
		};
	}

	private static @Nullable Expression sendEvent(Call call) {
		for (int i = 1; i < call.arguments().size(); i++) {
			if (Library.is(call.argumentType(i), "BroadcastAckCallback")) {
				return null;
			}
		}
		if (TypeUtils.isAssignableTo("java.util.function.Predicate", call.argumentType(1))
				|| call.migrated().getArguments().size() > 1
						&& call.migrated().getArguments().get(1) instanceof J.Lambda) {
			return null;
		}
		if (Library.is(call.argumentType(1), "SocketIOClient")) {
			List<Expression> arguments = new ArrayList<>(call.arguments());
			Expression excluded = arguments.remove(1);
			return call.renamed("emit", arguments)
				.withSelect(Trees.call(call.select(), "except", Trees.call(excluded, "id")));
		}
		return call.renamed("emit");
	}

	/**
	 * Return an expression for the sockets of this node, filtered by room if necessary.
	 */
	private static @Nullable Expression getClients(Call call) {
		J.MethodInvocation previous = call.previous();
		if (previous == null) {
			return null;
		}
		boolean server = previous.getSelect() != null && Library.is(previous.getSelect().getType(), "SocketIOServer");
		if (previous.getSimpleName().equals("getBroadcastOperations")) {
			return server ? call.getters("sockets", "sockets", "values") : call.getters("sockets", "values");
		}
		boolean room = previous.getSimpleName().equals("getRoomOperations") && previous.getArguments().size() == 1;
		if (!room || !(call.select() instanceof J.MethodInvocation to) || to.getSelect() == null) {
			return null;
		}
		Expression sockets = Trees.call(server ? Trees.call(to.getSelect(), "sockets") : to.getSelect(), "sockets");
		Expression inRoom = Trees.call(Trees.call(Trees.name("socket"), "rooms"), "contains", to.getArguments().get(0));
		return Trees.call(Trees.call(Trees.call(Trees.call(sockets, "values"), "stream"), "filter",
				Trees.lambda(List.of("socket"), inRoom)), "toList")
			.withPrefix(call.migrated().getPrefix());
	}

}
