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

package io.github.springsocketio.engineio.web;

import java.time.Duration;

import io.github.springsocketio.InvalidOptionException;
import io.github.springsocketio.OptionChecks;
import org.jspecify.annotations.Nullable;

/**
 * Options of the HTTP endpoint of the Engine.IO server. The default values are those of
 * the JavaScript server where it has the option.
 *
 * @since 0.1.0
 */
public final class EngineWebOptions {

	private final String path;

	private final boolean addTrailingSlash;

	private final @Nullable HttpCompressionOptions httpCompression;

	private final @Nullable WebSocketCompressionOptions websocketCompression;

	private final @Nullable SessionCookieOptions cookie;

	private final @Nullable CorsOptions cors;

	private final @Nullable CorsOptionsResolver corsResolver;

	private final Duration headersTimeout;

	private final Duration allowRequestTimeout;

	private final int minDataRate;

	private final Duration minDataRateGracePeriod;

	private final int maxHandshakesInFlight;

	private final Duration maxHandshakeDelay;

	private final int maxWebsocketFragments;

	private final boolean nativeWebsocket;

	private final WebSocketOriginCheck websocketOriginCheck;

	private final boolean jsonp;

	private final boolean serveClient;

	private final boolean shareWebSession;

	private EngineWebOptions(Builder builder) {
		this.path = builder.path;
		this.addTrailingSlash = builder.addTrailingSlash;
		this.httpCompression = builder.httpCompression;
		this.websocketCompression = builder.websocketCompression;
		this.cookie = builder.cookie;
		this.cors = builder.cors;
		this.corsResolver = builder.corsResolver;
		this.headersTimeout = builder.headersTimeout;
		this.allowRequestTimeout = builder.allowRequestTimeout;
		this.minDataRate = builder.minDataRate;
		this.minDataRateGracePeriod = builder.minDataRateGracePeriod;
		this.maxHandshakesInFlight = builder.maxHandshakesInFlight;
		this.maxHandshakeDelay = builder.maxHandshakeDelay;
		this.maxWebsocketFragments = builder.maxWebsocketFragments;
		this.nativeWebsocket = builder.nativeWebsocket;
		this.websocketOriginCheck = builder.websocketOriginCheck;
		this.jsonp = builder.jsonp;
		this.serveClient = builder.serveClient;
		this.shareWebSession = builder.shareWebSession;
	}

	/**
	 * Return a builder with the default values.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the options with their default values.
	 * @return the defaults
	 */
	public static EngineWebOptions defaults() {
		return builder().build();
	}

	/**
	 * Return the path of the endpoint, relative to the context path of the application.
	 * @return {@code "/socket.io"} by default
	 */
	public String path() {
		return this.path;
	}

	/**
	 * Return whether the path of the endpoint ends with a slash.
	 * @return {@code true} by default
	 */
	public boolean addTrailingSlash() {
		return this.addTrailingSlash;
	}

	/**
	 * Return the options of the compression of responses to polls, {@code null} for no
	 * compression.
	 * @return {@link HttpCompressionOptions#defaults()} by default
	 */
	public @Nullable HttpCompressionOptions httpCompression() {
		return this.httpCompression;
	}

	/**
	 * Return the options of the compression of WebSocket messages (permessage-deflate),
	 * {@code null} if it is not offered.
	 * @return {@code null} by default
	 */
	public @Nullable WebSocketCompressionOptions websocketCompression() {
		return this.websocketCompression;
	}

	/**
	 * Return the options of the session cookie, {@code null} for none.
	 * @return {@code null} by default
	 */
	public @Nullable SessionCookieOptions cookie() {
		return this.cookie;
	}

	/**
	 * Return the CORS options, {@code null} to disable CORS.
	 * @return {@code null} by default
	 */
	public @Nullable CorsOptions cors() {
		return this.cors;
	}

	/**
	 * Return the function that resolves the CORS options of each request.
	 * @return {@code null} by default
	 */
	public @Nullable CorsOptionsResolver corsResolver() {
		return this.corsResolver;
	}

