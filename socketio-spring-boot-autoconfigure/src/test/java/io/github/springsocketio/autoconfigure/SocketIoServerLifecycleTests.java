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

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SocketIoServerLifecycle}.
 */
@Timeout(30)
class SocketIoServerLifecycleTests {

	private final SocketIoServer server = SocketIoServer.create(EngineServer.create(EngineOptions.defaults()),
			SocketIoOptions.defaults());

	private final SocketIoServerLifecycle lifecycle = new SocketIoServerLifecycle(this.server, Duration.ofSeconds(5));

	@Test
	void stopsBeforeTheWebServerWaitsForOpenRequests() {
		assertThat(this.lifecycle.getPhase()).isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
	}

	@Test
	void isNotPausedWithTheContextsOfTests() {
		assertThat(this.lifecycle.isPauseable()).isFalse();
	}

	@Test
	void runsFromStartToStop() throws InterruptedException {
		assertThat(this.lifecycle.isRunning()).isFalse();
		this.lifecycle.start();
		assertThat(this.lifecycle.isRunning()).isTrue();
		stop();
		assertThat(this.lifecycle.isRunning()).isFalse();
	}

	@Test
	void stopsTwiceWithoutHarm() throws InterruptedException {
		this.lifecycle.start();
		stop();
		stop();
	}

	@Test
	@Tag("EIO-127")
	void closesAServerThatNeverStarted() {
		this.lifecycle.destroy();
		assertThatIllegalStateException().isThrownBy(this.lifecycle::start);
	}

	@Test
	void doesNotStartAgain() throws InterruptedException {
		this.lifecycle.start();
		stop();
		assertThatIllegalStateException().isThrownBy(this.lifecycle::start)
			.withMessageContaining("cannot be started again");
		assertThat(this.lifecycle.isRunning()).isFalse();
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void logsWhyTheServerCannotBeClosedAfterTheCallback(CapturedOutput output) {
		AtomicBoolean stopped = new AtomicBoolean();
		this.lifecycle.start();
		Schedulers.onScheduleHook("broken", (task) -> {
			throw new NoClassDefFoundError("missing");
		});
		try {
			this.lifecycle.stop(() -> {
				assertThat(output).doesNotContain("could not be closed");
				stopped.set(true);
			});
		}
		finally {
			Schedulers.resetOnScheduleHook("broken");
			this.server.close().block(Await.LIMIT);
		}
		assertThat(stopped).isTrue();
		assertThat(output).contains("The Socket.IO server could not be closed", "missing");
	}

	private void stop() throws InterruptedException {
		CountDownLatch stopped = new CountDownLatch(1);
		this.lifecycle.stop(stopped::countDown);
		assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
	}

}
