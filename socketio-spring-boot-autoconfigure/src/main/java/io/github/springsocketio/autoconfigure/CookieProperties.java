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
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.github.springsocketio.engineio.web.SessionCookieOptions.Priority;
import io.github.springsocketio.engineio.web.SessionCookieOptions.SameSite;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationUnit;

/**
 * Properties of the session cookie.
 *
 * @since 0.1.0
 */
public class CookieProperties {

	/**
	 * Whether the handshake sends a cookie with the session id, by which load balancers
	 * find the server of a session.
	 */
	private boolean enabled;

	/**
	 * Name of the cookie.
	 */
	private String name = "io";

	/**
	 * Path of the cookie. Left out if empty.
	 */
	private String path = "/";

	/**
	 * Domain of the cookie.
	 */
	private @Nullable String domain;

	/**
	 * Maximum age of the cookie. If a duration suffix is not specified, seconds will be
	 * used.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private @Nullable Duration maxAge;

	/**
	 * Date at which the cookie expires, the same for all clients. Prefer the maximum age.
	 */
	private @Nullable Instant expires;

	/**
	 * Whether scripts in the browser are kept from reading the cookie.
	 */
	private boolean httpOnly = true;

	/**
	 * Whether browsers return the cookie on encrypted connections only.
	 */
	private boolean secure;

	/**
	 * Whether browsers keep the cookie apart for each top-level site.
	 */
	private boolean partitioned;

	/**
	 * Priority of the cookie in browsers that have to discard some.
	 */
	private @Nullable Priority priority;

	/**
	 * SameSite setting of the cookie.
	 */
	private SameSite sameSite = SameSite.LAX;

	/**
	 * Whether the cookie is also sent to clients that begin with a websocket.
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
