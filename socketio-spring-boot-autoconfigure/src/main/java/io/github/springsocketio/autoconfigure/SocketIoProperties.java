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
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.engineio.web.WebSocketOriginCheck;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * Properties of the Socket.IO server.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("socketio")
public class SocketIoProperties {

	/**
	 * Whether the Socket.IO server is enabled.
	 */
	private boolean enabled = true;

	/**
	 * Path of the endpoint, below the base path of the application.
	 */
	private String path = "/socket.io";

	/**
	 * Whether the path of the endpoint ends with a slash.
	 */
	private boolean addTrailingSlash = true;

	/**
	 * Whether the browser client is served below the path of the endpoint, if its bundles
	 * are on the class path.
	 */
	private boolean serveClient = true;

	/**
	 * Transports that clients may use.
	 */
	private List<TransportType> transports = List.of(TransportType.POLLING, TransportType.WEBSOCKET);

	/**
	 * Whether sessions may change from long-polling to websocket.
	 */
	private boolean allowUpgrades = true;

	/**
	 * Whether websockets on Reactor Netty are served directly behind its frame decoder.
	 * Otherwise, and on other web servers, they cost more.
	 */
	private boolean nativeWebsocket = true;

	/**
	 * Whether clients that speak Engine.IO protocol 3 (Socket.IO 2) are served.
	 */
	private boolean allowEio3;

	/**
	 * Time between two pings of the server. If a duration suffix is not specified,
	 * milliseconds will be used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration pingInterval = Duration.ofSeconds(25);

	/**
	 * Time within which a client must answer a ping. If a duration suffix is not
	 * specified, milliseconds will be used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration pingTimeout = Duration.ofSeconds(20);

	/**
	 * Time within which an upgrade to websocket must be completed. If a duration suffix
	 * is not specified, milliseconds will be used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration upgradeTimeout = Duration.ofSeconds(10);

	/**
	 * Time within which a client must join a namespace before it is disconnected. If a
	 * duration suffix is not specified, milliseconds will be used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration connectTimeout = Duration.ofSeconds(45);

	/**
	 * Time that a closing session waits for the poll that takes what is left to send. If
	 * a duration suffix is not specified, milliseconds will be used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration closeTimeout = Duration.ofSeconds(30);

	/**
	 * Time within which the listeners for response headers must complete. If a duration
	 * suffix is not specified, milliseconds will be used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration headersTimeout = Duration.ofSeconds(10);

	/**
	 * Time within which a handshake must be allowed before it is refused. If a duration
	 * suffix is not specified, milliseconds will be used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration allowRequestTimeout = Duration.ofSeconds(10);

	/**
	 * Time that the application waits at shutdown for sessions to close. If a duration
	 * suffix is not specified, milliseconds will be used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration shutdownTimeout = Duration.ofSeconds(5);

	/**
	 * Maximum size of a message or of a request body of a client.
	 */
	private DataSize maxHttpBufferSize = DataSize.ofBytes(1000000);

	/**
	 * Message that is sent to each client right after the handshake.
	 */
	private @Nullable String initialPacket;

	/**
	 * Whether the web session of the handshake is kept for the life of the socket.
	 */
	private boolean shareWebSession;

	/**
	 * Time for which acknowledgements are waited where nothing else is said. If a
	 * duration suffix is not specified, milliseconds will be used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration ackTimeout = Duration.ofSeconds(10);

	/**
	 * Whether a dynamic namespace is removed when its last socket leaves.
	 */
	private boolean cleanupEmptyChildNamespaces;

	@NestedConfigurationProperty
	private final CookieProperties cookie = new CookieProperties();

	@NestedConfigurationProperty
	private @Nullable CorsProperties cors;

	private final HttpCompression httpCompression = new HttpCompression();

	private final Websocket websocket = new Websocket();

	@NestedConfigurationProperty
	private final ConnectionStateRecoveryProperties connectionStateRecovery = new ConnectionStateRecoveryProperties();

