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

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.engineio.web.SessionCookieOptions.Priority;
import io.github.springsocketio.engineio.web.SessionCookieOptions.SameSite;
import io.github.springsocketio.engineio.web.WebSocketOriginCheck;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Name;
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
	 * Whether to enable the Socket.IO server.
	 */
	private boolean enabled = true;

	/**
	 * Path of the endpoint, relative to the base path of the application.
	 */
	private String path = "/socket.io";

	/**
	 * Whether the path of the endpoint ends with a slash.
	 */
	private boolean addTrailingSlash = true;

	/**
	 * Whether to serve the browser client below the path of the endpoint, if its bundles
	 * are on the class path.
	 */
	private boolean serveClient = true;

	/**
	 * Transports that clients may use.
	 */
	private List<TransportType> transports = List.of(TransportType.POLLING, TransportType.WEBSOCKET);

	/**
	 * Whether to allow sessions to upgrade from HTTP long-polling to WebSocket.
	 */
	private boolean allowUpgrades = true;

	/**
	 * Whether to support clients that use Engine.IO protocol 3 (Socket.IO 2).
	 */
	private boolean allowEio3;

	/**
	 * Time between two pings of the server. If a duration suffix is not specified,
	 * milliseconds will be used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration pingInterval = Duration.ofSeconds(25);

	/**
	 * Time to wait for the reply to a ping before the session is closed. If a duration
	 * suffix is not specified, milliseconds will be used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration pingTimeout = Duration.ofSeconds(20);

	/**
	 * Time to wait for an upgrade to WebSocket to complete. If a duration suffix is not
	 * specified, milliseconds will be used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration upgradeTimeout = Duration.ofSeconds(10);

	/**
	 * Time to wait for a client to join a namespace before it is disconnected. If a
	 * duration suffix is not specified, milliseconds will be used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration connectTimeout = Duration.ofSeconds(45);

	/**
	 * Time to wait for the poll that fetches the last packets of a closing session. If a
	 * duration suffix is not specified, milliseconds will be used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration closeTimeout = Duration.ofSeconds(30);

	/**
	 * Time to wait for the listeners for response headers to complete. If a duration
	 * suffix is not specified, milliseconds will be used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration headersTimeout = Duration.ofSeconds(10);

	/**
	 * Time to wait for a decision on a handshake before it is refused. If a duration
	 * suffix is not specified, milliseconds will be used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration allowRequestTimeout = Duration.ofSeconds(10);

	/**
	 * Time to wait for a SessionLocator bean to locate a session. If a duration suffix is
	 * not specified, milliseconds will be used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration sessionLocatorTimeout = Duration.ofSeconds(10);

	/**
	 * Time to wait for sessions to close when the application shuts down. If a duration
	 * suffix is not specified, milliseconds will be used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration shutdownTimeout = Duration.ofSeconds(5);

	/**
	 * Maximum size of a message or of a request body from a client.
	 */
	private DataSize maxHttpBufferSize = DataSize.ofBytes(1000000);

	/**
	 * Message to send to each client right after the handshake.
	 */
	private @Nullable String initialPacket;

	/**
	 * Whether to keep the web session of the handshake for the lifetime of the socket.
	 */
	private boolean shareWebSession;

	/**
	 * Default time to wait for an acknowledgement; 0 for no limit. If a duration suffix
	 * is not specified, milliseconds will be used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration ackTimeout = Duration.ofSeconds(10);

	/**
	 * Whether to acknowledge a failed event with its error, if the client requested an
	 * acknowledgement.
	 */
	private boolean errorAcks = true;

	/**
	 * Time after which a handler that occupies its thread is logged as a warning, or 0
	 * for no warning. If a duration suffix is not specified, milliseconds will be used.
	 */
	@DurationUnit(ChronoUnit.MILLIS)
	private Duration slowHandlerThreshold = Duration.ofSeconds(1);

	/**
	 * Whether to remove a dynamic namespace when its last socket disconnects. Namespaces
	 * that the application has created are not removed.
	 */
	private boolean cleanupEmptyChildNamespaces = true;

	/**
	 * Whether to exit the process after an error that leaves the server in an undefined
	 * state, such as an OutOfMemoryError.
	 */
	private boolean exitOnFatalError;

	/**
	 * Whether Reactor Netty has one event loop for each processor, in the whole
	 * application, instead of at least four.
	 */
	private boolean eventLoopPerProcessor;

	private final Cookie cookie = new Cookie();

	private @Nullable Cors cors;

	private final HttpCompression httpCompression = new HttpCompression();

	private final Websocket websocket = new Websocket();

	private final ConnectionStateRecovery connectionStateRecovery = new ConnectionStateRecovery();

	private final Security security = new Security();

	private final WebSession webSession = new WebSession();

	private final Adapter adapter = new Adapter();

	private final Cluster cluster = new Cluster();

	private final Jsonp jsonp = new Jsonp();

	private final Parser parser = new Parser();

	private final Limits limits = new Limits();

	private final Observations observations = new Observations();

	private final Mdc mdc = new Mdc();

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

	public Duration getSessionLocatorTimeout() {
		return this.sessionLocatorTimeout;
	}

	public void setSessionLocatorTimeout(Duration sessionLocatorTimeout) {
		this.sessionLocatorTimeout = sessionLocatorTimeout;
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

	public boolean isErrorAcks() {
		return this.errorAcks;
	}

	public void setErrorAcks(boolean errorAcks) {
		this.errorAcks = errorAcks;
	}

	public Duration getSlowHandlerThreshold() {
		return this.slowHandlerThreshold;
	}

	public void setSlowHandlerThreshold(Duration slowHandlerThreshold) {
		this.slowHandlerThreshold = slowHandlerThreshold;
	}

	public boolean isCleanupEmptyChildNamespaces() {
		return this.cleanupEmptyChildNamespaces;
	}

	public void setCleanupEmptyChildNamespaces(boolean cleanupEmptyChildNamespaces) {
		this.cleanupEmptyChildNamespaces = cleanupEmptyChildNamespaces;
	}

	public boolean isExitOnFatalError() {
		return this.exitOnFatalError;
	}

	public void setExitOnFatalError(boolean exitOnFatalError) {
		this.exitOnFatalError = exitOnFatalError;
	}

	public boolean isEventLoopPerProcessor() {
		return this.eventLoopPerProcessor;
	}

	public void setEventLoopPerProcessor(boolean eventLoopPerProcessor) {
		this.eventLoopPerProcessor = eventLoopPerProcessor;
	}

	public Cookie getCookie() {
		return this.cookie;
	}

	/**
	 * Return the properties of CORS.
	 * @return the properties, or {@code null} if none of them is set
	 */
	public @Nullable Cors getCors() {
		return this.cors;
	}

	public void setCors(@Nullable Cors cors) {
		this.cors = cors;
	}

	public HttpCompression getHttpCompression() {
		return this.httpCompression;
	}

	public Websocket getWebsocket() {
		return this.websocket;
	}

	public ConnectionStateRecovery getConnectionStateRecovery() {
		return this.connectionStateRecovery;
	}

	public Security getSecurity() {
		return this.security;
	}

	public WebSession getWebSession() {
		return this.webSession;
	}

	public Adapter getAdapter() {
		return this.adapter;
	}

	public Cluster getCluster() {
		return this.cluster;
	}

	public Jsonp getJsonp() {
		return this.jsonp;
	}

	public Parser getParser() {
		return this.parser;
	}

	public Observations getObservations() {
		return this.observations;
	}

	public Mdc getMdc() {
		return this.mdc;
	}

	public Limits getLimits() {
		return this.limits;
	}

	/**
	 * Session cookie.
	 */
	public static class Cookie {

		/**
		 * Whether to send a cookie with the session id in the response to the handshake.
		 * Load balancers use it to find the server of a session.
		 */
		private boolean enabled;

		/**
		 * Name of the cookie.
		 */
		private String name = "io";

		/**
		 * Path of the cookie. If empty, the Path attribute is omitted.
		 */
		private String path = "/";

		/**
		 * Domain of the cookie.
		 */
		private @Nullable String domain;

		/**
		 * Maximum age of the cookie. If a duration suffix is not specified, seconds will
		 * be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private @Nullable Duration maxAge;

		/**
		 * Expiry date of the cookie, the same for all clients. Prefer the maximum age.
		 */
		private @Nullable Instant expires;

		/**
		 * Whether to add the HttpOnly attribute.
		 */
		private boolean httpOnly = true;

		/**
		 * Whether to add the Secure attribute.
		 */
		private boolean secure;

		/**
		 * Whether to add the Partitioned attribute.
		 */
		private boolean partitioned;

		/**
		 * Value of the Priority attribute.
		 */
		private @Nullable Priority priority;

		/**
		 * Value of the SameSite attribute.
		 */
		private SameSite sameSite = SameSite.LAX;

		/**
		 * Whether to send the cookie also to clients that connect with WebSocket
		 * directly.
		 */
		private boolean sendOnWebsocket;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

		public String getPath() {
			return this.path;
		}

		public void setPath(String path) {
			this.path = path;
		}

		public @Nullable String getDomain() {
			return this.domain;
		}

		public void setDomain(@Nullable String domain) {
			this.domain = domain;
		}

		public @Nullable Duration getMaxAge() {
			return this.maxAge;
		}

		public void setMaxAge(@Nullable Duration maxAge) {
			this.maxAge = maxAge;
		}

		public @Nullable Instant getExpires() {
			return this.expires;
		}

		public void setExpires(@Nullable Instant expires) {
			this.expires = expires;
		}

		public boolean isHttpOnly() {
			return this.httpOnly;
		}

		public void setHttpOnly(boolean httpOnly) {
			this.httpOnly = httpOnly;
		}

		public boolean isSecure() {
			return this.secure;
		}

		public void setSecure(boolean secure) {
			this.secure = secure;
		}

		public boolean isPartitioned() {
			return this.partitioned;
		}

		public void setPartitioned(boolean partitioned) {
			this.partitioned = partitioned;
		}

		public @Nullable Priority getPriority() {
			return this.priority;
		}

		public void setPriority(@Nullable Priority priority) {
			this.priority = priority;
		}

		public SameSite getSameSite() {
			return this.sameSite;
		}

		public void setSameSite(SameSite sameSite) {
			this.sameSite = sameSite;
		}

		public boolean isSendOnWebsocket() {
			return this.sendOnWebsocket;
		}

		public void setSendOnWebsocket(boolean sendOnWebsocket) {
			this.sendOnWebsocket = sendOnWebsocket;
		}

	}

	/**
	 * Cross-origin requests. CORS is on as soon as one of these properties is set.
	 */
	public static class Cors {

		/**
		 * Origins to allow, or '*' for all. If only other CORS properties are set, all
		 * origins are allowed.
		 */
		private List<String> allowedOrigins = List.of();

		/**
		 * Patterns of origins to allow. Unlike the origin '*', the pattern '*' can be
		 * combined with credentials.
		 */
		private List<String> allowedOriginPatterns = List.of();

		/**
		 * Methods to list in the response to a preflight request.
		 */
		private List<String> allowedMethods = List.of("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE");

		/**
		 * Request headers to list in the response to a preflight request. If empty, the
		 * headers that the browser requests.
		 */
		private List<String> allowedHeaders = List.of();

		/**
		 * Response headers that pages may read.
		 */
		private List<String> exposedHeaders = List.of();

		/**
		 * Whether pages may send cookies and other credentials.
		 */
		private boolean allowCredentials;

		/**
		 * Time for which browsers may cache the response to a preflight request. If a
		 * duration suffix is not specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private @Nullable Duration maxAge;

		/**
		 * Status of the response to a preflight request.
		 */
		private int optionsSuccessStatus = 204;

		public List<String> getAllowedOrigins() {
			return this.allowedOrigins;
		}

		public void setAllowedOrigins(List<String> allowedOrigins) {
			this.allowedOrigins = allowedOrigins;
		}

		public List<String> getAllowedOriginPatterns() {
			return this.allowedOriginPatterns;
		}

		public void setAllowedOriginPatterns(List<String> allowedOriginPatterns) {
			this.allowedOriginPatterns = allowedOriginPatterns;
		}

		public List<String> getAllowedMethods() {
			return this.allowedMethods;
		}

		public void setAllowedMethods(List<String> allowedMethods) {
			this.allowedMethods = allowedMethods;
		}

		public List<String> getAllowedHeaders() {
			return this.allowedHeaders;
		}

		public void setAllowedHeaders(List<String> allowedHeaders) {
			this.allowedHeaders = allowedHeaders;
		}

		public List<String> getExposedHeaders() {
			return this.exposedHeaders;
		}

		public void setExposedHeaders(List<String> exposedHeaders) {
			this.exposedHeaders = exposedHeaders;
		}

		public boolean isAllowCredentials() {
			return this.allowCredentials;
		}

		public void setAllowCredentials(boolean allowCredentials) {
			this.allowCredentials = allowCredentials;
		}

		public @Nullable Duration getMaxAge() {
			return this.maxAge;
		}

		public void setMaxAge(@Nullable Duration maxAge) {
			this.maxAge = maxAge;
		}

		public int getOptionsSuccessStatus() {
			return this.optionsSuccessStatus;
		}

		public void setOptionsSuccessStatus(int optionsSuccessStatus) {
			this.optionsSuccessStatus = optionsSuccessStatus;
		}

	}

	/**
	 * Compression of responses to polls.
	 */
	public static class HttpCompression {

		/**
		 * Whether to compress responses to polls.
		 */
		private boolean enabled = true;

		/**
		 * Minimum size of a response to be compressed.
		 */
		private DataSize threshold = DataSize.ofBytes(1024);

		/**
		 * Compression level from 0 to 9, or -1 for the default of zlib.
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
	 * Long-polling with scripts.
	 */
	public static class Jsonp {

		/**
		 * Whether to support long-polling with scripts (JSONP), for browsers without
		 * CORS.
		 */
		private boolean enabled;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

	/**
	 * WebSocket transport.
	 */
	public static class Websocket {

		/**
		 * Whether to serve websockets on Reactor Netty directly behind its frame decoder.
		 * Otherwise, and on other web servers, the WebSocket API of WebFlux is used,
		 * which needs more CPU time.
		 */
		@Name("native")
		private boolean nativeWebsocket = true;

		/**
		 * Maximum number of fragments of a message.
		 */
		private int maxFragments = 4096;

		/**
		 * Which handshakes must come from a page of the server's own origin or of an
		 * origin that CORS allows. Basic, Digest and client certificates count as
		 * cookies.
		 */
		private WebSocketOriginCheck originCheck = WebSocketOriginCheck.WITH_COOKIES;

		private final Compression compression = new Compression();

		public boolean isNativeWebsocket() {
			return this.nativeWebsocket;
		}

		public void setNativeWebsocket(boolean nativeWebsocket) {
			this.nativeWebsocket = nativeWebsocket;
		}

		public int getMaxFragments() {
			return this.maxFragments;
		}

		public void setMaxFragments(int maxFragments) {
			this.maxFragments = maxFragments;
		}

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
		 * Compression of messages.
		 */
		public static class Compression {

			/**
			 * Whether to offer compression of messages (permessage-deflate) to clients.
			 */
			private boolean enabled;

			/**
			 * Whether the server drops its compression context after each message, for
			 * all clients. This uses less memory, compresses less, and compresses a
			 * broadcast once if socketio.websocket.native is true. If a client requests
			 * it, the server does so for this client in any case.
			 */
			private boolean serverNoContext;

			/**
			 * Whether to request that clients drop their compression context after each
			 * message.
			 */
			private boolean preferredClientNoContext;

			/**
			 * Minimum size of a packet to be compressed. Applies only if the server drops
			 * its compression context; otherwise every message is compressed.
			 */
			private DataSize threshold = DataSize.ofBytes(1024);

			/**
			 * Maximum size of the window for compression by the server, as a power of two
			 * from 8 to 15.
			 */
			private int serverMaxWindowBits = 15;

			/**
			 * Maximum size of the window for compression by clients, as a power of two
			 * from 8 to 15.
			 */
			private int clientMaxWindowBits = 15;

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

			public DataSize getThreshold() {
				return this.threshold;
			}

			public void setThreshold(DataSize threshold) {
				this.threshold = threshold;
			}

			public int getServerMaxWindowBits() {
				return this.serverMaxWindowBits;
			}

			public void setServerMaxWindowBits(int serverMaxWindowBits) {
				this.serverMaxWindowBits = serverMaxWindowBits;
			}

			public int getClientMaxWindowBits() {
				return this.clientMaxWindowBits;
			}

			public void setClientMaxWindowBits(int clientMaxWindowBits) {
				this.clientMaxWindowBits = clientMaxWindowBits;
			}

		}

	}

	/**
	 * Authentication of sockets.
	 */
	public static class Security {

		/**
		 * Whether to refuse clients without a principal, in all namespaces.
		 */
		private boolean authenticationRequired;

		/**
		 * Time before the expiry of its authentication at which a client is notified. If
		 * a duration suffix is not specified, milliseconds will be used.
		 */
		@DurationUnit(ChronoUnit.MILLIS)
		private Duration expiryNotice = Duration.ofSeconds(30);

		/**
		 * Time for which a socket stays connected after its authentication, or the web
		 * session of its handshake, has expired. If a duration suffix is not specified,
		 * milliseconds will be used.
		 */
		@DurationUnit(ChronoUnit.MILLIS)
		private Duration expiryGrace = Duration.ofSeconds(10);

		private final BearerToken bearerToken = new BearerToken();

		public boolean isAuthenticationRequired() {
			return this.authenticationRequired;
		}

		public void setAuthenticationRequired(boolean authenticationRequired) {
			this.authenticationRequired = authenticationRequired;
		}

		public Duration getExpiryNotice() {
			return this.expiryNotice;
		}

		public void setExpiryNotice(Duration expiryNotice) {
			this.expiryNotice = expiryNotice;
		}

		public Duration getExpiryGrace() {
			return this.expiryGrace;
		}

		public void setExpiryGrace(Duration expiryGrace) {
			this.expiryGrace = expiryGrace;
		}

		public BearerToken getBearerToken() {
			return this.bearerToken;
		}

		/**
		 * Bearer tokens in the auth payload.
		 */
		public static class BearerToken {

			/**
			 * Whether to authenticate sockets by a JWT in the field token of the auth
			 * payload if there is a ReactiveJwtDecoder bean.
			 */
			private boolean enabled = true;

			public boolean isEnabled() {
				return this.enabled;
			}

			public void setEnabled(boolean enabled) {
				this.enabled = enabled;
			}

		}

	}

	/**
	 * Web sessions of handshakes.
	 */
	public static class WebSession {

		/**
		 * Interval between checks whether the web sessions of clients still exist, or 0
		 * for no checks. If a duration suffix is not specified, milliseconds will be
		 * used.
		 */
		@DurationUnit(ChronoUnit.MILLIS)
		private Duration checkInterval = Duration.ofSeconds(30);

		/**
		 * Whether events of a client count as an access to its web session. Applied when
		 * the sessions are checked.
		 */
		private boolean keepAlive;

		public Duration getCheckInterval() {
			return this.checkInterval;
		}

		public void setCheckInterval(Duration checkInterval) {
			this.checkInterval = checkInterval;
		}

		public boolean isKeepAlive() {
			return this.keepAlive;
		}

		public void setKeepAlive(boolean keepAlive) {
			this.keepAlive = keepAlive;
		}

	}

	/**
	 * Connection state recovery.
	 */
	public static class ConnectionStateRecovery {

		/**
		 * Whether to restore the state of clients that reconnect in time and to send them
		 * the packets that they missed.
		 */
		private boolean enabled;

		/**
		 * Maximum time between disconnection and reconnection. If a duration suffix is
		 * not specified, milliseconds will be used.
		 */
		@DurationUnit(ChronoUnit.MILLIS)
		private Duration maxDisconnectionDuration = Duration.ofMinutes(2);

		/**
		 * Whether to skip the middlewares of the namespace for recovered clients.
		 */
		private boolean skipMiddlewares = true;

		/**
		 * Maximum number of disconnected sessions to keep for a namespace.
		 */
		private int maxSessions = 100000;

		/**
		 * Maximum number of packets to keep for a namespace.
		 */
		private int maxPackets = 100000;

		/**
		 * Maximum size of the packets to keep for a namespace.
		 */
		private DataSize maxBytes = DataSize.ofMegabytes(64);

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public Duration getMaxDisconnectionDuration() {
			return this.maxDisconnectionDuration;
		}

		public void setMaxDisconnectionDuration(Duration maxDisconnectionDuration) {
			this.maxDisconnectionDuration = maxDisconnectionDuration;
		}

		public boolean isSkipMiddlewares() {
			return this.skipMiddlewares;
		}

		public void setSkipMiddlewares(boolean skipMiddlewares) {
			this.skipMiddlewares = skipMiddlewares;
		}

		public int getMaxSessions() {
			return this.maxSessions;
		}

		public void setMaxSessions(int maxSessions) {
			this.maxSessions = maxSessions;
		}

		public int getMaxPackets() {
			return this.maxPackets;
		}

		public void setMaxPackets(int maxPackets) {
			this.maxPackets = maxPackets;
		}

		public DataSize getMaxBytes() {
			return this.maxBytes;
		}

		public void setMaxBytes(DataSize maxBytes) {
			this.maxBytes = maxBytes;
		}

	}

	/**
	 * Adapter, which connects the servers of a cluster.
	 */
	public static class Adapter {

		/**
		 * Type of the adapter. Ignored if there is an AdapterFactory bean.
		 */
		private Type type = Type.MEMORY;

		public Type getType() {
			return this.type;
		}

		public void setType(Type type) {
			this.type = type;
		}

		/**
		 * Types of adapters.
		 */
		public enum Type {

			/**
			 * For a single server.
			 */
			MEMORY,

			/**
			 * For a cluster, on Redis Streams. Needs the module socketio-redis, as the
			 * next two.
			 */
			REDIS_STREAMS,

			/**
			 * For a cluster, on Redis Pub/Sub.
			 */
			REDIS,

			/**
			 * For a cluster, on sharded Pub/Sub of Redis 7.
			 */
			REDIS_SHARDED

		}

	}

	/**
	 * This server as a node of a cluster.
	 */
	public static class Cluster {

		/**
		 * Tag of this node at the beginning of its session ids: 1 to 16 letters, digits,
		 * hyphens or underscores, different on each node. If empty, ids have no tag. If
		 * not set, the tag is random if 'socketio.adapter.type' is set.
		 */
		private @Nullable String nodeTag;

		/**
		 * Whether to forward requests for sessions of other nodes to these nodes.
		 * Requires Reactor Netty as the web server.
		 */
		private boolean forward;

		/**
		 * Secret with which nodes sign the requests that they forward, the same on each
		 * node: at least 16 characters.
		 */
		private @Nullable String secret;

		/**
		 * Address of this node for other nodes, such as http://10.0.0.1:8080. If not set,
		 * an address of this machine and the port of the server.
		 */
		private @Nullable URI advertisedAddress;

		/**
		 * Time to look up the node of a session, and time to open a TCP connection to it.
		 * If a duration suffix is not specified, milliseconds will be used.
		 */
		@DurationUnit(ChronoUnit.MILLIS)
		private Duration connectTimeout = Duration.ofSeconds(2);

		/**
		 * Maximum number of requests and websockets to forward at the same time.
		 */
		private int maxForwardedRequests = 10000;

		public @Nullable String getNodeTag() {
			return this.nodeTag;
		}

		public void setNodeTag(@Nullable String nodeTag) {
			this.nodeTag = nodeTag;
		}

		public boolean isForward() {
			return this.forward;
		}

		public void setForward(boolean forward) {
			this.forward = forward;
		}

		public @Nullable String getSecret() {
			return this.secret;
		}

		public void setSecret(@Nullable String secret) {
			this.secret = secret;
		}

		public @Nullable URI getAdvertisedAddress() {
			return this.advertisedAddress;
		}

		public void setAdvertisedAddress(@Nullable URI advertisedAddress) {
			this.advertisedAddress = advertisedAddress;
		}

		public Duration getConnectTimeout() {
			return this.connectTimeout;
		}

		public void setConnectTimeout(Duration connectTimeout) {
			this.connectTimeout = connectTimeout;
		}

		public int getMaxForwardedRequests() {
			return this.maxForwardedRequests;
		}

		public void setMaxForwardedRequests(int maxForwardedRequests) {
			this.maxForwardedRequests = maxForwardedRequests;
		}

	}

	/**
	 * Parser of packets. These properties do not apply to a PacketParser bean.
	 */
	public static class Parser {

		/**
		 * Format of packets. Clients must use the same format.
		 */
		private Type type = Type.JSON;

		/**
		 * Maximum number of binary attachments of a packet. Also applies to packets that
		 * the server sends.
		 */
		private int maxAttachments = 10;

		/**
		 * Maximum size of a packet together with its attachments. If not set, ten times
		 * the maximum size of a message.
		 */
		private @Nullable DataSize maxMessageBytes;

		/**
		 * Maximum depth of nested arrays and objects. If not set, the limit of the
		 * JsonMapper applies, which is 500 by default.
		 */
		private @Nullable Integer maxDepth;

		/**
		 * Maximum number of arguments of an event or an acknowledgement.
		 */
		private int maxArguments = 1000;

		/**
		 * Maximum length of a string, in characters. If not set, the maximum size of a
		 * message in bytes.
		 */
		private @Nullable Integer maxStringLength;

		/**
		 * Maximum length of a number, in characters.
		 */
		private int maxNumberLength = 100;

		/**
		 * Maximum length of the name of an event or a field, in characters.
		 */
		private int maxNameLength = 1000;

		/**
		 * Maximum length of the name of a namespace, in bytes.
		 */
		private int maxNamespaceLength = 256;

		public Type getType() {
			return this.type;
		}

		public void setType(Type type) {
			this.type = type;
		}

		public int getMaxAttachments() {
			return this.maxAttachments;
		}

		public void setMaxAttachments(int maxAttachments) {
			this.maxAttachments = maxAttachments;
		}

		public @Nullable DataSize getMaxMessageBytes() {
			return this.maxMessageBytes;
		}

		public void setMaxMessageBytes(@Nullable DataSize maxMessageBytes) {
			this.maxMessageBytes = maxMessageBytes;
		}

		public @Nullable Integer getMaxDepth() {
			return this.maxDepth;
		}

		public void setMaxDepth(@Nullable Integer maxDepth) {
			this.maxDepth = maxDepth;
		}

		public int getMaxArguments() {
			return this.maxArguments;
		}

		public void setMaxArguments(int maxArguments) {
			this.maxArguments = maxArguments;
		}

		public @Nullable Integer getMaxStringLength() {
			return this.maxStringLength;
		}

		public void setMaxStringLength(@Nullable Integer maxStringLength) {
			this.maxStringLength = maxStringLength;
		}

		public int getMaxNumberLength() {
			return this.maxNumberLength;
		}

		public void setMaxNumberLength(int maxNumberLength) {
			this.maxNumberLength = maxNumberLength;
		}

		public int getMaxNameLength() {
			return this.maxNameLength;
		}

		public void setMaxNameLength(int maxNameLength) {
			this.maxNameLength = maxNameLength;
		}

		public int getMaxNamespaceLength() {
			return this.maxNamespaceLength;
		}

		public void setMaxNamespaceLength(int maxNamespaceLength) {
			this.maxNamespaceLength = maxNamespaceLength;
		}

		/**
		 * Formats of packets.
		 */
		public enum Type {

			/**
			 * JSON with binary attachments, the default format of clients.
			 */
			JSON,

			/**
			 * MessagePack, as in the npm package socket.io-msgpack-parser.
			 */
			MSGPACK

		}

	}

	/**
	 * Limits on the resources that clients may use.
	 */
	public static class Limits {

		/**
		 * Maximum size of a client's outbound buffer, or 0 for no limit. A client that
		 * accepts no data while it is exceeded is disconnected.
		 */
		private DataSize maxOutboundBytes = DataSize.ofBytes(4194304);

		/**
		 * Maximum number of packets in a client's outbound buffer, or 0 for no limit. A
		 * client that accepts no data while it is exceeded is disconnected.
		 */
		private int maxOutboundPackets = 10000;

		/**
		 * Time for which a client may accept no data while its outbound buffer exceeds
		 * max-outbound-bytes or max-outbound-packets. If a duration suffix is not
		 * specified, milliseconds will be used.
		 */
		@DurationUnit(ChronoUnit.MILLIS)
		private Duration slowReaderTimeout = Duration.ofSeconds(20);

		/**
		 * Maximum memory for all clients together, or 0 for no limit: outbound buffers,
		 * received data, rooms, handshakes, and compression contexts. A message for
		 * several clients counts once. Exceeding it disconnects the clients that use the
		 * most; shortly before, handshakes are refused. By default a quarter of the
		 * maximum heap.
		 */
		private @Nullable DataSize maxMemory;

		/**
		 * Minimum number of bytes per second that a client must send of a request body,
		 * and accept of a response or of WebSocket messages, or 0 for no limit.
		 */
		private DataSize minDataRate = DataSize.ofBytes(240);

		/**
		 * Time over which the data rate of a client is measured. If a duration suffix is
		 * not specified, milliseconds will be used.
		 */
		@DurationUnit(ChronoUnit.MILLIS)
		private Duration minDataRateGracePeriod = Duration.ofSeconds(20);

		/**
		 * Time to wait for the complete request line and headers, from their first byte,
		 * or 0 for no limit. Applies to all requests to the web server, if that is
		 * Reactor Netty. If a duration suffix is not specified, milliseconds will be
		 * used.
		 */
		@DurationUnit(ChronoUnit.MILLIS)
		private Duration requestHeadTimeout = Duration.ofSeconds(30);

		/**
		 * Maximum number of packets in the body of a polling request, or 0 for no limit.
		 */
		private int maxPacketsPerPayload = 10000;

		/**
		 * Time to wait for all attachments of a packet. If a duration suffix is not
		 * specified, milliseconds will be used.
		 */
		@DurationUnit(ChronoUnit.MILLIS)
		private Duration attachmentTimeout = Duration.ofSeconds(30);

		/**
		 * Maximum number of sessions that have not joined a namespace, or 0 for no limit.
		 * A new session replaces the oldest one that has been silent for five seconds; if
		 * there is none, its handshake is refused.
		 */
		private int maxUnjoinedSessions = 10000;

		/**
		 * Maximum number of namespaces that a client may join at the same time.
		 */
		private int maxNamespacesPerSession = 50;

		/**
		 * Maximum number of dynamic namespaces.
		 */
		private int maxDynamicNamespaces = 10000;

		/**
		 * Maximum number of existing dynamic namespaces that a client has created.
		 */
		private int maxDynamicNamespacesPerSession = 10;

		/**
		 * Maximum number of rooms that a socket may be in.
		 */
		private int maxRoomsPerSocket = 10000;

		/**
		 * Maximum length of the name of a room, in characters.
		 */
		private int maxRoomNameLength = 1000;

		/**
		 * Maximum number of pending acknowledgements of a socket.
		 */
		private int maxPendingAcks = 1000;

		/**
		 * Maximum number of reactive handlers in flight for a client. Exceeding it pauses
		 * reading from the client.
		 */
		private int maxHandlersInFlight = 256;

		/**
		 * Maximum number of events that a socket may send in a second, and at once, or 0
		 * for no limit. Exceeding it disconnects the socket.
		 */
		private int maxEventsPerSecond = 0;

		/**
		 * Maximum number of sessions, or 0 for no limit.
		 */
		private int maxSessions = 0;

		/**
		 * Maximum number of sessions from one address, or 0 for no limit.
		 */
		private int maxSessionsPerAddress = 0;

		/**
		 * Maximum number of handshakes that wait for a decision.
		 */
		private int maxHandshakesInFlight = 1000;

		/**
		 * Maximum delay of a handshake on Reactor Netty while many clients connect. One
		 * with a longer delay is refused. If 0, handshakes are not queued. If a duration
		 * suffix is not specified, milliseconds will be used.
		 */
		@DurationUnit(ChronoUnit.MILLIS)
		private Duration maxHandshakeDelay = Duration.ofSeconds(10);

		public Duration getSlowReaderTimeout() {
			return this.slowReaderTimeout;
		}

		public void setSlowReaderTimeout(Duration slowReaderTimeout) {
			this.slowReaderTimeout = slowReaderTimeout;
		}

		public @Nullable DataSize getMaxMemory() {
			return this.maxMemory;
		}

		public void setMaxMemory(@Nullable DataSize maxMemory) {
			this.maxMemory = maxMemory;
		}

		public DataSize getMaxOutboundBytes() {
			return this.maxOutboundBytes;
		}

		public void setMaxOutboundBytes(DataSize maxOutboundBytes) {
			this.maxOutboundBytes = maxOutboundBytes;
		}

		public int getMaxOutboundPackets() {
			return this.maxOutboundPackets;
		}

		public void setMaxOutboundPackets(int maxOutboundPackets) {
			this.maxOutboundPackets = maxOutboundPackets;
		}

		public DataSize getMinDataRate() {
			return this.minDataRate;
		}

		public void setMinDataRate(DataSize minDataRate) {
			this.minDataRate = minDataRate;
		}

		public Duration getMinDataRateGracePeriod() {
			return this.minDataRateGracePeriod;
		}

		public void setMinDataRateGracePeriod(Duration minDataRateGracePeriod) {
			this.minDataRateGracePeriod = minDataRateGracePeriod;
		}

		public Duration getRequestHeadTimeout() {
			return this.requestHeadTimeout;
		}

		public void setRequestHeadTimeout(Duration requestHeadTimeout) {
			this.requestHeadTimeout = requestHeadTimeout;
		}

		public int getMaxPacketsPerPayload() {
			return this.maxPacketsPerPayload;
		}

		public void setMaxPacketsPerPayload(int maxPacketsPerPayload) {
			this.maxPacketsPerPayload = maxPacketsPerPayload;
		}

		public Duration getAttachmentTimeout() {
			return this.attachmentTimeout;
		}

		public void setAttachmentTimeout(Duration attachmentTimeout) {
			this.attachmentTimeout = attachmentTimeout;
		}

		public int getMaxUnjoinedSessions() {
			return this.maxUnjoinedSessions;
		}

		public void setMaxUnjoinedSessions(int maxUnjoinedSessions) {
			this.maxUnjoinedSessions = maxUnjoinedSessions;
		}

		public int getMaxNamespacesPerSession() {
			return this.maxNamespacesPerSession;
		}

		public void setMaxNamespacesPerSession(int maxNamespacesPerSession) {
			this.maxNamespacesPerSession = maxNamespacesPerSession;
		}

		public int getMaxDynamicNamespaces() {
			return this.maxDynamicNamespaces;
		}

		public void setMaxDynamicNamespaces(int maxDynamicNamespaces) {
			this.maxDynamicNamespaces = maxDynamicNamespaces;
		}

		public int getMaxDynamicNamespacesPerSession() {
			return this.maxDynamicNamespacesPerSession;
		}

		public void setMaxDynamicNamespacesPerSession(int maxDynamicNamespacesPerSession) {
			this.maxDynamicNamespacesPerSession = maxDynamicNamespacesPerSession;
		}

		public int getMaxRoomsPerSocket() {
			return this.maxRoomsPerSocket;
		}

		public void setMaxRoomsPerSocket(int maxRoomsPerSocket) {
			this.maxRoomsPerSocket = maxRoomsPerSocket;
		}

		public int getMaxRoomNameLength() {
			return this.maxRoomNameLength;
		}

		public void setMaxRoomNameLength(int maxRoomNameLength) {
			this.maxRoomNameLength = maxRoomNameLength;
		}

		public int getMaxPendingAcks() {
			return this.maxPendingAcks;
		}

		public void setMaxPendingAcks(int maxPendingAcks) {
			this.maxPendingAcks = maxPendingAcks;
		}

		public int getMaxHandlersInFlight() {
			return this.maxHandlersInFlight;
		}

		public void setMaxHandlersInFlight(int maxHandlersInFlight) {
			this.maxHandlersInFlight = maxHandlersInFlight;
		}

		public int getMaxEventsPerSecond() {
			return this.maxEventsPerSecond;
		}

		public void setMaxEventsPerSecond(int maxEventsPerSecond) {
			this.maxEventsPerSecond = maxEventsPerSecond;
		}

		public int getMaxSessions() {
			return this.maxSessions;
		}

		public void setMaxSessions(int maxSessions) {
			this.maxSessions = maxSessions;
		}

		public int getMaxSessionsPerAddress() {
			return this.maxSessionsPerAddress;
		}

		public void setMaxSessionsPerAddress(int maxSessionsPerAddress) {
			this.maxSessionsPerAddress = maxSessionsPerAddress;
		}

		public int getMaxHandshakesInFlight() {
			return this.maxHandshakesInFlight;
		}

		public void setMaxHandshakesInFlight(int maxHandshakesInFlight) {
			this.maxHandshakesInFlight = maxHandshakesInFlight;
		}

		public Duration getMaxHandshakeDelay() {
			return this.maxHandshakeDelay;
		}

		public void setMaxHandshakeDelay(Duration maxHandshakeDelay) {
			this.maxHandshakeDelay = maxHandshakeDelay;
		}

	}

	/**
	 * Observations.
	 */
	public static class Observations {

		/**
		 * Whether to create observations of handlers, acknowledgements, broadcasts and
		 * clients that connect to namespaces.
		 */
		private boolean enabled;

		/**
		 * Whether to look for the context of a trace in the last argument of events.
		 */
		private boolean traceArgument;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public boolean isTraceArgument() {
			return this.traceArgument;
		}

		public void setTraceArgument(boolean traceArgument) {
			this.traceArgument = traceArgument;
		}

	}

	/**
	 * Logs.
	 */
	public static class Mdc {

		/**
		 * Whether to add socket, namespace and user to the MDC of log lines of handlers.
		 */
		private boolean enabled;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

}
