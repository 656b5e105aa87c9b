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

import io.github.springsocketio.InvalidOptionException;
import io.github.springsocketio.OptionChecks;

/**
 * Options of the compression of WebSocket messages (permessage-deflate, RFC 7692), which
 * is negotiated with each client that offers it.
 * <p>
 * Immutable. The options apply on Reactor Netty. Other servers negotiate the parameters
 * of the compression themselves.
 *
 * @since 0.1.0
 */
public final class WebSocketCompressionOptions {

	private final boolean serverNoContext;

	private final boolean preferredClientNoContext;

	private final int threshold;

	private final int serverMaxWindowBits;

	private final int clientMaxWindowBits;

	private WebSocketCompressionOptions(Builder builder) {
		this.serverNoContext = builder.serverNoContext;
		this.preferredClientNoContext = builder.preferredClientNoContext;
		this.threshold = builder.threshold;
		this.serverMaxWindowBits = builder.serverMaxWindowBits;
		this.clientMaxWindowBits = builder.clientMaxWindowBits;
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
	public static WebSocketCompressionOptions defaults() {
		return builder().build();
	}

	/**
	 * Return whether the server drops its compression context after each message, for all
	 * clients. For those that ask for it, it does so anyway.
	 * @return {@code false} by default
	 */
	public boolean serverNoContext() {
		return this.serverNoContext;
	}

	/**
	 * Return whether clients are asked to drop their compression context after each
	 * message.
	 * @return {@code false} by default
	 */
	public boolean preferredClientNoContext() {
		return this.preferredClientNoContext;
	}

	/**
	 * Return the minimum size of a WebSocket packet to be compressed, in bytes. It has no
	 * effect where the server keeps its compression context: there, every message is
	 * compressed.
	 * @return {@code 1024} by default
	 */
	public int threshold() {
		return this.threshold;
	}

	/**
	 * Return the maximum size of the window that the server compresses with, as a power
	 * of two.
	 * @return {@code 15} by default
	 */
	public int serverMaxWindowBits() {
		return this.serverMaxWindowBits;
	}

	/**
	 * Return the maximum size of the window that clients are asked to compress with, as a
	 * power of two. It is sent to those that allow it.
	 * @return {@code 15} by default
	 */
	public int clientMaxWindowBits() {
		return this.clientMaxWindowBits;
	}

	/**
	 * Builds {@link WebSocketCompressionOptions}. Each value is checked when it is set;
	 * an invalid value causes an {@link InvalidOptionException} that names the option.
	 */
	public static final class Builder {

		private boolean serverNoContext = false;

		private boolean preferredClientNoContext = false;

		private int threshold = 1024;

		private int serverMaxWindowBits = 15;

		private int clientMaxWindowBits = 15;

		private Builder() {
		}

		/**
		 * Set whether the server drops its compression context after each message, for
		 * all clients. For those that ask for it, it does so anyway. A broadcast is then
		 * compressed once, if {@link EngineWebOptions#nativeWebsocket()} is {@code true}.
		 * @param serverNoContext the value; {@code false} by default
		 * @return this builder
		 */
		public Builder serverNoContext(boolean serverNoContext) {
			this.serverNoContext = serverNoContext;
			return this;
		}

		/**
		 * Set whether clients are asked to drop their compression context after each
		 * message.
		 * @param preferredClientNoContext the value; {@code false} by default
		 * @return this builder
		 */
		public Builder preferredClientNoContext(boolean preferredClientNoContext) {
			this.preferredClientNoContext = preferredClientNoContext;
			return this;
		}

		/**
		 * Set the minimum size of a WebSocket packet to be compressed, in bytes. It has
		 * no effect where the server keeps its compression context: there, every message
		 * is compressed.
		 * @param threshold the value, at least 0; {@code 1024} by default
		 * @return this builder
		 */
		public Builder threshold(int threshold) {
			this.threshold = OptionChecks.atLeast("threshold", threshold, 0);
			return this;
		}

		/**
		 * Set the maximum size of the window that the server compresses with, as a power
		 * of two.
		 * @param serverMaxWindowBits the value, from 8 to 15; {@code 15} by default
		 * @return this builder
		 */
		public Builder serverMaxWindowBits(int serverMaxWindowBits) {
			this.serverMaxWindowBits = OptionChecks.inRange("serverMaxWindowBits", serverMaxWindowBits, 8, 15);
			return this;
		}

		/**
		 * Set the maximum size of the window that clients are asked to compress with, as
		 * a power of two. It is sent to those that allow it.
		 * @param clientMaxWindowBits the value, from 8 to 15; {@code 15} by default
		 * @return this builder
		 */
		public Builder clientMaxWindowBits(int clientMaxWindowBits) {
			this.clientMaxWindowBits = OptionChecks.inRange("clientMaxWindowBits", clientMaxWindowBits, 8, 15);
			return this;
		}

		/**
		 * Create the options.
		 * @return immutable options
		 */
		public WebSocketCompressionOptions build() {
			return new WebSocketCompressionOptions(this);
		}

	}

}
