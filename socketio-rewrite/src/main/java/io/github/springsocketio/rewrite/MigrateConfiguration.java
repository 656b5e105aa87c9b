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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.ScanningRecipe;
import org.openrewrite.SourceFile;
import org.openrewrite.Tree;
import org.openrewrite.TreeVisitor;
import org.openrewrite.java.tree.J;
import org.openrewrite.properties.AddProperty;
import org.openrewrite.properties.tree.Properties;
import org.openrewrite.yaml.MergeYaml;
import org.openrewrite.yaml.YamlParser;
import org.openrewrite.yaml.tree.Yaml;

/**
 * Replaces the settings of {@code Configuration} objects with properties, and removes the
 * beans of the library.
 */
final class MigrateConfiguration extends ScanningRecipe<Settings> {

	@Override
	public String getDisplayName() {
		return "Migrate the configuration of netty-socketio";
	}

	@Override
	public String getDescription() {
		return "Makes properties of what a `Configuration` object is told, and removes the beans of the library.";
	}

	@Override
	public Settings getInitialValue(ExecutionContext context) {
		return new Settings();
	}

	@Override
	public TreeVisitor<?, ExecutionContext> getScanner(Settings settings) {
		return new TreeVisitor<>() {

			@Override
			public @Nullable Tree visit(@Nullable Tree tree, ExecutionContext context) {
				if (tree instanceof J.CompilationUnit unit) {
					new SettingsScanner(settings).visit(unit, context);
				}
				else if (tree instanceof SourceFile file && isApplicationFile(file.getSourcePath())
						&& (file instanceof Yaml.Documents || file instanceof Properties.File)) {
					settings.addFile(file.getSourcePath());
				}
				return tree;
			}

		};
	}

	private static boolean isApplicationFile(Path path) {
		String name = path.getFileName().toString();
		return path.getParent() != null && path.getParent().endsWith(Path.of("src", "main", "resources"))
				&& List.of("application.yml", "application.yaml", "application.properties").contains(name);
	}

	@Override
	public Collection<? extends SourceFile> generate(Settings settings, ExecutionContext context) {
		List<SourceFile> files = new ArrayList<>();
		settings.missingFiles()
			.forEach((path, values) -> new YamlParser().parse(Settings.yaml(values))
				.findFirst()
				.ifPresent((file) -> files.add(file.withSourcePath(path))));
		return files;
	}

	@Override
	public TreeVisitor<?, ExecutionContext> getVisitor(Settings settings) {
		return new TreeVisitor<>() {

			@Override
			public @Nullable Tree visit(@Nullable Tree tree, ExecutionContext context) {
				if (tree instanceof J.CompilationUnit) {
					return new ConfigurationVisitor().visit(tree, context);
				}
				return (tree instanceof SourceFile file) ? withProperties(file, context) : tree;
			}

			private Tree withProperties(SourceFile file, ExecutionContext context) {
				Map<String, String> properties = settings.propertiesOf(file.getSourcePath());
				if (properties.isEmpty()) {
					return file;
				}
				if (file instanceof Yaml.Documents) {
					String text = Settings.yaml(properties);
					return new MergeYaml("$", text, true, null, null, null, null, null).getVisitor()
						.visitNonNull(file, context);
				}
				Tree result = file;
				for (Map.Entry<String, String> property : properties.entrySet()) {
					result = AddProperty.builder()
						.property(property.getKey())
						.value(property.getValue())
						.build()
						.getVisitor()
						.visitNonNull(result, context);
				}
				return result;
			}

		};
	}

}
