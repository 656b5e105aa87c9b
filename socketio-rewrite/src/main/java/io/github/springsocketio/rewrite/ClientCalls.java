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
import org.openrewrite.Tree;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JRightPadded;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.TypeTree;
import org.openrewrite.java.tree.TypeUtils;
import org.openrewrite.marker.Markers;

/**
 * Migrates calls of {@code SocketIOClient} to {@code Socket}.
 */
final class ClientCalls {

	private ClientCalls() {
	}

	/**
	 * Return the replacement of a call.
	 * @return the replacement, or {@code null} if there is none
	 */
	static @Nullable Expression migrate(Call call, Layout layout) {
		return switch (call.name()) {
			case "sendEvent" -> sendEvent(call, layout);
			case "disconnect" -> call.renamed("disconnect");
			case "joinRoom", "joinRooms" -> call.renamed("join");
			case "leaveRoom", "leaveRooms" -> call.renamed("leave");
			case "getAllRooms" -> call.renamed("rooms");
			case "getSessionId" -> call.renamed("id");
			case "getNamespace" -> call.renamed("namespace");
			case "getHandshakeData" -> call.renamed("handshake");
			case "isChannelOpen" -> call.renamed("connected");
			case "getRemoteAddress" -> call.getters("conn", "request", "remoteAddress");
			case "getTransport" -> call.getters("conn", "transportType");
			case "set" -> call.through(List.of("data"), "put");
			case "has" -> call.through(List.of("data"), "containsKey");
			case "del" -> call.through(List.of("data"), "remove");
			case "get" -> get(call);
			default -> null;
		};
	}

	private static @Nullable Expression sendEvent(Call call, Layout layout) {
		if (Library.is(call.argumentType(1), "AckCallback")) {
			return AckCallbacks.migrate(call, layout);
		}
		return call.renamed("emit");
	}

	/**
	 * Migrate the getter, and cast the value to the type that the compiler has inferred.
	 */
	private static Expression get(Call call) {
		J.MethodInvocation get = call.through(List.of("data"), "get");
		JavaType.Method method = call.original().getMethodType();
		JavaType inferred = (method != null) ? method.getReturnType() : null;
		JavaType.FullyQualified type = TypeUtils.asFullyQualified(inferred);
		if (type == null || TypeUtils.isObject(type) || inferred instanceof JavaType.GenericTypeVariable) {
			return get;
		}
		TypeTree name = Trees.type(type.getFullyQualifiedName());
		J.ControlParentheses<TypeTree> parentheses = new J.ControlParentheses<>(Tree.randomId(), Space.EMPTY,
				Markers.EMPTY, JRightPadded.build(name));
		return new J.TypeCast(Tree.randomId(), get.getPrefix(), Markers.EMPTY, parentheses,
				get.withPrefix(Space.SINGLE_SPACE));
	}

}
