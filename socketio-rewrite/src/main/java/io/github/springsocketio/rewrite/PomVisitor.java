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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.openrewrite.ExecutionContext;
import org.openrewrite.xml.XmlVisitor;
import org.openrewrite.xml.tree.Content;
import org.openrewrite.xml.tree.Xml;

/**
 * Replaces the library in the dependencies of a POM. It works on the XML only, so that no
 * dependency has to be resolved.
 */
final class PomVisitor extends XmlVisitor<ExecutionContext> {

	private static final String GROUP = "io.github.springsocketio";

	private static final Set<String> SERVLET_STARTERS = Set.of("spring-boot-starter-web", "spring-boot-starter-webmvc");

	private boolean servlets;

	private boolean replaced;

	private boolean unmanaged;

	@Override
	public Xml visitDocument(Xml.Document document, ExecutionContext context) {
		if (!document.getSourcePath().endsWith("pom.xml")) {
			return document;
		}
		this.replaced = false;
		this.unmanaged = false;
		this.servlets = document.getRoot()
			.getChild("dependencies")
			.map((dependencies) -> dependencies.getChildren("dependency")
				.stream()
				.anyMatch((dependency) -> SERVLET_STARTERS.contains(dependency.getChildValue("artifactId").orElse(""))))
			.orElse(false);
		Xml.Document migrated = (Xml.Document) super.visitDocument(document, context);
		return (this.replaced || this.unmanaged) ? migrated.withRoot(withBom(migrated.getRoot())) : migrated;
	}

	@Override
	public Xml visitTag(Xml.Tag original, ExecutionContext context) {
		Xml visited = super.visitTag(original, context);
		if (!(visited instanceof Xml.Tag tag) || !tag.getName().equals("dependency")
				|| !Library.GROUPS.contains(tag.getChildValue("groupId").orElse(""))) {
			return visited;
		}
		if (isManaged()) {
			this.unmanaged = true;
			return Trees.removed();
		}
		if (this.replaced) {
			return Trees.removed();
		}
		this.replaced = true;
		List<Content> content = new ArrayList<>(tag.getContent());
		content.removeIf((each) -> each instanceof Xml.Tag child && child.getName().equals("version"));
		return tag.withContent(content)
			.withChildValue("groupId", GROUP)
			.withChildValue("artifactId",
					this.servlets ? "socketio-spring-boot-starter-webmvc" : "socketio-spring-boot-starter");
	}

	/**
	 * Return whether the tag is in {@code <dependencyManagement>}, which the BOM
	 * replaces.
	 */
	private boolean isManaged() {
		return getCursor().getParentTreeCursor().getParentTreeCursor().getValue() instanceof Xml.Tag management
				&& management.getName().equals("dependencyManagement");
	}

	/**
	 * Import the BOM, before other imports.
	 */
	private static Xml.Tag withBom(Xml.Tag project) {
		String line = indentation(project.getChildren().get(0));
		String unit = line.substring(line.lastIndexOf('\n') + 1);
		List<Content> content = new ArrayList<>(project.getContent());
		for (int i = 0; i < content.size(); i++) {
			if (content.get(i) instanceof Xml.Tag tag && tag.getName().equals("dependencyManagement")) {
				content.set(i, withImport(tag, unit));
				return project.withContent(content);
			}
		}
		for (int i = 0; i < content.size(); i++) {
			if (content.get(i) instanceof Xml.Tag tag && tag.getName().equals("dependencies")) {
				String text = "<dependencyManagement>" + line + unit + "<dependencies>" + bom(line + unit + unit, unit)
						+ line + unit + "</dependencies>" + line + "</dependencyManagement>";
				content.add(i, Xml.Tag.build(text).withPrefix(tag.getPrefix()));
				return project.withContent(content);
			}
		}
		return project;
	}

	private static Xml.Tag withImport(Xml.Tag management, String unit) {
		Xml.Tag dependencies = management.getChild("dependencies").orElse(null);
		if (dependencies == null || dependencies.getContent() == null) {
			return management;
		}
		String line = "\n" + unit.repeat(3);
		List<Content> managed = new ArrayList<>(dependencies.getContent());
		managed.add(0, Xml.Tag.build(bom(line, unit).strip()).withPrefix(line));
		Xml.Tag extended = dependencies.withContent(managed);
		List<Content> content = new ArrayList<>(Objects.requireNonNull(management.getContent()));
		content.replaceAll((each) -> (each == dependencies) ? extended : each);
		return management.withContent(content);
	}

	private static String bom(String line, String unit) {
		String child = line + unit;
		return line + "<dependency>" + child + "<groupId>" + GROUP + "</groupId>" + child
				+ "<artifactId>socketio-bom</artifactId>" + child + "<version>" + version() + "</version>" + child
				+ "<type>pom</type>" + child + "<scope>import</scope>" + line + "</dependency>";
	}

	private static String indentation(Xml.Tag tag) {
		String prefix = tag.getPrefix();
		int line = prefix.lastIndexOf('\n');
		return (line >= 0) ? prefix.substring(line) : "\n\t";
	}

	static String version() {
		try (InputStream version = PomVisitor.class.getResourceAsStream("version.txt")) {
			return new String(Objects.requireNonNull(version).readAllBytes(), StandardCharsets.UTF_8).strip();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
