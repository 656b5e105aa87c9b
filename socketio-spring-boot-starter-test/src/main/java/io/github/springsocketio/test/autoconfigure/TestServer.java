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

package io.github.springsocketio.test.autoconfigure;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpResources;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;

/**
 * Knows the address of the server: that of the application, or of one that passes
 * requests to an application without a server.
 */
final class TestServer implements DisposableBean {

	/** Not those of Reactor Netty, which end with any application of the JVM. */
	private static final LoopResources LOOPS = LoopResources.create("socketio-test-server",
			LoopResources.DEFAULT_IO_WORKER_COUNT, true);

	private final Environment environment;

	private final ObjectProvider<HttpHandler> handler;

	private final AtomicReference<@Nullable DisposableServer> started = new AtomicReference<>();

	TestServer(Environment environment, ObjectProvider<HttpHandler> handler) {
		this.environment = environment;
		this.handler = handler;
	}

	String url() {
		String port = this.environment.getProperty("local.server.port");
		if (port != null) {
			boolean ssl = this.environment.getProperty("server.ssl.enabled", Boolean.class,
					this.environment.containsProperty("server.ssl.bundle")
							|| this.environment.containsProperty("server.ssl.key-store")
							|| this.environment.containsProperty("server.ssl.certificate"));
			return (ssl ? "https" : "http") + "://localhost:" + port;
		}
		return "http://localhost:" + started().port();
	}

	/**
	 * Return the event loops of the server that {@link #url()} names.
	 */
	LoopResources loops(ObjectProvider<ReactorResourceFactory> resources) {
		if (!this.environment.containsProperty("local.server.port")) {
			return LOOPS;
		}
		ReactorResourceFactory factory = resources.getIfUnique();
		return (factory != null) ? factory.getLoopResources() : HttpResources.get();
	}

	private DisposableServer started() {
		DisposableServer running = this.started.get();
		if (running != null) {
			return running;
		}
		DisposableServer created = HttpServer.create()
			.runOn(LOOPS)
			.host("localhost")
			.port(0)
			.handle(new ReactorHttpHandlerAdapter(this.handler.getObject()))
			.bindNow();
		if (this.started.compareAndSet(null, created)) {
			return created;
		}
		created.disposeNow();
		return started();
	}

	@Override
	public void destroy() {
		DisposableServer running = this.started.getAndSet(null);
		if (running != null) {
			running.disposeNow();
		}
	}

}
