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

package io.github.springsocketio.fuzzing;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fuzzes the targets one after the other, each in a JVM of its own, for as long as it is
 * told to. The corpus stays, so that the next run goes on from there.
 */
public final class Fuzzing {

	/** A program for the command line: this is what it is started for. */
	private static final PrintStream OUT = System.out;

	static final String PACKAGE = "io.github.springsocketio.";

	static final List<String> TARGETS = List.of("engineio.packet.PayloadV4Fuzz", "engineio.packet.PayloadV3Fuzz",
			"engineio.web.WebSocketFuzz", "engineio.web.CookieFuzz", "engineio.web.CookieValueFuzz",
			"engineio.web.QueryFuzz", "socketio.packet.JsonPacketFuzz", "socketio.packet.MsgpackPacketFuzz",
			"redis.ClusterMessageFuzz");

	private Fuzzing() {
	}

	/**
	 * Run.
	 * @param args a directory for what is found, the seconds for each target, and
	 * {@code all} or the names of targets with commas between
	 * @throws Exception if a process cannot be started
	 */
	public static void main(String[] args) throws Exception {
		List<String> wanted = Arrays.asList(args[2].split(","));
		List<String> failed = new ArrayList<>();
		for (String target : TARGETS) {
			String name = target.substring(target.lastIndexOf('.') + 1);
			if ((wanted.contains("all") || wanted.contains(name)) && !fuzz(target, name, args)) {
				failed.add(name);
			}
		}
		OUT.println(failed.isEmpty() ? "Nothing was found" : "Found something: " + failed);
		System.exit(failed.isEmpty() ? 0 : 1);
	}

	private static boolean fuzz(String target, String name, String[] args) throws IOException, InterruptedException {
		JazzerProcess jazzer = new JazzerProcess(Path.of(args[0], name), PACKAGE + target);
		Path seeds = seeds(target);
		OUT.println("Fuzzing " + name + " for " + args[1] + " s");
		boolean clean = jazzer.run(Integer.parseInt(args[1]),
				Files.isDirectory(seeds) ? new String[] { seeds.toString() } : new String[0]);
		jazzer.lines()
			.stream()
			.filter((line) -> !clean || line.contains("DONE") || line.startsWith("stat::number_of_executed"))
			.forEach(OUT::println);
		return clean;
	}

	/**
	 * Return the directory of a target's seeds, which need not exist.
	 */
	static Path seeds(String target) {
		return Path.of("src/test/resources/io/github/springsocketio", target.replace('.', '/') + "Inputs", "fuzz")
			.toAbsolutePath();
	}

}
