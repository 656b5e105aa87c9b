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

package io.github.springsocketio.socketio.annotation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The namespace of a controller, which may have variables.
 */
final class NamespaceTemplate {

	private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)(?::((?:[^{}]|\\{[^{}]*})+))?}");

	private static final String ANY = "[^/]+";

	private final String name;

	private final @Nullable Pattern pattern;

	private final List<String> variables;

	private NamespaceTemplate(String name, @Nullable Pattern pattern, List<String> variables) {
		this.name = name;
		this.pattern = pattern;
		this.variables = variables;
	}

	/**
	 * Parse the value of an annotation.
	 */
	static NamespaceTemplate of(String value) {
		String name = value.startsWith("/") ? value : "/" + value;
		Matcher matcher = VARIABLE.matcher(name);
		StringBuilder regex = new StringBuilder();
		List<String> variables = new ArrayList<>();
		int end = 0;
		while (matcher.find()) {
			regex.append(Pattern.quote(name.substring(end, matcher.start())));
			String expression = matcher.group(2);
			regex.append("(?<v").append(variables.size()).append('>').append((expression != null) ? expression : ANY);
			regex.append(')');
			variables.add(matcher.group(1));
			end = matcher.end();
		}
		if (variables.isEmpty()) {
			return new NamespaceTemplate(name, null, variables);
		}
		regex.append(Pattern.quote(name.substring(end)));
		return new NamespaceTemplate(name, Pattern.compile(regex.toString()), variables);
	}

	/**
	 * Return the pattern for dynamic namespaces, or {@code null} for a static one.
	 */
	@Nullable Pattern pattern() {
		return this.pattern;
	}

	boolean hasVariable(String variable) {
		return this.variables.contains(variable);
	}

	/**
	 * Return the value of a variable in the name of a namespace, or {@code null}.
	 */
	@Nullable String variable(String namespace, String variable) {
		if (this.pattern == null) {
			return null;
		}
		Matcher matcher = this.pattern.matcher(namespace);
		return matcher.matches() ? matcher.group("v" + this.variables.indexOf(variable)) : null;
	}

	@Override
	public String toString() {
		return this.name;
	}

}
