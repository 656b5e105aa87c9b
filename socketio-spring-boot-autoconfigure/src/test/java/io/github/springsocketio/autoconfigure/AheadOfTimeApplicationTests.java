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

package io.github.springsocketio.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import io.github.springsocketio.autoconfigure.AheadOfTimeApplication.Author;
import io.github.springsocketio.autoconfigure.AheadOfTimeApplication.Message;
import io.github.springsocketio.autoconfigure.AheadOfTimeApplication.Receipt;
import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.ForkedJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.context.aot.AbstractAotProcessor.Settings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that is processed ahead of time, as for a native image, and runs with
 * what was generated.
 */
@Timeout(120)
class AheadOfTimeApplicationTests {

	private static final String CLASS_PATH = System.getProperty("surefire.test.class.path",
			System.getProperty("java.class.path"));

	@TempDir
	private Path directory;

	private Path sources;

	private Path resources;

	private Path classes;

	@Test
	void annotatedHandlersAreServed() throws IOException {
		this.sources = Files.createDirectory(this.directory.resolve("sources"));
		this.resources = Files.createDirectory(this.directory.resolve("resources"));
		this.classes = Files.createDirectory(this.directory.resolve("classes"));
		process();
		compile();
		try (ForkedJvm application = run(); SocketIoTester tester = tester(application)) {
			SocketTester socket = tester.namespace("/room-1").connect();
			socket.emitWithAck("send", new Message("hello", new Author("ann")))
				.expectAck(Receipt.class)
				.isEqualTo(new Receipt("1", 5, new Author("ann")));
			assertThat(error(socket, "send", new Message("hello", new Author("")))).contains("code=validation",
					"author.name");
			assertThat(error(socket, "denied")).contains("code=unauthenticated");
		}
		assertThat(hints()).contains("AheadOfTimeApplication$Message", "AheadOfTimeApplication$Author",
				"AheadOfTimeApplication$Receipt");
	}

	private void process() {
		Settings settings = Settings.builder()
			.sourceOutput(this.sources)
			.resourceOutput(this.resources)
			.classOutput(this.classes)
			.groupId("test")
			.artifactId("test")
			.build();
		new SpringApplicationAotProcessor(AheadOfTimeApplication.class, settings, new String[0]).process();
	}

	private void compile() throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		StringWriter output = new StringWriter();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
			List<String> options = List.of("-proc:none", "-nowarn", "-d", this.classes.toString(), "-classpath",
					this.classes + File.pathSeparator + CLASS_PATH);
			boolean compiled = compiler
				.getTask(output, files, null, options, null, files.getJavaFileObjectsFromPaths(generated()))
				.call();
			assertThat(compiled).as(output.toString()).isTrue();
		}
	}

	private List<Path> generated() throws IOException {
		try (Stream<Path> files = Files.walk(this.sources)) {
			return files.filter((file) -> file.toString().endsWith(".java")).toList();
		}
	}

	private ForkedJvm run() {
		return ForkedJvm.start(List.of(this.classes, this.resources), AheadOfTimeApplication.class,
				List.of("-XX:TieredStopAtLevel=1", "-D" + AotDetector.AOT_ENABLED + "=true"), "--server.port=0",
				"--spring.main.banner-mode=off");
	}

	private static SocketIoTester tester(ForkedJvm application) {
		return SocketIoTester.bindToServer("http://localhost:" + application.awaitLine(AheadOfTimeApplication.STARTED))
			.timeout(Await.LIMIT);
	}

	private static String error(SocketTester socket, String event, Object... args) {
		return String.valueOf(socket.emitWithAck(event, args).expectAck(Map.class).value().get("error"));
	}

	/**
	 * Return what a native image is told to keep.
	 */
	private String hints() throws IOException {
		return Files.readString(this.resources.resolve("META-INF/native-image/test/test/reachability-metadata.json"));
	}

}
