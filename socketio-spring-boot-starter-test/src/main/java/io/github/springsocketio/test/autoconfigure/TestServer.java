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
import org.springframework.util.Assert;

/**
 * Provides the address of the server of the application. If the application has no
 * server, starts one that delegates requests to the application.
 */
final class TestServer implements DisposableBean {

	/**
	 * Separate from the global resources of Reactor Netty, which are disposed with any
	 * application of the JVM.
	 */
	private static final LoopResources LOOPS = LoopResources.create("socketio-test-server",
			LoopResources.DEFAULT_IO_WORKER_COUNT, true);

	private static final String PORT = "local.server.port";

	private static final String OWN_PORT = "local.socketio.port";

	private final Environment environment;

	private final ObjectProvider<HttpHandler> handler;

	private final AtomicReference<@Nullable DisposableServer> started = new AtomicReference<>();

	TestServer(Environment environment, ObjectProvider<HttpHandler> handler) {
		this.environment = environment;
		this.handler = handler;
	}

	String url() {
		String own = this.environment.getProperty(OWN_PORT);
		if (own != null) {
			return url(own, "socketio.server.ssl.");
		}
		String port = this.environment.getProperty(PORT);
		return (port != null) ? url(port, "server.ssl.") : "http://localhost:" + started().port();
	}

	private String url(String port, String prefix) {
		boolean ssl = this.environment.getProperty(prefix + "enabled", Boolean.class,
				this.environment.containsProperty(prefix + "bundle")
						|| this.environment.containsProperty(prefix + "key-store")
						|| this.environment.containsProperty(prefix + "certificate"));
		return (ssl ? "https" : "http") + "://localhost:" + port;
	}

	/**
	 * Return whether the endpoint has its own port in addition to the port of the
	 * application.
	 */
	boolean hasOwnPort() {
		return this.environment.containsProperty(OWN_PORT);
	}

	/**
	 * Return the event loops of the server at {@link #url()}.
	 */
	LoopResources loops(ObjectProvider<ReactorResourceFactory> resources) {
		if (!hasOwnPort() && !this.environment.containsProperty(PORT)) {
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
		HttpHandler application = this.handler.getIfAvailable();
		Assert.state(application != null, "A servlet application needs a port in tests of its sockets: set "
				+ "'webEnvironment' of @SpringBootTest to RANDOM_PORT");
		DisposableServer created = HttpServer.create()
			.runOn(LOOPS)
			.host("localhost")
			.port(0)
			.handle(new ReactorHttpHandlerAdapter(application))
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
