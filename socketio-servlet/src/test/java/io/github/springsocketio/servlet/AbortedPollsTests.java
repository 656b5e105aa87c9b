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

package io.github.springsocketio.servlet;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Hooks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that drop a poll at the moment of its response neither damage the responses to
 * others, nor have anything logged as an error. {@code -Daborted-polls.seconds=60} makes
 * it last longer than in the build.
 */
class AbortedPollsTests {

	private static final Log logger = LogFactory.getLog(AbortedPollsTests.class);

	private static final int CLIENTS = 3;

	private static final String PATH = "/socket.io/?EIO=4&transport=polling";

	private final Duration duration = Duration.ofSeconds(Integer.getInteger("aborted-polls.seconds", 2));

	private final AtomicInteger answered = new AtomicInteger();

	private final AtomicInteger dropped = new AtomicInteger();

	/** Errors of which nobody takes note, which would be logged as errors. */
	private final Queue<Throwable> unnoticed = new ConcurrentLinkedQueue<>();

	@BeforeEach
	void note() {
		Hooks.onErrorDropped(this.unnoticed::add);
	}

	@AfterEach
	void reset() {
		Hooks.resetOnErrorDropped();
	}

	@Test
	void shouldNotDamageResponsesOnTomcat(@TempDir Path directory) throws Exception {
		test(new TomcatContainer(), directory);
	}

	@Test
	void shouldNotDamageResponsesOnJetty(@TempDir Path directory) throws Exception {
		test(new JettyContainer(), directory);
	}

	private void test(ServletContainer container, Path directory) throws Exception {
		EngineServer engine = EngineServer.create(EngineOptions.builder().pingInterval(Duration.ofMinutes(10)).build());
		engine.setConnectionHandler(new EchoHandler());
		ExecutorService executor = Executors.newCachedThreadPool();
		try (container) {
			container.start(new EngineServlet(EngineWebFilter.builder(engine).build()), "", null, directory);
			long end = System.nanoTime() + this.duration.toNanos();
			List<Future<?>> clients = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				clients.add(executor.submit(client(() -> poll(container.port(), end))));
				clients.add(executor.submit(client(() -> drop(container.port(), end))));
			}
			for (Future<?> client : clients) {
				client.get(this.duration.plus(Await.LIMIT).toSeconds(), TimeUnit.SECONDS);
			}
			Await.get("the end of the engine", engine.close().toFuture());
		}
		finally {
			executor.shutdownNow();
		}
		logger.info(container.getClass().getSimpleName() + ": " + this.answered + " answers, " + this.dropped
				+ " polls dropped");
		assertThat(this.answered).hasValueGreaterThan(10);
		assertThat(this.dropped).hasValueGreaterThan(10);
		assertThat(this.unnoticed).isEmpty();
	}

	private static Callable<Void> client(Runnable client) {
		return Executors.callable(client, null);
	}

	/**
	 * Poll on a connection that is kept alive, and check each response.
	 */
	private void poll(int port, long end) {
		try (RawHttp gets = new RawHttp(port); RawHttp posts = new RawHttp(port)) {
			String target = PATH + "&sid=" + sid(gets);
			for (int i = 0; System.nanoTime() - end < 0; i++) {
				gets.send("GET", target, null);
				assertThat(posts.post(target, "4message " + i).text()).isEqualTo("ok");
				RawResponse response = gets.read();
				assertThat(response.status()).isEqualTo(200);
				assertThat(response.text()).isIn("4message " + i, "2");
				this.answered.incrementAndGet();
			}
		}
	}

	/**
	 * Drop the connection of a poll while the server answers it.
	 */
	private void drop(int port, long end) {
		while (System.nanoTime() - end < 0) {
			try (RawHttp posts = new RawHttp(port)) {
				String target = PATH + "&sid=" + sid(posts);
				for (int i = 0; i < 20; i++) {
					RawHttp gets = new RawHttp(port);
					gets.send("GET", target, null);
					posts.send("POST", target, "4dropped".getBytes(), "Content-Type: text/plain");
					if (i % 2 == 0) {
						gets.connection().reset();
					}
					else {
						gets.close();
					}
					this.dropped.incrementAndGet();
					if (posts.read().status() != 200) {
						// The session has ended, as its poll was lost
						break;
					}
				}
			}
			catch (UncheckedIOException ex) {
				throw new AssertionError("The connection of a POST has failed", ex);
			}
		}
	}

	private static String sid(RawHttp http) {
		RawResponse handshake = http.get(PATH);
		assertThat(handshake.status()).isEqualTo(200);
		return handshake.text().replaceAll("(?s).*\"sid\":\"([^\"]*)\".*", "$1");
	}

}
