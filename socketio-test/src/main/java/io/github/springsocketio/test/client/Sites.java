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
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Hosts, domains and sites of addresses.
 */
final class Sites {

	private Sites() {
	}

	static String host(URI uri) {
		String host = uri.getHost();
		return (host != null) ? host.toLowerCase(Locale.ROOT) : "";
	}

	static String path(URI uri) {
		String path = uri.getRawPath();
		return (path != null && path.startsWith("/")) ? path : "/";
	}

	/**
	 * Return the default path of a cookie, RFC 6265, section 5.1.4.
	 */
	static String defaultPath(URI uri) {
		String path = path(uri);
		int last = path.lastIndexOf('/');
		return (last <= 0) ? "/" : path.substring(0, last);
	}

	/**
	 * Return whether a host matches a domain, RFC 6265, section 5.1.3.
	 */
	static boolean domainMatches(String host, String domain) {
		return host.equals(domain) || host.endsWith("." + domain) && !isAddress(host);
	}

	static boolean isAddress(String host) {
		return host.contains(":") || host.matches("\\d{1,3}(\\.\\d{1,3}){3}");
	}

	/**
	 * Return whether cookies with the attribute {@code Secure} may be set by and sent to
	 * an address. Browsers treat the local machine like a host with TLS.
	 */
	static boolean isTrustworthy(URI uri) {
		String scheme = scheme(uri);
		String host = host(uri);
		return scheme.equals("https") || host.equals("localhost") || host.endsWith(".localhost")
				|| host.startsWith("127.") && isAddress(host) || host.equals("[::1]");
	}

	/**
	 * Return whether a page may set cookies without {@code SameSite=None} with its
	 * requests to an address: scheme and registrable domain are the same.
	 */
	static boolean isSameSite(@Nullable String origin, URI uri) {
		if (origin == null) {
			return true;
		}
		try {
			URI page = URI.create(origin);
			return scheme(page).equals(scheme(uri)) && site(host(page)).equals(site(host(uri)));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static String scheme(URI uri) {
		String scheme = (uri.getScheme() != null) ? uri.getScheme().toLowerCase(Locale.ROOT) : "";
		return switch (scheme) {
			case "wss" -> "https";
			case "ws" -> "http";
			default -> scheme;
		};
	}

	/**
	 * Return the last two labels, which are used as the registrable domain, because there
	 * is no list of public suffixes.
	 */
	private static String site(String host) {
		if (isAddress(host)) {
			return host;
		}
		int last = host.lastIndexOf('.');
		int second = (last > 0) ? host.lastIndexOf('.', last - 1) : -1;
		return host.substring(second + 1);
	}

}
