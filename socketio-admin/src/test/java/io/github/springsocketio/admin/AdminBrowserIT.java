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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.testing.BrowserRun;
import io.github.springsocketio.testing.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The unmodified UI in Chromium; its steps are in {@code src/test/e2e}. With the system
 * property {@code pictures} it also takes the picture of the documentation, which takes a
 * minute.
 */
@RequiresProgram({ BrowserRun.CHROMIUM, BrowserRun.CHROMIUM_BROWSER, BrowserRun.CHROME })
class AdminBrowserIT {

	private static final Path PICTURE = Path.of("../docs/images/admin-ui.png");

	@Test
	@Timeout(value = 5, unit = TimeUnit.MINUTES)
	void uiWorksInABrowser() throws Exception {
		boolean picture = Boolean.getBoolean("pictures");
		try (AdminApplication application = AdminApplication.run("socketio.admin.mode=development", "second=1s",
				"socketio.admin.max-sockets=" + (picture ? 1000 : 10))) {
			ClientSocket doomed = application.connect("/");
			doomed.emitWithAck("enter", "doomed");
			application.connect("/").emitWithAck("enter", "lobby");
			application.connect("/chat");
			application.connect("/");
			ScheduledExecutorService load = picture ? load(application) : null;
			BrowserSteps.run("run.mjs", application.url(), picture ? PICTURE : null);
			if (load != null) {
				load.shutdownNow();
			}
			assertThat(doomed.awaitDisconnect()).isEqualTo("io server disconnect");
		}
	}

	/**
	 * Make something to see.
	 */
	private static ScheduledExecutorService load(AdminApplication application) {
		List<ClientSocket> clients = new ArrayList<>();
		for (int i = 0; i < 14; i++) {
			String nsp = (i % 3 == 0) ? "/chat" : "/";
			clients.add((i % 4 == 0) ? application.poll(nsp) : application.connect(nsp));
		}
		ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();
		AtomicInteger ticks = new AtomicInteger();
		load.scheduleWithFixedDelay(() -> {
			int tick = ticks.incrementAndGet();
			clients.get(tick % clients.size()).emit("note", "x".repeat((int) (400 + 300 * Math.sin(tick / 20.0))));
			if (tick % 8 == 0) {
				application.connect("/").io().close();
			}
		}, 0, 100, TimeUnit.MILLISECONDS);
		return load;
	}

}
