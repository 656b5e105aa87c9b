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

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.springsocketio.engineio.TransportServer;
import io.github.springsocketio.testing.BrowserRun;
import io.github.springsocketio.testing.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The unmodified UI in Chromium with as many sockets as the system property
 * {@code admin.sockets} says. A hundred of them come and go each second, and a thousand
 * events are received and sent. What the browser has measured is in
 * {@code target/e2e/steps.jsonl}.
 */
@RequiresProgram({ BrowserRun.CHROMIUM, BrowserRun.CHROMIUM_BROWSER, BrowserRun.CHROME })
@EnabledIfSystemProperty(named = "admin.sockets", matches = "\\d+")
class ManySocketsBrowserIT {

	private static final int SOCKETS = Integer.getInteger("admin.sockets", 0);

	private static final Path PICTURE = Path.of("../docs/images/admin-ui-many.png");

	private final Queue<LoadConnection> clients = new ArrayDeque<>();

	private int opened;

	@Test
	@Timeout(value = 10, unit = TimeUnit.MINUTES)
	void uiStaysUsable() throws Exception {
		ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();
		try (AdminApplication application = AdminApplication.run("second=1s")) {
			for (int i = 0; i < SOCKETS; i++) {
				open(application);
			}
			assertThat(application.io().engine().clientsCount()).isEqualTo(SOCKETS);
			load.scheduleWithFixedDelay(() -> change(application), 0, 100, TimeUnit.MILLISECONDS);
			BrowserSteps.run("many.mjs", application.url(), Boolean.getBoolean("pictures") ? PICTURE : null);
		}
		finally {
			load.shutdownNow();
		}
	}

	private void open(AdminApplication application) {
		LoadConnection client = LoadConnection.open((TransportServer) application.io().engine(),
				"client" + ++this.opened);
		if (this.opened % 5 == 0) {
			client.receive("42[\"enter\",\"lobby\"]");
		}
		this.clients.add(client);
	}

	private void change(AdminApplication application) {
		for (int i = 0; i < 10; i++) {
			this.clients.remove().lose();
			open(application);
		}
		this.clients.stream()
			.limit(100)
			.forEach((client) -> client.receive("42[\"note\",\"" + "x".repeat(100) + "\"]"));
	}

}
