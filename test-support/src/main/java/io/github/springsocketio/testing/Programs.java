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

package io.github.springsocketio.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Programs on the {@code PATH}.
 */
public final class Programs {

	private Programs() {
	}

	/**
	 * Return the first of the given programs that can be started.
	 * @param names the names of the program, in order of preference
	 * @return the path of the program, or empty if there is none
	 */
	public static Optional<Path> find(String... names) {
		return findOn(System.getenv("PATH"), names);
	}

	static Optional<Path> findOn(@Nullable String path, String... names) {
		if (path == null) {
			return Optional.empty();
		}
		return Stream.of(names)
			.flatMap((name) -> Pattern.compile(File.pathSeparator, Pattern.LITERAL)
				.splitAsStream(path)
				.filter((directory) -> !directory.isEmpty())
				.map((directory) -> Path.of(directory, name)))
			.filter((file) -> Files.isRegularFile(file) && Files.isExecutable(file))
			.findFirst();
	}

}
