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

package io.github.springsocketio.test.client;

import java.net.URI;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A cookie in a {@link CookieStore}.
 *
 * @param name the name
 * @param value the value
 * @param domain the domain, in lower case and without a leading dot
 * @param hostOnly whether the cookie is only sent to the host {@code domain}, and not to
 * its subdomains
 * @param path the path
 * @param secure whether the cookie is only sent with TLS, or to the local machine
 * @param httpOnly whether the cookie is not accessible to scripts of a page
 * @param sameSite {@code "Strict"}, {@code "Lax"} or {@code "None"}; {@code "Lax"} also
 * if the header has no such attribute
 * @param expires the time at which the cookie expires, or {@code null} if it does not
 * @since 0.1.0
 */
public record Cookie(String name, String value, String domain, boolean hostOnly, String path, boolean secure,
		boolean httpOnly, String sameSite, @Nullable Instant expires) {

	boolean isExpired(Instant now) {
		return this.expires != null && !this.expires.isAfter(now);
	}

	/**
	 * Return whether another cookie replaces this one, as in the storage model of RFC
	 * 6265bis, which unlike RFC 6265 also compares the host-only flag.
	 */
	boolean isReplacedBy(Cookie other) {
		return this.name.equals(other.name) && this.domain.equals(other.domain) && this.hostOnly == other.hostOnly
				&& this.path.equals(other.path);
	}

	/**
	 * Return whether the cookie is sent with a request, RFC 6265, section 5.4.
	 */
	boolean matches(URI uri, boolean crossSite) {
		String host = Sites.host(uri);
		boolean domainMatches = this.hostOnly ? host.equals(this.domain) : Sites.domainMatches(host, this.domain);
		return domainMatches && pathMatches(Sites.path(uri)) && (!this.secure || Sites.isTrustworthy(uri))
				&& (!crossSite || this.sameSite.equals("None"));
	}

	/**
	 * Return whether the path of a request matches, RFC 6265, section 5.1.4.
	 */
	private boolean pathMatches(String requested) {
		return requested.equals(this.path) || requested.startsWith(this.path)
				&& (this.path.endsWith("/") || requested.charAt(this.path.length()) == '/');
	}

}
