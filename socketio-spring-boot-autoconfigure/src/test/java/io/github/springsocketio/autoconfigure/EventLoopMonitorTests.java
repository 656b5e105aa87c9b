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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.springsocketio.testsupport.Await;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityState;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NettyEventLoopMonitor} and {@link ProcessMonitor}.
 */
@Timeout(60)
class EventLoopMonitorTests {

	private final EventLoop loop = new DefaultEventLoop();

	private final NettyEventLoopMonitor monitor = new NettyEventLoopMonitor();

	@AfterEach
	void end() {
		this.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
	}

	@Test
	void findsTheEventLoopThatHasEnded() {
		this.monitor.add(this.loop);
		assertThat(this.monitor.findEnded()).isNull();
		this.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
		assertThat(this.monitor.findEnded()).startsWith("defaultEventLoop");
	}

	@Test
	void findsTheEventLoopThatIsBlocked() throws InterruptedException {
		this.monitor.add(this.loop);
		assertThat(this.monitor.findBlocked()).isNull();
		AtomicBoolean released = new AtomicBoolean();
		this.loop.execute(() -> spin(released));
		try {
			assertThat(this.monitor.findBlocked()).contains("defaultEventLoop").contains("EventLoopMonitorTests.spin");
		}
		finally {
			released.set(true);
		}
	}

	@Test
	void endOfAnEventLoopBreaksLiveness() {
		try (GenericApplicationContext context = context()) {
			this.monitor.add(this.loop);
			this.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
			Await.until("liveness", () -> liveness(context) == LivenessState.BROKEN);
		}
	}

	@Test
	void endOfAnEventLoopIsNoErrorWhileTheApplicationIsStopped() {
		this.monitor.add(this.loop);
		ProcessMonitor process = new ProcessMonitor(new GenericApplicationContext(), this.monitor, false,
				Duration.ofSeconds(30));
		process.start();
		process.stop();
		this.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
		assertThat(this.monitor.findEnded()).isNotNull();
		process.checkEventLoops();
		assertThat(process.error()).isNull();
		process.start();
		process.checkEventLoops();
		assertThat(process.error()).isNull();
	}

	private GenericApplicationContext context() {
		GenericApplicationContext context = new GenericApplicationContext();
		context.registerBean(ApplicationAvailabilityBean.class);
		context.registerBean(ProcessMonitor.class,
				() -> new ProcessMonitor(context, this.monitor, false, Duration.ofSeconds(30)));
		context.refresh();
		return context;
	}

	private static AvailabilityState liveness(GenericApplicationContext context) {
		return context.getBean(ApplicationAvailabilityBean.class).getLivenessState();
	}

	private static void spin(AtomicBoolean released) {
		while (!released.get()) {
			// blocks
		}
	}

}
