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

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.Http2;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServer;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.util.Assert;

/**
 * Creates the Reactor Netty web server for the endpoint's own port.
 *
 * @param properties the properties of the port
 * @param environment the environment; some properties of the application's server also
 * apply to this server
 * @param sslBundles the bundles of the application, or {@code null}
 * @param resources the event loops of the application, or {@code null}
 * @param customizers the customizers, in the order in which they are called
 */
record ServerPortFactory(SocketIoServerProperties properties, Environment environment, @Nullable SslBundles sslBundles,
		@Nullable ReactorResourceFactory resources, List<NettyServerCustomizer> customizers) {

	private static final String SSL = "server.ssl";

	/**
	 * Create the server without starting it.
	 * @param handler handles the requests
	 */
	WebServer create(HttpHandler handler) {
		NettyReactiveWebServerFactory factory = new NettyReactiveWebServerFactory();
		PropertyToOption.set("server.port", this.properties.getPort(), (port) -> {
			Assert.isTrue(port >= 0 && port <= 65535, "must be from 0 to 65535");
			factory.setPort(port);
		});
		if (this.properties.getAddress() != null) {
			factory.setAddress(this.properties.getAddress());
		}
		if (this.properties.getHttp2().isEnabled()) {
			Http2 http2 = new Http2();
			http2.setEnabled(true);
			factory.setHttp2(http2);
		}
		if (this.resources != null) {
			factory.setResourceFactory(this.resources);
		}
		factory.setShutdown(
				Binder.get(this.environment).bind("server.shutdown", Shutdown.class).orElse(Shutdown.GRACEFUL));
		factory.setUseForwardHeaders(usesForwardHeaders());
		factory.setServerCustomizers(this.customizers);
		return Ssl.isEnabled(this.properties.getSsl()) ? createWithSsl(factory, handler)
				: factory.getWebServer(handler);
	}

	private WebServer createWithSsl(NettyReactiveWebServerFactory factory, HttpHandler handler) {
		Ssl ssl = Objects.requireNonNull(this.properties.getSsl());
		PropertyToOption.set(SSL + ".bundle", ssl.getBundle(), this::requireBundle);
		factory.setSsl(ssl);
		factory.setSslBundles(this.sslBundles);
		try {
			return factory.getWebServer(handler);
		}
		catch (RuntimeException ex) {
			throw new InvalidSocketIoPropertyException(PropertyToOption.PREFIX + SSL + certificateProperty(ssl),
					certificate(ssl), String.valueOf(ex.getMessage()), ex);
		}
	}

	private void requireBundle(String name) {
		try {
			if (this.sslBundles != null) {
				this.sslBundles.getBundle(name);
			}
		}
		catch (NoSuchSslBundleException ex) {
			throw new IllegalArgumentException("is not the name of a bundle below 'spring.ssl.bundle'");
		}
	}

	private static String certificateProperty(Ssl ssl) {
		return (ssl.getBundle() != null) ? ".bundle" : (ssl.getCertificate() != null) ? ".certificate" : ".key-store";
	}

	private static @Nullable String certificate(Ssl ssl) {
		return (ssl.getBundle() != null) ? ssl.getBundle()
				: (ssl.getCertificate() != null) ? ssl.getCertificate() : ssl.getKeyStore();
	}

	/**
	 * Return whether Reactor Netty applies forwarded headers, as for the server of the
	 * application.
	 */
	private boolean usesForwardHeaders() {
		String strategy = forwardHeadersStrategy(this.environment);
		if (strategy == null) {
			CloudPlatform platform = CloudPlatform.getActive(this.environment);
			return platform != null && platform.isUsingForwardHeaders();
		}
		return strategy.equalsIgnoreCase("native");
	}

	static @Nullable String forwardHeadersStrategy(Environment environment) {
		return environment.getProperty("server.forward-headers-strategy");
	}

}
