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

import org.openrewrite.ExecutionContext;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.Statement;

/**
 * Migrates listeners. The library acknowledges an event after its listener returns,
 * unless the listener has acknowledged it. In migrated code, the listener acknowledges
 * the event.
 */
final class ListenerVisitor extends TodoVisitor {

	private static final String REASON = "io.github.springsocketio.socketio.DisconnectReason";

	@Override
	public J visitLambda(J.Lambda original, ExecutionContext context) {
		J.Lambda lambda = (J.Lambda) super.visitLambda(original, context);
		JavaType type = original.getType();
		List<J> parameters = new ArrayList<>(lambda.getParameters().getParameters());
		if (Library.isListener(type, "DataListener") && parameters.size() == 3) {
			lambda = acknowledged(lambda, nameOf(parameters.get(2)));
			if (Library.isListener(type, "MultiTypeEventListener")) {
				parameters.remove(1);
				lambda = lambda.withParameters(Trees.parameters(parameters));
			}
		}
		else if (Library.isListener(type, "DisconnectListener") && parameters.size() == 1) {
			parameters.addAll(reason(typed(parameters.get(0))));
			lambda = lambda.withParameters(Trees.parameters(parameters));
		}
		return lambda;
	}

	@Override
	public J visitMemberReference(J.MemberReference original, ExecutionContext context) {
		J.MemberReference reference = (J.MemberReference) super.visitMemberReference(original, context);
		String method = reference.getReference().getSimpleName();
		if (Library.isListener(original.getType(), "MultiTypeEventListener")) {
			todo(Hints.SEVERAL_ARGUMENTS);
		}
		else if (Library.isListener(original.getType(), "DataListener")) {
			Statement call = Trees.call(reference.getContaining(), method, Trees.name("socket"), Trees.name("argument"),
					Trees.name("event"));
			J.Block body = Trees.lines(Layout.of(getCursor()), call, Acknowledgements.create("event"));
			return Trees.lambda(List.of("socket", "argument", "event"), body).withPrefix(reference.getPrefix());
		}
		else if (Library.isListener(original.getType(), "DisconnectListener")) {
			return Trees
				.lambda(List.of("socket", "reason", "detail"),
						Trees.call(reference.getContaining(), method, Trees.name("socket")))
				.withPrefix(reference.getPrefix());
		}
		return reference;
	}

	@Override
	public J visitMethodDeclaration(J.MethodDeclaration original, ExecutionContext context) {
		J visited = super.visitMethodDeclaration(original, context);
		if (!(visited instanceof J.MethodDeclaration method) || original.getMethodType() == null) {
			return visited;
		}
		JavaType declaring = original.getMethodType().getDeclaringType();
		List<Statement> parameters = new ArrayList<>(method.getParameters());
		switch (method.getSimpleName() + "/" + parameters.size()) {
			case "onData/3" -> {
				if (Library.isListener(declaring, "MultiTypeEventListener")) {
					todo(Hints.SEVERAL_ARGUMENTS);
				}
				else if (Library.isListener(declaring, "DataListener") && method.getBody() != null) {
					String name = nameOf(parameters.get(2));
					J.Block body = method.getBody();
					method = named(method, "onEvent")
						.withBody(Names.uses(body, name) ? body : Acknowledgements.addTo(body, name));
				}
			}
			case "onConnect/1" -> {
				if (Library.isListener(declaring, "ConnectListener")) {
					method = named(method, "onConnection");
				}
			}
			case "onDisconnect/1" -> {
				if (Library.isListener(declaring, "DisconnectListener")) {
					reason(true).forEach((parameter) -> parameters.add((Statement) parameter));
					method = method.withParameters(parameters);
				}
			}
			default -> {
			}
		}
		return method;
	}

	private static J.MethodDeclaration named(J.MethodDeclaration method, String name) {
		return method.withName(method.getName().withSimpleName(name)).withMethodType(null);
	}

	private J.Lambda acknowledged(J.Lambda lambda, String name) {
		if (Names.uses(lambda.getBody(), name)) {
			return lambda;
		}
		if (lambda.getBody() instanceof J.Block block) {
			return lambda.withBody(Acknowledgements.addTo(block, name));
		}
		return (lambda.getBody() instanceof Statement statement)
				? lambda.withBody(Trees.lines(Layout.of(getCursor()), statement, Acknowledgements.create(name)))
				: lambda;
	}

	private List<J> reason(boolean typed) {
		if (typed) {
			maybeAddImport(REASON, false);
		}
		J reason = Trees.parameter(typed ? Trees.type(REASON) : null, "reason");
		J detail = Trees.parameter(typed ? Trees.type("java.lang.String") : null, "detail");
		return List.of(reason.withPrefix(Space.SINGLE_SPACE), detail.withPrefix(Space.SINGLE_SPACE));
	}

	private static boolean typed(J parameter) {
		return parameter instanceof J.VariableDeclarations declarations && declarations.getTypeExpression() != null;
	}

	private static String nameOf(J parameter) {
		return ((J.VariableDeclarations) parameter).getVariables().get(0).getSimpleName();
	}

}
