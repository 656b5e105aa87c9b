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

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import io.github.springsocketio.InvalidOptionException;
import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.web.Forwarding;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.reactor.netty.NettyWebServer;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;

/**
 * Announces the address of this node to other nodes, from the start of the web server
 * until the sessions are closed.
 */
final class NodeAnnouncement implements ApplicationListener<WebServerInitializedEvent>, SmartLifecycle {

	private static final Log logger = LogFactory.getLog(NodeAnnouncement.class);

	private final Forwarding forwarding;

	private final EngineOptions options;

	private final @Nullable URI advertised;

	private final Environment environment;

	private volatile @Nullable Disposable announcement;

	NodeAnnouncement(Forwarding forwarding, EngineOptions options, @Nullable URI advertised, Environment environment) {
		this.forwarding = forwarding;
		this.options = options;
		this.advertised = advertised;
		this.environment = environment;
	}

	@Override
	public void onApplicationEvent(WebServerInitializedEvent event) {
		if (event.getApplicationContext().getServerNamespace() != null) {
			// the web server of the management port
			return;
		}
		if (!(event.getWebServer() instanceof NettyWebServer)) {
			throw new InvalidSocketIoPropertyException(ForwardingConfiguration.FORWARD, true,
					"needs Reactor Netty as the web server", null);
		}
		URI address = (this.advertised != null) ? this.advertised : address(event.getWebServer().getPort());
		String tag = Objects.requireNonNull(this.options.nodeTag());
		try {
			this.announcement = this.forwarding.announce(tag, address).subscribe();
		}
		catch (InvalidOptionException ex) {
			throw PropertyToOption.refused("cluster", ex);
		}
		logger.info("Other nodes forward requests for sessions of this node '" + tag + "' to " + address);
	}

	private URI address(int port) {
		Binder binder = Binder.get(this.environment);
		if (Ssl.isEnabled(binder.bind("server.ssl", Ssl.class).orElse(null))) {
			throw new InvalidSocketIoPropertyException("socketio.cluster.advertised-address", null,
					"is needed where the server uses TLS, because its certificate is for a name", null);
		}
		InetAddress bound = binder.bind("server.address", InetAddress.class).orElse(null);
		InetAddress address = (bound != null && !bound.isAnyLocalAddress()) ? bound : machineAddress();
		try {
			return new URI("http", null, address.getHostAddress(), port, "", null, null);
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return an address of this machine that is reachable from other machines: of the
	 * first network interface with such an address, and preferably IPv4.
	 */
	private static InetAddress machineAddress() {
		try {
			List<NetworkInterface> interfaces = Collections.list(NetworkInterface.getNetworkInterfaces());
			return interfaces.stream()
				.sorted(Comparator.comparingInt(NetworkInterface::getIndex))
				.flatMap(NetworkInterface::inetAddresses)
				.filter((address) -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
				.min(Comparator.comparing((address) -> !(address instanceof Inet4Address)))
				.orElseGet(InetAddress::getLoopbackAddress);
		}
		catch (SocketException ex) {
			return InetAddress.getLoopbackAddress();
		}
	}

	@Override
	public void start() {
		// the announcement starts with the web server
	}

	@Override
	public void stop() {
		Disposable current = this.announcement;
		this.announcement = null;
		if (current != null) {
			current.dispose();
		}
	}

	@Override
	public boolean isRunning() {
		return this.announcement != null;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	/**
	 * Stops after the {@link SocketIoServerLifecycle} and before the web server.
	 */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 512;
	}

}
