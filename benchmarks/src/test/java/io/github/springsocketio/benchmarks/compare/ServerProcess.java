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

package io.github.springsocketio.benchmarks.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server under load, in a process of its own, and what it costs by {@code /proc}.
 */
final class ServerProcess implements AutoCloseable {

	private static final double TICKS_PER_SECOND = 100;

	private final Process process;

	private final int port;

	private ServerProcess(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * Start a server and wait until it listens.
	 * @param command gets the port in the environment's {@code PORT}
	 * @param pinned whether it is bound to the first core
	 */
	static ServerProcess start(String command, boolean pinned) throws IOException, InterruptedException {
		int port;
		// free on all addresses, as some servers listen on all and clients use many
		try (ServerSocket free = new ServerSocket(0)) {
			port = free.getLocalPort();
		}
		List<String> words = new ArrayList<>();
		if (pinned) {
			words.addAll(List.of("taskset", "-c", "0"));
		}
		words.addAll(List.of(command.split(" ")));
		Path log = Files.createTempFile("benchmark-server", ".log");
		ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
		builder.environment().put("PORT", String.valueOf(port));
		ServerProcess server = new ServerProcess(builder.start(), port);
		for (int i = 0; i < 900; i++) {
			try (Socket socket = new Socket()) {
				socket.connect(server.address(), 1000);
				return server;
			}
			catch (IOException ex) {
				if (!server.process.isAlive()) {
					break;
				}
				// Nothing tells when another program, of whatever kind, begins to listen
				Thread.sleep(100);
			}
		}
		server.close();
		throw new IOException("'" + command + "' does not listen; see " + log);
	}

	InetSocketAddress address() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port);
	}

	/**
	 * Return the time that all its threads have used, in seconds.
	 */
	double cpuSeconds() throws IOException {
		return seconds(Files.readString(Path.of("/proc", String.valueOf(this.process.pid()), "stat")));
	}

	/**
	 * Return the part of this time in user space, in seconds.
	 */
	double userSeconds() throws IOException {
		String stat = Files.readString(Path.of("/proc", String.valueOf(this.process.pid()), "stat"));
		return Long.parseLong(fields(stat)[11]) / TICKS_PER_SECOND;
	}

	/**
	 * Return the time that each of its threads has used, in seconds, by the threads' ids
	 * and names without the numbers at their ends.
	 */
	Map<ThreadId, Double> threads() throws IOException {
		Map<ThreadId, Double> used = new HashMap<>();
		Path tasks = Path.of("/proc", String.valueOf(this.process.pid()), "task");
		try (Stream<Path> threads = Files.list(tasks)) {
			for (Path thread : threads.toList()) {
				try {
					String stat = Files.readString(thread.resolve("stat"));
					String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
					used.put(new ThreadId(thread.getFileName().toString(), name.replaceFirst("\\d+$", "")),
							seconds(stat));
				}
				catch (NoSuchFileException ex) {
					// The thread has ended since it was listed, and what it used is of no
					// interest
				}
			}
		}
		return used;
	}

	private static String[] fields(String stat) {
		return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
	}

	private static double seconds(String stat) {
		String[] fields = fields(stat);
		return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
	}

	/**
	 * Return its resident memory in KiB.
	 */
	long residentKib() throws IOException {
		for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(this.process.pid()), "status"))) {
			if (line.startsWith("VmRSS:")) {
				return Long.parseLong(line.replaceAll("\\D", ""));
			}
		}
		throw new IOException("No VmRSS");
	}

	/**
	 * Return what is left on the heap of a JVM after a full collection, in bytes.
	 */
	long liveHeap() throws IOException {
		return Long.parseLong(jcmd("GC.class_histogram", "Total").split("\\s+")[2]);
	}

	/**
	 * Return a performance counter of a JVM.
	 */
	long counter(String name) throws IOException {
		return Long.parseLong(jcmd("PerfCounter.print", name + "=").substring(name.length() + 1));
	}

	/**
	 * Return the line of the output that begins so.
	 */
	private String jcmd(String command, String beginning) throws IOException {
		Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
				String.valueOf(this.process.pid()), command)
			.redirectErrorStream(true)
			.start();
		try (BufferedReader reader = jcmd.inputReader()) {
			return reader.lines()
				.filter((line) -> line.startsWith(beginning))
				.findFirst()
				.orElseThrow(() -> new IOException("No '" + beginning + "' in the output of jcmd " + command));
		}
	}

	@Override
	public void close() throws InterruptedException {
		this.process.destroy();
		if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
			this.process.destroyForcibly().waitFor();
		}
	}

	/**
	 * A thread.
	 *
	 * @param id its number in {@code /proc}
	 * @param group its name without the number at its end
	 */
	record ThreadId(String id, String group) {

	}

}