	/**
	 * Return the maximum time for the listeners for response headers.
	 * @return {@code Duration.ofSeconds(10)} by default
	 */
	public Duration headersTimeout() {
		return this.headersTimeout;
	}

	/**
	 * Return the maximum time for a decision on a handshake.
	 * @return {@code Duration.ofSeconds(10)} by default
	 */
	public Duration allowRequestTimeout() {
		return this.allowRequestTimeout;
	}

	/**
	 * Return the number of bytes per second that a client must send of a request body,
	 * and accept of a response or of what is written to a websocket.
	 * @return {@code 240} by default; {@code 0} for no limit
	 */
	public int minDataRate() {
		return this.minDataRate;
	}

	/**
	 * Return the time over which the data rate of a client is measured: a client may be
	 * slower for less than this time.
	 * @return {@code Duration.ofSeconds(20)} by default
	 */
	public Duration minDataRateGracePeriod() {
		return this.minDataRateGracePeriod;
	}

	/**
	 * Return the maximum number of handshakes in progress. Further handshakes are refused
	 * with the status 503.
	 * @return {@code 1000} by default
	 */
	public int maxHandshakesInFlight() {
		return this.maxHandshakesInFlight;
	}

	/**
	 * Return the maximum delay of a handshake on Reactor Netty. Handshakes that an event
	 * loop has no time for, besides serving the connected clients, are queued. One that
	 * has waited for longer is refused with the status 503, and so are new ones until the
	 * queue has become shorter.
	 * @return {@code Duration.ofSeconds(10)} by default; zero if handshakes are not
	 * queued
	 */
	public Duration maxHandshakeDelay() {
		return this.maxHandshakeDelay;
	}

	/**
	 * Return the maximum number of fragments of a WebSocket message.
	 * @return {@code 4096} by default
	 */
	public int maxWebsocketFragments() {
		return this.maxWebsocketFragments;
	}

	/**
	 * Return whether websockets on Reactor Netty are served directly behind its frame
	 * decoder. Otherwise, and on other servers, the WebSocket API of WebFlux is used,
	 * which costs more.
	 * @return {@code true} by default
	 */
	public boolean nativeWebsocket() {
		return this.nativeWebsocket;
	}

	/**
	 * Return whether long-polling with scripts (JSONP) is supported.
	 * @return {@code false} by default
	 */
	public boolean jsonp() {
		return this.jsonp;
	}

	/**
	 * Return whether the browser client is served, if it is on the class path.
	 * @return {@code true} by default
	 */
	public boolean serveClient() {
		return this.serveClient;
	}

	/**
	 * Return whether the {@code WebSession} of the handshake is kept with the session.
	 * @return {@code false} by default
	 */
	public boolean shareWebSession() {
		return this.shareWebSession;
	}

	/**
	 * Return which WebSocket handshakes must come from an allowed origin.
	 * @return {@code WITH_COOKIES} by default
	 */
	public WebSocketOriginCheck websocketOriginCheck() {
		return this.websocketOriginCheck;
	}

	/**
	 * Builds {@link EngineWebOptions}. Each value is checked when it is set; an invalid
	 * value causes an {@link InvalidOptionException} that names the option.
	 */
	public static final class Builder {

		private String path = "/socket.io";

		private boolean addTrailingSlash = true;

		private @Nullable HttpCompressionOptions httpCompression = HttpCompressionOptions.defaults();

		private @Nullable WebSocketCompressionOptions websocketCompression;

		private @Nullable SessionCookieOptions cookie;

		private @Nullable CorsOptions cors;

		private @Nullable CorsOptionsResolver corsResolver;

		private Duration headersTimeout = Duration.ofSeconds(10);

		private Duration allowRequestTimeout = Duration.ofSeconds(10);

		private int minDataRate = 240;

		private Duration minDataRateGracePeriod = Duration.ofSeconds(20);

		private int maxHandshakesInFlight = 1000;

		private Duration maxHandshakeDelay = Duration.ofSeconds(10);

		private int maxWebsocketFragments = 4096;

		private boolean nativeWebsocket = true;

