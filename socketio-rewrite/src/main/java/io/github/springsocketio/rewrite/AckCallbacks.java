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
import org.openrewrite.java.tree.Statement;

/**
 * Replaces an anonymous {@code AckCallback} with a subscription to {@code emitWithAck}.
 */
final class AckCallbacks {

	private AckCallbacks() {
	}

	static @Nullable Expression migrate(Call call, Layout layout) {
		if (!(call.migrated().getArguments().get(1) instanceof J.NewClass callback) || callback.getBody() == null
				|| Library.is(callback.getType(), "MultiTypeAckCallback")) {
			return null;
		}
		J.MethodDeclaration success = method(callback.getBody(), "onSuccess");
		if (success == null || success.getBody() == null) {
			return null;
		}
		List<Expression> constructor = new ArrayList<>(callback.getArguments());
		constructor.removeIf(J.Empty.class::isInstance);
		List<Expression> arguments = new ArrayList<>(call.arguments());
		arguments.remove(1);
		if (!Library.is(callback.getType(), "VoidAckCallback")) {
			arguments.add(0, constructor.remove(0));
		}
		Expression emitter = call.select();
		if (!constructor.isEmpty()) {
			emitter = Trees.call(emitter, "timeout",
					Trees.call(Trees.type("java.time.Duration"), "ofSeconds", constructor.get(0)));
		}
		J.MethodDeclaration timeout = method(callback.getBody(), "onTimeout");
		J.Block failed = (timeout != null && timeout.getBody() != null) ? layout.move(timeout.getBody())
				: Trees.lines(layout);
		return Trees
			.call(Trees.call(emitter, "emitWithAck", arguments), "subscribe",
					Trees.lambda(List.of(parameter(success)), layout.move(success.getBody())),
					Trees.lambda(List.of("error"), failed))
			.withPrefix(call.migrated().getPrefix());
	}

	private static J.@Nullable MethodDeclaration method(J.Block body, String name) {
		for (Statement statement : body.getStatements()) {
			if (statement instanceof J.MethodDeclaration method && method.getSimpleName().equals(name)) {
				return method;
			}
		}
		return null;
	}

	private static String parameter(J.MethodDeclaration method) {
		return (method.getParameters().get(0) instanceof J.VariableDeclarations declarations)
				? declarations.getVariables().get(0).getSimpleName() : "acknowledgement";
	}

}
