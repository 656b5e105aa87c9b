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

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.InMemoryExecutionContext;
import org.openrewrite.Parser;
import org.openrewrite.Result;
import org.openrewrite.SourceFile;
import org.openrewrite.internal.InMemoryLargeSourceSet;
import org.openrewrite.java.JavaParser;
import org.openrewrite.java.style.Autodetect;
import org.openrewrite.properties.PropertiesParser;
import org.openrewrite.xml.XmlParser;
import org.openrewrite.yaml.YamlParser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files of an application.
 *
 * @param files the texts by their paths
 */
record Project(Map<String, String> files) {

	/** What the application names the types of. */
	private static final Pattern USED = Pattern.compile(
			"(netty-socketio|spring-(beans|boot|boot-autoconfigure|context)|jakarta.annotation-api)-[\\d.]+\\.jar$");

	static Project read(String name) {
		Path root = Path.of("src/test/resources", name);
		Map<String, String> files = new TreeMap<>();
		try (Stream<Path> paths = Files.walk(root)) {
			for (Path path : paths.filter(Files::isRegularFile).toList()) {
				files.put(root.relativize(path).toString().replace(File.separatorChar, '/'), Files.readString(path));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new Project(files);
	}

	Project replace(String text, String replacement) {
		Map<String, String> replaced = new TreeMap<>();
		this.files.forEach((path, content) -> replaced.put(path, content.replace(text, replacement)));
		return new Project(replaced);
	}

	Project migrate() {
		return migrate(null);
	}

	/**
	 * Run the recipe.
	 * @param library the directory of other classes that the application uses
	 */
	Project migrate(@Nullable Path library) {
		ExecutionContext context = new InMemoryExecutionContext((ex) -> {
			throw new IllegalStateException(ex);
		});
		List<SourceFile> sources = new ArrayList<>();
		List<Path> classPath = new ArrayList<>(classPath().stream().filter(USED.asPredicate()).map(Path::of).toList());
		if (library != null) {
			classPath.add(library);
		}
		JavaParser java = JavaParser.fromJavaVersion().classpath(classPath).build();
		sources.addAll(withStyle(parse(java, ".java", context)));
		sources.addAll(parse(new XmlParser(), ".xml", context));
		sources.addAll(parse(new YamlParser(), ".yml", context));
		sources.addAll(parse(new PropertiesParser(), ".properties", context));
		assertThat(sources).hasSameSizeAs(this.files.keySet());
		Map<String, String> migrated = new TreeMap<>(this.files);
		for (Result result : new FromNettySocketIo().run(new InMemoryLargeSourceSet(sources), context)
			.getChangeset()
			.getAllResults()) {
			if (result.getBefore() != null) {
				migrated.remove(result.getBefore().getSourcePath().toString());
			}
			if (result.getAfter() != null) {
				migrated.put(result.getAfter().getSourcePath().toString(), result.getAfter().printAll());
			}
		}
		return new Project(migrated);
	}

	/**
	 * The Maven plugin finds out how imports are ordered, too.
	 */
	private static List<SourceFile> withStyle(List<SourceFile> sources) {
		Autodetect.Detector detector = Autodetect.detector();
		sources.forEach(detector::sample);
		Autodetect style = detector.build();
		return sources.stream()
			.map((source) -> (SourceFile) source.withMarkers(source.getMarkers().addIfAbsent(style)))
			.toList();
	}

	private List<SourceFile> parse(Parser parser, String suffix, ExecutionContext context) {
		List<Parser.Input> inputs = new ArrayList<>();
		this.files.forEach((path, text) -> {
			if (path.endsWith(suffix)) {
				inputs.add(Parser.Input.fromString(Path.of(path), text));
			}
		});
		return parser.parseInputs(inputs, null, context).toList();
	}

	/**
	 * Compile the application.
	 * @return the directory with its classes and resources
	 */
	Path compile(Path directory) throws IOException {
		Path classes = Files.createDirectory(directory.resolve("classes"));
		List<String> arguments = new ArrayList<>(List.of("-proc:none", "-parameters", "-d", classes.toString(), "-cp",
				String.join(File.pathSeparator, classPath())));
		for (Map.Entry<String, String> file : this.files.entrySet()) {
			Path path = directory.resolve(file.getKey());
			Files.createDirectories(path.getParent());
			Files.writeString(path, file.getValue());
			if (file.getKey().endsWith(".java")) {
				arguments.add(path.toString());
			}
			else if (file.getKey().startsWith("src/main/resources/")) {
				Files.copy(path, classes.resolve(path.getFileName()));
			}
		}
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		ByteArrayOutputStream errors = new ByteArrayOutputStream();
		int status = compiler.run(null, errors, errors, arguments.toArray(String[]::new));
		assertThat(status).as(errors.toString()).isZero();
		return classes;
	}

	private static List<String> classPath() {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		return Arrays.asList(classPath.split(File.pathSeparator));
	}

}
