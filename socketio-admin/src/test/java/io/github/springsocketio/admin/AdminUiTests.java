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

package io.github.springsocketio.admin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files of the UI, under a path of the application and in the actuator.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminUiTests {

	private static final Pattern LINK = Pattern.compile("(?:href|src)=\"((?:js|css)/[^\"]+|favicon.png)\"");

	private AdminApplication application;

	@BeforeAll
	void start() {
		this.application = AdminApplication.run("socketio.admin.ui.path=/tools/sockets",
				"management.endpoints.web.exposure.include=socketioadmin");
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	private HttpResponse<String> get(String path) {
		try {
			return HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(URI.create(this.application.url() + path)).timeout(Await.LIMIT).build(),
						BodyHandlers.ofString());
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/tools/sockets/", "/tools/sockets/index.html", "/actuator/socketioadmin/index.html" })
	@Tag("CL-118")
	void pageHasItsFiles(String path) {
		HttpResponse<String> page = get(path);
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("text/html"));
		Matcher link = LINK.matcher(page.body());
		int links = 0;
		while (link.find()) {
			HttpResponse<String> file = get(URI.create(path).resolve(link.group(1)).getPath());
			assertThat(file.statusCode()).as(link.group(1)).isEqualTo(200);
			assertThat(file.headers().firstValue("Content-Type").orElse("")).contains(
					link.group(1).endsWith(".js") ? "javascript" : link.group(1).endsWith(".css") ? "css" : "png");
			links++;
		}
		assertThat(links).isGreaterThan(6);
	}

	@Test
	void pathWithoutSlashIsRedirected() {
		HttpResponse<String> response = get("/tools/sockets");
		assertThat(response.statusCode()).isEqualTo(307);
		assertThat(response.headers().firstValue("Location")).hasValue("sockets/");
	}

	@Test
	void pageCannotBeFramedNorRunForeignScripts() {
		HttpResponse<String> page = get("/tools/sockets/");
		assertThat(page.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(
				(policy) -> assertThat(policy).contains("script-src 'self';", "frame-ancestors 'none'"));
		assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
		assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/tools/sockets/x", "/tools/sockets/../x", "/tools/sockets/%2e%2e/LICENSE",
			"/tools/sockets/js/..%2f..%2fLICENSE", "/tools/sockets/js/", "/actuator/socketioadmin/x",
			"/actuator/socketioadmin/..%2fversion", "/socketio-admin/" })
	void otherFilesAreNotFound(String path) {
		assertThat(get(path).statusCode()).isBetween(400, 404);
	}

}