		private WebSocketOriginCheck websocketOriginCheck = WebSocketOriginCheck.WITH_COOKIES;

		private boolean jsonp = false;

		private boolean serveClient = true;

		private boolean shareWebSession = false;

		private Builder() {
		}

		/**
		 * Set the path of the endpoint, relative to the context path of the application.
		 * @param path the value; {@code "/socket.io"} by default
		 * @return this builder
		 */
		public Builder path(String path) {
			OptionChecks.hasText("path", path);
			OptionChecks.isTrue(path.startsWith("/"), "path", path, "must start with a slash but is '" + path + "'");
			this.path = path;
			return this;
		}

		/**
		 * Set whether the path of the endpoint ends with a slash.
		 * @param addTrailingSlash the value; {@code true} by default
		 * @return this builder
		 */
		public Builder addTrailingSlash(boolean addTrailingSlash) {
			this.addTrailingSlash = addTrailingSlash;
			return this;
		}

		/**
		 * Set the options of the compression of responses to polls, {@code null} for no
		 * compression.
		 * @param httpCompression the value; {@link HttpCompressionOptions#defaults()} by
		 * default
		 * @return this builder
		 */
		public Builder httpCompression(@Nullable HttpCompressionOptions httpCompression) {
			this.httpCompression = httpCompression;
			return this;
		}

		/**
		 * Set the options of the compression of WebSocket messages (permessage-deflate),
		 * {@code null} if it is not to be offered.
		 * @param websocketCompression the value; {@code null} by default
		 * @return this builder
		 */
		public Builder websocketCompression(@Nullable WebSocketCompressionOptions websocketCompression) {
			this.websocketCompression = websocketCompression;
			return this;
		}

		/**
		 * Set the options of the session cookie, {@code null} for none.
		 * @param cookie the value; {@code null} by default
		 * @return this builder
		 */
		public Builder cookie(@Nullable SessionCookieOptions cookie) {
			this.cookie = cookie;
			return this;
		}

		/**
		 * Set the CORS options, {@code null} to disable CORS.
		 * @param cors the value; {@code null} by default
		 * @return this builder
		 */
		public Builder cors(@Nullable CorsOptions cors) {
			this.cors = cors;
			return this;
		}

		/**
		 * Set a function that resolves the CORS options of each request. It excludes
		 * {@link #cors}.
		 * @param corsResolver the function, or {@code null}, the default, for none
		 * @return this builder
		 */
		public Builder corsResolver(@Nullable CorsOptionsResolver corsResolver) {
			this.corsResolver = corsResolver;
			return this;
		}

		/**
		 * Set the maximum time for the listeners for response headers.
		 * @param headersTimeout the value; {@code Duration.ofSeconds(10)} by default
		 * @return this builder
		 */
		public Builder headersTimeout(Duration headersTimeout) {
			this.headersTimeout = OptionChecks.positive("headersTimeout", headersTimeout);
			return this;
		}

		/**
		 * Set the maximum time for a decision on a handshake.
		 * @param allowRequestTimeout the value; {@code Duration.ofSeconds(10)} by default
		 * @return this builder
		 */
		public Builder allowRequestTimeout(Duration allowRequestTimeout) {
			this.allowRequestTimeout = OptionChecks.positive("allowRequestTimeout", allowRequestTimeout);
			return this;
		}

		/**
		 * Set the number of bytes per second that a client must send of a request body,
		 * and accept of a response or of what is written to a websocket.
		 * @param minDataRate the value; {@code 240} by default; {@code 0} for no limit
		 * @return this builder
		 */
		public Builder minDataRate(int minDataRate) {
			this.minDataRate = OptionChecks.atLeast("minDataRate", minDataRate, 0);
			return this;
		}

		/**
		 * Set the time over which the data rate of a client is measured: a client may be
		 * slower for less than this time.
		 * @param minDataRateGracePeriod the value; {@code Duration.ofSeconds(20)} by
		 * default
		 * @return this builder
		 */
		public Builder minDataRateGracePeriod(Duration minDataRateGracePeriod) {
			this.minDataRateGracePeriod = OptionChecks.positive("minDataRateGracePeriod", minDataRateGracePeriod);
			return this;
		}

