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
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application below {@code src/test/resources/before} becomes the one below
 * {@code after}.
 */
class MigrationTests {

	private final Project before = Project.read("before");

	private final Project after = Project.read("after").replace("@version@", PomVisitor.version());

	@Test
	void migratesNettySocketIo() {
		assertThat(this.before.migrate().files()).isEqualTo(this.after.files());
	}

	@Test
	void migratesSocketio4j(@TempDir Path directory) throws IOException {
		Project socketio4j = this.before
			.replace("com.corundumstudio.socketio.annotation.SpringAnnotationScanner",
					"com.socketio4j.socketio.spring.SpringAnnotationScanner")
			.replace("<groupId>com.corundumstudio.socketio</groupId>", "<groupId>com.socketio4j</groupId>")
			.replace("<artifactId>netty-socketio</artifactId>", "<artifactId>netty-socketio-core</artifactId>")
			.replace("com.corundumstudio.socketio", "com.socketio4j.socketio");
		assertThat(socketio4j.migrate(Socketio4jClasses.write(directory)).files()).isEqualTo(this.after.files());
	}

	@Test
	void changesNothingOfAMigratedApplication() {
		assertThat(this.after.migrate().files()).isEqualTo(this.after.files());
	}

}
