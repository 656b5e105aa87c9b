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
import org.openrewrite.java.tree.TypeUtils;

/**
 * Migrates calls of {@code AckRequest} to {@code Event}.
 */
final class AcknowledgementCalls {

	private AcknowledgementCalls() {
	}

	static @Nullable Expression migrate(Call call) {
		return switch (call.name()) {
			case "sendAckData" -> sendAckData(call);
			case "isAckRequested" -> call.renamed("isAckRequested");
			default -> null;
		};
	}

	private static Expression sendAckData(Call call) {
		if (call.arguments().size() == 1 && TypeUtils.isAssignableTo("java.util.List", call.argumentType(0))) {
			return call.renamed("ack", List.of(Trees.call(call.arguments().get(0), "toArray")));
		}
		return call.renamed("ack");
	}

}