		/**
		 * Set the maximum number of handshakes in progress. Further handshakes are
		 * refused with the status 503.
		 * @param maxHandshakesInFlight the value; {@code 1000} by default
		 * @return this builder
		 */
		public Builder maxHandshakesInFlight(int maxHandshakesInFlight) {
			this.maxHandshakesInFlight = OptionChecks.atLeast("maxHandshakesInFlight", maxHandshakesInFlight, 1);
			return this;
		}

		/**
		 * Set the maximum delay of a handshake on Reactor Netty. Handshakes that an event
		 * loop has no time for, besides serving the connected clients, are queued. One
		 * that has waited for longer is refused with the status 503, and so are new ones
		 * until the queue has become shorter.
		 * @param maxHandshakeDelay the value; {@code Duration.ofSeconds(10)} by default;
		 * with zero, handshakes are not queued
		 * @return this builder
		 */
		public Builder maxHandshakeDelay(Duration maxHandshakeDelay) {
			this.maxHandshakeDelay = OptionChecks.notNegative("maxHandshakeDelay", maxHandshakeDelay);
			return this;
		}

		/**
		 * Set the maximum number of fragments of a WebSocket message.
		 * @param maxWebsocketFragments the value; {@code 4096} by default
		 * @return this builder
		 */
		public Builder maxWebsocketFragments(int maxWebsocketFragments) {
			this.maxWebsocketFragments = OptionChecks.atLeast("maxWebsocketFragments", maxWebsocketFragments, 1);
			return this;
		}

		/**
		 * Set whether websockets on Reactor Netty are served directly behind its frame
		 * decoder. Otherwise, and on other servers, the WebSocket API of WebFlux is used,
		 * which costs more.
		 * @param nativeWebsocket the value; {@code true} by default
		 * @return this builder
		 */
		public Builder nativeWebsocket(boolean nativeWebsocket) {
			this.nativeWebsocket = nativeWebsocket;
			return this;
		}

		/**
		 * Set whether long-polling with scripts (JSONP) is supported, for browsers
		 * without CORS. The same-origin policy does not apply to scripts, so their
		 * requests must come from pages of the server's own origin or of an origin that
		 * CORS allows, according to their {@code Origin} or {@code Referer} header. A
		 * request with neither header is refused if it has credentials that browsers send
		 * by themselves.
		 * @param jsonp the value; {@code false} by default
		 * @return this builder
		 */
		public Builder jsonp(boolean jsonp) {
			this.jsonp = jsonp;
			return this;
		}

		/**
		 * Set whether the browser client is served, if it is on the class path.
		 * @param serveClient the value; {@code true} by default
		 * @return this builder
		 */
		public Builder serveClient(boolean serveClient) {
			this.serveClient = serveClient;
			return this;
		}

		/**
		 * Set whether the {@code WebSession} of the handshake is kept with the session.
		 * @param shareWebSession the value; {@code false} by default
		 * @return this builder
		 */
		public Builder shareWebSession(boolean shareWebSession) {
			this.shareWebSession = shareWebSession;
			return this;
		}

		/**
		 * Set which WebSocket handshakes must come from an allowed origin.
		 * @param websocketOriginCheck the value; {@code WITH_COOKIES} by default
		 * @return this builder
		 */
		public Builder websocketOriginCheck(WebSocketOriginCheck websocketOriginCheck) {
			this.websocketOriginCheck = OptionChecks.notNull("websocketOriginCheck", websocketOriginCheck);
			return this;
		}

		/**
		 * Create the options.
		 * @return immutable options
		 * @throws InvalidOptionException if both {@link #cors} and {@link #corsResolver}
		 * are set
		 */
		public EngineWebOptions build() {
			OptionChecks.isTrue(this.cors == null || this.corsResolver == null, "corsResolver", null,
					"must not be combined with 'cors'");
			return new EngineWebOptions(this);
		}

	}

}
