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

package io.github.springsocketio.conformance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.github.springsocketio.testing.BrowserRun;
import io.github.springsocketio.testing.RequiresProgram;
import io.github.springsocketio.testsupport.ForkedProgram;
import io.github.springsocketio.testsupport.RedisProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Logs in with Chromium, while the official client polls and posts with the session id
 * from before, on a line with a latency of 75 ms. Requests are under way at each login,
 * because the server sends an event every 20 ms.
 */
@RequiresProgram({ BrowserRun.CHROMIUM, BrowserRun.CHROMIUM_BROWSER, BrowserRun.CHROME })
@Tag("SEC-99")
class LoginInBrowserIT {

	private static final Duration LATENCY = Duration.ofMillis(75);

	private static final int LOGINS = 3;

	@Test
	void loginsSurviveWithSessionsInMemory(@TempDir Path folder) throws Exception {
		assertThat(logins(folder, LoginApplication.class)).isEqualTo(expected());
	}

	@Test
	@RequiresProgram("redis-server")
	void loginsSurviveWithSpringSessionOnRedis(@TempDir Path folder) throws Exception {
		try (RedisProcess redis = RedisProcess.start()) {
			assertThat(logins(folder, LoginApplication.OnRedis.class, "--redis.port=" + redis.port()))
				.isEqualTo(expected());
		}
	}

	private static Report expected() {
		return new Report(Collections.nCopies(LOGINS, new Login("jane", List.of(), List.of())), List.of());
	}

	private static Report logins(Path folder, Class<?> application, String... arguments) throws Exception {
		String[] all = Stream
			.concat(Stream.of(arguments),
					Stream.of("--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off",
							"--spring.reactor.netty.shutdown-quiet-period=0s", "--logging.level.root=warn"))
			.toArray(String[]::new);
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(application).run(all);
				DelayingProxy proxy = new DelayingProxy(
						context.getEnvironment().getRequiredProperty("local.server.port", Integer.class), LATENCY)) {
			ForkedProgram browser = open(folder, "http://127.0.0.1:" + proxy.port() + "/?logins=" + LOGINS);
			try (browser) {
				String report = context.getBean(LoginApplication.Report.class).text().get(2, TimeUnit.MINUTES);
				return JsonMapper.shared().readValue(report, Report.class);
			}
			catch (TimeoutException ex) {
				throw new AssertionError("The page has sent no report: " + browser.output(), ex);
			}
		}
	}

	private static ForkedProgram open(Path folder, String url) {
		List<String> command = new ArrayList<>();
		command.add(BrowserRun.browser().toString());
		command.addAll(List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--remote-debugging-port=0", "--user-data-dir=" + folder.resolve("profile"), url));
		return ForkedProgram.start(new ProcessBuilder(command), folder.resolve("browser.log"));
	}

	/**
	 * What the page has found out.
	 *
	 * @param logins one after the other
	 * @param errors what kept it from going on
	 */
	record Report(List<Login> logins, List<String> errors) {

	}

	/**
	 * What became of a login.
	 *
	 * @param user who the user is when all requests with the former session id were
	 * responded to
	 * @param ends why the client was disconnected meanwhile
	 * @param missing numbers of messages that did not arrive
	 */
	record Login(String user, List<String> ends, List<Integer> missing) {

	}

}