	private final Adapter adapter = new Adapter();

	@NestedConfigurationProperty
	private final ParserProperties parser = new ParserProperties();

	@NestedConfigurationProperty
	private final LimitsProperties limits = new LimitsProperties();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public String getPath() {
		return this.path;
	}

	public void setPath(String path) {
		this.path = path;
	}

	public boolean isAddTrailingSlash() {
		return this.addTrailingSlash;
	}

	public void setAddTrailingSlash(boolean addTrailingSlash) {
		this.addTrailingSlash = addTrailingSlash;
	}

	public boolean isServeClient() {
		return this.serveClient;
	}

	public void setServeClient(boolean serveClient) {
		this.serveClient = serveClient;
	}

	public List<TransportType> getTransports() {
		return this.transports;
	}

	public void setTransports(List<TransportType> transports) {
		this.transports = transports;
	}

	public boolean isAllowUpgrades() {
		return this.allowUpgrades;
	}

	public void setAllowUpgrades(boolean allowUpgrades) {
		this.allowUpgrades = allowUpgrades;
	}

	public boolean isNativeWebsocket() {
		return this.nativeWebsocket;
	}

	public void setNativeWebsocket(boolean nativeWebsocket) {
		this.nativeWebsocket = nativeWebsocket;
	}

	public boolean isAllowEio3() {
		return this.allowEio3;
	}

	public void setAllowEio3(boolean allowEio3) {
		this.allowEio3 = allowEio3;
	}

	public Duration getPingInterval() {
		return this.pingInterval;
	}

	public void setPingInterval(Duration pingInterval) {
		this.pingInterval = pingInterval;
	}

	public Duration getPingTimeout() {
		return this.pingTimeout;
	}

	public void setPingTimeout(Duration pingTimeout) {
		this.pingTimeout = pingTimeout;
	}

	public Duration getUpgradeTimeout() {
		return this.upgradeTimeout;
	}

	public void setUpgradeTimeout(Duration upgradeTimeout) {
		this.upgradeTimeout = upgradeTimeout;
	}

	public Duration getConnectTimeout() {
		return this.connectTimeout;
	}

	public void setConnectTimeout(Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
	}

	public Duration getCloseTimeout() {
		return this.closeTimeout;
	}

	public void setCloseTimeout(Duration closeTimeout) {
		this.closeTimeout = closeTimeout;
	}

	public Duration getHeadersTimeout() {
		return this.headersTimeout;
	}

	public void setHeadersTimeout(Duration headersTimeout) {
		this.headersTimeout = headersTimeout;
	}

	public Duration getAllowRequestTimeout() {
		return this.allowRequestTimeout;
	}

	public void setAllowRequestTimeout(Duration allowRequestTimeout) {
		this.allowRequestTimeout = allowRequestTimeout;
	}

	public Duration getShutdownTimeout() {
		return this.shutdownTimeout;
	}

	public void setShutdownTimeout(Duration shutdownTimeout) {
		this.shutdownTimeout = shutdownTimeout;
	}

	public DataSize getMaxHttpBufferSize() {
		return this.maxHttpBufferSize;
	}

	public void setMaxHttpBufferSize(DataSize maxHttpBufferSize) {
		this.maxHttpBufferSize = maxHttpBufferSize;
	}

	public @Nullable String getInitialPacket() {
		return this.initialPacket;
	}

	public void setInitialPacket(@Nullable String initialPacket) {
		this.initialPacket = initialPacket;
	}

	public boolean isShareWebSession() {
		return this.shareWebSession;
	}

	public void setShareWebSession(boolean shareWebSession) {
		this.shareWebSession = shareWebSession;
	}

	public Duration getAckTimeout() {
		return this.ackTimeout;
	}

	public void setAckTimeout(Duration ackTimeout) {
		this.ackTimeout = ackTimeout;
	}

	public boolean isCleanupEmptyChildNamespaces() {
		return this.cleanupEmptyChildNamespaces;
	}

