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
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;

/**
 * Migrates calls of {@code SocketIOServer} and {@code SocketIONamespace} to
 * {@code SocketIoServer} and {@code Namespace}.
 */
final class ServerCalls {

	private ServerCalls() {
	}

	static @Nullable Expression migrate(Call call, boolean server) {
		List<String> sockets = server ? List.of("sockets", "sockets") : List.of("sockets");
		return switch (call.name()) {
			case "addEventListener", "addMultiTypeEventListener" -> on(call);
			case "addConnectListener" -> call.renamed("onConnection");
			case "addDisconnectListener" -> call.renamed("onDisconnect");
			case "removeAllListeners" -> call.renamed("off");
			case "addNamespace", "getNamespace" -> of(call);
			case "getAllNamespaces" -> call.renamed("namespaces");
			case "getName" -> call.renamed("name");
			case "getBroadcastOperations" -> call.select().withPrefix(call.migrated().getPrefix());
			case "getRoomOperations" -> call.renamed("to");
			case "getClient" -> call.through(sockets, "get");
			case "getAllClients" -> call.through(sockets, "values");
			default -> null;
		};
	}

	/**
	 * Migrate the registration. The types of several arguments move to the calls that get
	 * the arguments.
	 */
	private static Expression on(Call call) {
		if (call.name().equals("addMultiTypeEventListener")) {
			return call.renamed("on", call.arguments().subList(0, 2));
		}
		return call.renamed("on");
	}

	private static Expression of(Call call) {
		J.MethodInvocation of = call.renamed("of");
		if (call.arguments().get(0) instanceof J.Literal literal && "".equals(literal.getValue())) {
			return of.withArguments(List.of(literal.withValue("/").withValueSource("\"/\"")));
		}
		return of;
	}

}
