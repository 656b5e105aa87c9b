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

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.web.server.Ssl;

/**
 * Properties of the Socket.IO server's own port.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("socketio.server")
public class SocketIoServerProperties {

	/**
	 * Port of the Socket.IO server, or 0 for any free one. If not set, the server is on
	 * the port of the application.
	 */
	private @Nullable Integer port;

	/**
	 * Network address to which the server binds its own port.
	 */
	private @Nullable InetAddress address;

	/**
	 * Name of the cookie of Spring Session in a servlet application. If not set, the
	 * value of server.servlet.session.cookie.name applies.
	 */
	private @Nullable String sessionCookie;

	@NestedConfigurationProperty
	private @Nullable Ssl ssl;

	private final Http2 http2 = new Http2();

	public @Nullable Integer getPort() {
		return this.port;
	}

	public void setPort(@Nullable Integer port) {
		this.port = port;
	}

	public @Nullable InetAddress getAddress() {
		return this.address;
	}

	public void setAddress(@Nullable InetAddress address) {
		this.address = address;
	}

	public @Nullable String getSessionCookie() {
		return this.sessionCookie;
	}

	public void setSessionCookie(@Nullable String sessionCookie) {
		this.sessionCookie = sessionCookie;
	}

	public @Nullable Ssl getSsl() {
		return this.ssl;
	}

	public void setSsl(@Nullable Ssl ssl) {
		this.ssl = ssl;
	}

	public Http2 getHttp2() {
		return this.http2;
	}

	/**
	 * HTTP/2.
	 */
	public static class Http2 {

		/**
		 * Whether to support HTTP/2 on the server's own port.
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