	public void setCleanupEmptyChildNamespaces(boolean cleanupEmptyChildNamespaces) {
		this.cleanupEmptyChildNamespaces = cleanupEmptyChildNamespaces;
	}

	public CookieProperties getCookie() {
		return this.cookie;
	}

	/**
	 * Return the properties for requests of pages of other origins.
	 * @return the properties, or {@code null} if none of them is set
	 */
	public @Nullable CorsProperties getCors() {
		return this.cors;
	}

	public void setCors(@Nullable CorsProperties cors) {
		this.cors = cors;
	}

	public HttpCompression getHttpCompression() {
		return this.httpCompression;
	}

	public Websocket getWebsocket() {
		return this.websocket;
	}

	public ConnectionStateRecoveryProperties getConnectionStateRecovery() {
		return this.connectionStateRecovery;
	}

	public Adapter getAdapter() {
		return this.adapter;
	}

	public ParserProperties getParser() {
		return this.parser;
	}

	public LimitsProperties getLimits() {
		return this.limits;
	}

	/**
	 * Compression of answers to polls.
	 */
	public static class HttpCompression {

		/**
		 * Whether answers to polls are compressed.
		 */
		private boolean enabled = true;

		/**
		 * Size from which an answer is compressed.
		 */
		private DataSize threshold = DataSize.ofBytes(1024);

		/**
		 * Level of compression from 0 to 9, or -1 for that of zlib.
		 */
		private int level = -1;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public DataSize getThreshold() {
			return this.threshold;
		}

		public void setThreshold(DataSize threshold) {
			this.threshold = threshold;
		}

		public int getLevel() {
			return this.level;
		}

		public void setLevel(int level) {
			this.level = level;
		}

	}

	/**
	 * Websockets.
	 */
	public static class Websocket {

		/**
		 * Which websockets must come from a page of the server's own origin or one that
		 * CORS allows.
		 */
		private WebSocketOriginCheck originCheck = WebSocketOriginCheck.WITH_COOKIES;

		private final Compression compression = new Compression();

		public WebSocketOriginCheck getOriginCheck() {
			return this.originCheck;
		}

		public void setOriginCheck(WebSocketOriginCheck originCheck) {
			this.originCheck = originCheck;
		}

		public Compression getCompression() {
			return this.compression;
		}

		/**
		 * Compression of messages on websockets.
		 */
		public static class Compression {

			/**
			 * Whether compression of messages (permessage-deflate) is offered to clients.
			 */
			private boolean enabled;

			/**
			 * Whether the server drops its compression context after each message where
			 * the client allows it. Saves memory, compresses less.
			 */
			private boolean serverNoContext;

			/**
			 * Whether clients are asked to drop their compression context after each
			 * message.
			 */
			private boolean preferredClientNoContext;

			public boolean isEnabled() {
				return this.enabled;
			}

			public void setEnabled(boolean enabled) {
				this.enabled = enabled;
			}

			public boolean isServerNoContext() {
				return this.serverNoContext;
			}

			public void setServerNoContext(boolean serverNoContext) {
				this.serverNoContext = serverNoContext;
			}

			public boolean isPreferredClientNoContext() {
				return this.preferredClientNoContext;
			}

			public void setPreferredClientNoContext(boolean preferredClientNoContext) {
				this.preferredClientNoContext = preferredClientNoContext;
			}

		}

	}

	/**
	 * What connects the servers of a cluster.
	 */
	public static class Adapter {

		/**
		 * Kind of the adapter. Ignored if there is an AdapterFactory bean.
		 */
		private AdapterType type = AdapterType.MEMORY;

		public AdapterType getType() {
			return this.type;
		}

		public void setType(AdapterType type) {
			this.type = type;
		}

	}

	/**
	 * Kinds of adapters.
	 */
	public enum AdapterType {

		/**
		 * For a single server.
		 */
		MEMORY

	}

}
