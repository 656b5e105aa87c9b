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
import org.openrewrite.Tree;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.TypeUtils;
import org.openrewrite.marker.Markers;

/**
 * Adds {@code @SocketIoController} to classes with annotated methods.
 */
final class HandlerVisitor extends JavaIsoVisitor<ExecutionContext> {

	private static final String CONTROLLER = "io.github.springsocketio.socketio.annotation.SocketIoController";

	private static final List<String> REPLACED = List.of("org.springframework.stereotype.Component",
			"org.springframework.stereotype.Service");

	@Override
	public J.ClassDeclaration visitClassDeclaration(J.ClassDeclaration original, ExecutionContext context) {
		J.ClassDeclaration declaration = super.visitClassDeclaration(original, context);
		boolean handlers = original.getBody()
			.getStatements()
			.stream()
			.anyMatch((member) -> member instanceof J.MethodDeclaration method && isHandler(method));
		if (!handlers) {
			return declaration;
		}
		maybeAddImport(CONTROLLER, false);
		doAfterVisit(new UnusedImports());
		List<J.Annotation> annotations = new ArrayList<>(declaration.getLeadingAnnotations());
		for (int i = 0; i < annotations.size(); i++) {
			if (isReplaced(annotations.get(i))) {
				annotations.set(i, controller().withPrefix(annotations.get(i).getPrefix()));
				return declaration.withLeadingAnnotations(annotations);
			}
		}
		return annotated(declaration, annotations);
	}

	private static boolean isHandler(J.MethodDeclaration method) {
		return method.getLeadingAnnotations()
			.stream()
			.anyMatch((annotation) -> Library.isAnnotation(annotation.getType()));
	}

	private static boolean isReplaced(J.Annotation annotation) {
		return annotation.getArguments() == null
				&& REPLACED.stream().anyMatch((name) -> TypeUtils.isOfClassType(annotation.getType(), name));
	}

	private static J.ClassDeclaration annotated(J.ClassDeclaration declaration, List<J.Annotation> annotations) {
		Space line = Space.format("\n" + declaration.getPrefix().getIndent());
		if (!annotations.isEmpty()) {
			annotations.set(0, annotations.get(0).withPrefix(line));
		}
		else if (!declaration.getModifiers().isEmpty()) {
			List<J.Modifier> modifiers = new ArrayList<>(declaration.getModifiers());
			modifiers.set(0, modifiers.get(0).withPrefix(line));
			declaration = declaration.withModifiers(modifiers);
		}
		else {
			J.ClassDeclaration.Kind kind = declaration.getPadding().getKind();
			declaration = declaration.getPadding().withKind(kind.withPrefix(line));
		}
		annotations.add(0, controller());
		return declaration.withLeadingAnnotations(annotations);
	}

	private static J.Annotation controller() {
		J.Identifier type = Trees.type(CONTROLLER).withType(JavaType.ShallowClass.build(CONTROLLER));
		return new J.Annotation(Tree.randomId(), Space.EMPTY, Markers.EMPTY, type, null);
	}

}
