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

package io.github.springsocketio.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A Prometheus that reads the metrics of an application each second, on a port of its
 * own.
 *
 * @since 0.1.0
 */
public final class PrometheusProcess implements AutoCloseable {

	private static final Pattern LISTENING = Pattern.compile("msg=\"?Listening on\"? address=\\S*:(\\d+)\\s");

	private static final Pattern READY = Pattern.compile("Server is ready");

	private static final Pattern VALUE = Pattern.compile("\"value\":\\[[^,]+,\"([^\"]+)\"]");

	private final HttpClient client = HttpClient.newHttpClient();

	private final ForkedProgram program;

	private final int port;

	private PrometheusProcess(ForkedProgram program) {
		this.program = program;
		this.program.awaitOutput(READY);
		this.port = Integer.parseInt(program.awaitOutput(LISTENING).group(1));
	}

	/**
	 * Start a Prometheus.
	 * @param directory the directory for its files
	 * @param target the port of the application, which has its metrics at
	 * {@code /metrics}
	 * @return the Prometheus
	 */
	public static PrometheusProcess start(Path directory, int target) {
		Path configuration = directory.resolve("prometheus.yml");
		try {
			Files.writeString(configuration, """
					global:
					  scrape_interval: 1s
					  scrape_timeout: 1s
					scrape_configs:
					  - job_name: socketio
					    metrics_path: /metrics
					    static_configs:
					      - targets: ["localhost:%d"]
					""".formatted(target));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		ProcessBuilder command = new ProcessBuilder("prometheus", "--config.file=" + configuration,
				"--storage.tsdb.path=" + directory.resolve("data"), "--web.listen-address=127.0.0.1:0");
		return new PrometheusProcess(ForkedProgram.start(command, directory.resolve("prometheus.log")));
	}

	/**
	 * Return the port.
	 * @return the port
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Wait until a query of a dashboard has data: a value above zero, or zero where it is
	 * not about a rate.
	 * @param expression the query, with Grafana's variables
	 * @param load called between the queries, as rates need a change between two readings
	 */
	public void awaitData(String expression, Runnable load) {
		String query = expression.replace("$instance", ".*").replace("$__rate_interval", "1m");
		this.program.until("data for " + query, () -> {
			boolean found = hasData(query);
			if (!found) {
				load.run();
			}
			return found;
		});
	}

	private boolean hasData(String query) {
		String response = query(query);
		if (!response.startsWith("{\"status\":\"success\"")) {
			throw new AssertionError(query + ": " + response);
		}
		List<Double> values = VALUE.matcher(response)
			.results()
			.map((match) -> Double.valueOf(match.group(1).replace("+Inf", "Infinity")))
			.toList();
		return values.stream().anyMatch((value) -> value > 0 || (value == 0 && !query.contains("rate(")));
	}

	private String query(String query) {
		URI uri = URI.create("http://127.0.0.1:" + this.port + "/api/v1/query?query="
				+ URLEncoder.encode(query, StandardCharsets.UTF_8));
		try {
			return this.client.send(HttpRequest.newBuilder(uri).timeout(Await.LIMIT).build(), BodyHandlers.ofString())
				.body();
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.program.close();
	}

}
