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

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.RawHttp;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thread that has a response, and a thread of the container that ends its request.
 */
class ContainerLockTests {

	private final EchoHandler handler = new EchoHandler();

	/** The container ends the request, and holds its locks for that. */
	private final CompletableFuture<Void> ending = new CompletableFuture<>();

	private final CompletableFuture<Thread> sending = new CompletableFuture<>();

	@Test
	void shouldNotWaitForEachOtherOnTomcat(@TempDir Path directory) throws Exception {
		test(new TomcatContainer(), directory, 1);
	}

	@Test
	void shouldNotWaitForEachOtherOnJetty(@TempDir Path directory) throws Exception {
		// Jetty may overlook a time limit that has passed while it is set
		test(new JettyContainer(), directory, 2000);
	}

	private void test(ServletContainer container, Path directory, long timeLimit) throws Exception {
		EngineServer engine = EngineServer.create(EngineOptions.builder().build());
		engine.setConnectionHandler(this.handler);
		try (container) {
			container.start(new EngineServlet(EngineWebFilter.builder(engine).build()), "", new EndingFilter(timeLimit),
					directory);
			try (RawHttp http = new RawHttp(container.port())) {
				http.get("/socket.io/?EIO=4&transport=polling");
				EngineSession session = this.handler.awaitSession();
				http.send("GET", "/socket.io/?EIO=4&transport=polling&wait=1&sid=" + session.id(), null);
				Await.get("the end of the request", this.ending);
				Thread sender = new Thread(() -> session.send("hello"), "sender");
				sender.setDaemon(true);
				sender.start();
				this.sending.complete(sender);
				Await.until("it was sent", () -> !sender.isAlive());
				assertThat(http.read().status()).isEqualTo(200);
			}
			Await.get("the end of the engine", engine.close().toFuture());
		}
	}

	/**
	 * Has requests ended by the container.
	 */
	private final class EndingFilter extends HttpFilter {

		private static final long serialVersionUID = 1L;

		private final long timeLimit;

		EndingFilter(long timeLimit) {
			this.timeLimit = timeLimit;
		}

		@Override
		protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			if (request.getParameter("wait") == null) {
				chain.doFilter(request, response);
				return;
			}
			chain.doFilter(new HttpServletRequestWrapper(request) {
				@Override
				public AsyncContext startAsync(ServletRequest asyncRequest, ServletResponse asyncResponse) {
					AsyncContext context = super.startAsync(asyncRequest, asyncResponse);
					// ahead of the listener of the endpoint
					context.addListener(new EndingListener());
					return context;
				}
			}, response);
			request.getAsyncContext().setTimeout(this.timeLimit);
		}

	}

	/**
	 * Waits until the sender has ended or waits itself.
	 */
	private final class EndingListener implements AsyncListener {

		@Override
		public void onTimeout(AsyncEvent event) {
			ContainerLockTests.this.ending.complete(null);
			Thread sender = Await.get("the sender", ContainerLockTests.this.sending);
			Await.until("the sender has ended or waits", () -> !sender.isAlive()
					|| sender.getState() == Thread.State.WAITING || sender.getState() == Thread.State.BLOCKED);
		}

		@Override
		public void onError(AsyncEvent event) {
			// Not in this test
		}

		@Override
		public void onComplete(AsyncEvent event) {
			// The end
		}

		@Override
		public void onStartAsync(AsyncEvent event) {
			// Not in this test
		}

	}

}
