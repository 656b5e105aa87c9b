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
 * Migrates calls of {@code HandshakeData} to {@code Handshake}, and calls of the objects
 * that it returns.
 */
final class HandshakeCalls {

	private HandshakeCalls() {
	}

	static @Nullable Expression migrate(Call call) {
		return switch (call.name()) {
			case "getSingleUrlParam" -> call.through(List.of("query"), "get");
			case "getUrl" -> call.renamed("url");
			case "isXdomain" -> call.renamed("xdomain");
			case "getAuthToken" -> call.renamed("auth");
			// replaced with the enclosing call
			case "getHttpHeaders", "getAddress" -> call.migrated();
			default -> null;
		};
	}

	/**
	 * Return the replacement of a call on the headers or the address of a handshake.
	 * @return the replacement, or {@code null} if there is none
	 */
	static @Nullable Expression migrateDetail(Call call) {
		J.MethodInvocation previous = call.previous();
		if (previous == null || !(call.select() instanceof J.MethodInvocation migrated)
				|| migrated.getSelect() == null) {
			return null;
		}
		Expression handshake = migrated.getSelect();
		return switch (previous.getSimpleName() + "." + call.name()) {
			case "getHttpHeaders.get" ->
				Trees.call(handshake, "header", call.arguments()).withPrefix(call.migrated().getPrefix());
			case "getAddress.getHostString", "getAddress.getHostName" ->
				Trees.call(handshake, "address").withPrefix(call.migrated().getPrefix());
			default -> null;
		};
	}

	static boolean isDetail(J.MethodInvocation call) {
		return isDetailGetter(call)
				&& Library.is((call.getSelect() != null) ? call.getSelect().getType() : null, "HandshakeData");
	}

	private static boolean isDetailGetter(J.MethodInvocation call) {
		return List.of("getHttpHeaders", "getAddress").contains(call.getSimpleName());
	}

}
