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

package io.github.springsocketio.admin;

import java.time.Duration;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.StringUtils;

/**
 * Properties of the Admin UI.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("socketio.admin")
public class AdminProperties {

	private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(0[4-9]|1\\d|2\\d|3[01])\\$[./A-Za-z0-9]{53}");

	private static final String BCRYPT_ID = "{bcrypt}";

	private static final int MAX_SOCKETS = 5_000;

	private static final int MAX_EVENTS = 10_000;

	/**
	 * Whether the Admin UI and its namespace are available.
	 */
	private boolean enabled;

	/**
	 * Name of the namespace for the Admin UI.
	 */
	private String namespace = "/admin";

	/**
	 * Authentication of administrators.
	 */
	private Auth auth = Auth.BASIC;

	/**
	 * Name of the administrator.
	 */
	private @Nullable String username;

	/**
	 * BCrypt hash of the password of the administrator.
	 */
	private @Nullable String password;

	/**
	 * Time for which a login is remembered, so that the UI can reconnect without the
	 * password.
	 */
	private Duration sessionDuration = Duration.ofDays(1);

	/**
	 * Whether the UI is read-only.
	 */
	private boolean readonly;

	/**
	 * Level of detail that is sent to the UI. In production mode, neither payloads of
	 * events nor data, headers or query parameters of sockets are sent.
	 */
	private Mode mode = Mode.PRODUCTION;

	/**
	 * Name of this node in the UI, different for each node. The name of the host and the
	 * process id by default.
	 */
	private @Nullable String serverId;

	/**
	 * Maximum number of sockets that are sent to the UI individually. With more sockets
	 * in the cluster, only totals are sent, and details of a room or a namespace on
	 * demand.
	 */
	private int maxSockets = 1_000;

	/**
	 * Maximum number of changes of sockets that this node reports per second. If there
	 * are more, the list of sockets is sent again later.
	 */
	private int maxEventsPerSecond = 200;

	private final Ui ui = new Ui();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public String getNamespace() {
		return this.namespace;
	}

	public void setNamespace(String namespace) {
		this.namespace = namespace;
	}

	public Auth getAuth() {
		return this.auth;
	}

	public void setAuth(Auth auth) {
		this.auth = auth;
	}

	public @Nullable String getUsername() {
		return this.username;
	}

	public void setUsername(@Nullable String username) {
		this.username = username;
	}

	public @Nullable String getPassword() {
		return this.password;
	}

	public void setPassword(@Nullable String password) {
		this.password = password;
	}

	public Duration getSessionDuration() {
		return this.sessionDuration;
	}

	public void setSessionDuration(Duration sessionDuration) {
		this.sessionDuration = sessionDuration;
	}

	public boolean isReadonly() {
		return this.readonly;
	}

	public void setReadonly(boolean readonly) {
		this.readonly = readonly;
	}

	public Mode getMode() {
		return this.mode;
	}

	public void setMode(Mode mode) {
		this.mode = mode;
	}

	public @Nullable String getServerId() {
		return this.serverId;
	}

	public void setServerId(@Nullable String serverId) {
		this.serverId = serverId;
	}

	public int getMaxSockets() {
		return this.maxSockets;
	}

	public void setMaxSockets(int maxSockets) {
		this.maxSockets = maxSockets;
	}

	public int getMaxEventsPerSecond() {
		return this.maxEventsPerSecond;
	}

	public void setMaxEventsPerSecond(int maxEventsPerSecond) {
		this.maxEventsPerSecond = maxEventsPerSecond;
	}

	public Ui getUi() {
		return this.ui;
	}

	/**
	 * Validate the values.
	 * @throws InvalidAdminPropertyException if a value is missing or invalid
	 */
	void validate() {
		check(this.namespace.startsWith("/") && this.namespace.length() > 1, "namespace",
				"must begin with a slash, and must not be the main namespace");
		if (this.auth == Auth.BASIC) {
			check(StringUtils.hasText(this.username), "username",
					"is missing. Set it and 'socketio.admin.password', or 'socketio.admin.auth' to 'none' if "
							+ "anyone who can connect to the server may use the Admin UI");
			check(StringUtils.hasText(this.password), "password",
					"is missing. Set it to the BCrypt hash of a password, or 'socketio.admin.auth' to 'none' if "
							+ "anyone who can connect to the server may use the Admin UI");
			check(BCRYPT.matcher(passwordHash()).matches(), "password",
					"must be a BCrypt hash, such as that of 'htpasswd -nBC 12 admin' after the colon");
		}
		check(this.sessionDuration.toSeconds() > 0, "session-duration", "must be at least one second");
		check(this.maxSockets >= 0 && this.maxSockets <= MAX_SOCKETS, "max-sockets",
				"must be between 0 and " + MAX_SOCKETS);
		check(this.maxEventsPerSecond > 0 && this.maxEventsPerSecond <= MAX_EVENTS, "max-events-per-second",
				"must be between 1 and " + MAX_EVENTS);
		check(this.ui.path.startsWith("/") && this.ui.path.length() > 1 && !this.ui.path.endsWith("/"), "ui.path",
				"must begin with a slash and not end with one");
	}

	private static void check(boolean valid, String property, String reason) {
		if (!valid) {
			throw new InvalidAdminPropertyException("socketio.admin." + property, reason);
		}
	}

	/**
	 * Return the hash without the id that Spring Security's encoders prepend.
	 */
	String passwordHash() {
		String hash = (this.password != null) ? this.password : "";
		return hash.startsWith(BCRYPT_ID) ? hash.substring(BCRYPT_ID.length()) : hash;
	}

	/**
	 * Files of the UI.
	 */
	public static class Ui {

		/**
		 * Whether the application serves the files of the UI.
		 */
		private boolean enabled = true;

		/**
		 * Path of the UI in the application.
		 */
		private String path = "/socketio-admin";

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

	}

	/**
	 * Authentication of administrators.
	 */
	public enum Auth {

		/**
		 * By name and password.
		 */
		BASIC,

		/**
		 * Not at all.
		 */
		NONE

	}

	/**
	 * Level of detail that is sent to the UI.
	 */
	public enum Mode {

		/**
		 * Events with their payloads, and data, headers and query of each socket.
		 */
		DEVELOPMENT,

		/**
		 * Nothing that clients or handlers have sent.
		 */
		PRODUCTION

	}

}
