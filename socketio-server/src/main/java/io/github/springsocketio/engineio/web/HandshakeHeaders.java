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

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Copies the headers of handshakes. Strings that many handshakes share, such as names and
 * the values that browsers of one kind send, are kept once, in a table of fixed size. A
 * new string replaces the one in its slot. Races are harmless, because strings can be
 * published unsafely. If there are more headers than clients usually send, they are kept
 * as one text, so that many small headers need no more memory than a few large ones.
 */
final class HandshakeHeaders {

	private static final int SLOTS = 512;

	private static final int MAX_LENGTH = 256;

	private static final int MAX_SEPARATE = 64;

	/** The memory of a string in addition to its characters, with the reference to it. */
	private static final int OVERHEAD = 48;

	private static final String SEPARATOR = "\n";

	/** Headers whose values are common to many clients. */
	private static final Set<String> COMMON = Set.of("accept", "accept-encoding", "accept-language", "cache-control",
			"connection", "host", "origin", "pragma", "sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform",
			"sec-fetch-dest", "sec-fetch-mode", "sec-fetch-site", "sec-websocket-extensions", "sec-websocket-version",
			"upgrade", "user-agent");

	private static final @Nullable String[] shared = new @Nullable String[SLOTS];

	private final List<String> copy = new ArrayList<>(32);

	private final String[] kept;

	private int retained;

	/**
	 * Copy the headers of a request.
	 */
	HandshakeHeaders(ServerHttpRequest request) {
		if (EnginePath.isPlain(request) && EnginePath.nativeRequest(request) instanceof HttpServerRequest plain) {
			Iterator<Map.Entry<CharSequence, CharSequence>> headers = plain.requestHeaders().iteratorCharSequence();
			while (headers.hasNext()) {
				Map.Entry<CharSequence, CharSequence> header = headers.next();
				add(header.getKey().toString(), header.getValue().toString());
			}
		}
		else {
			request.getHeaders().forEach((name, values) -> values.forEach((value) -> add(name, value)));
		}
		if (count() <= MAX_SEPARATE) {
			this.kept = this.copy.toArray(String[]::new);
		}
		else {
			String joined = String.join(SEPARATOR, this.copy);
			this.kept = new String[] { joined };
			this.retained = joined.length() + OVERHEAD;
		}
	}

	/**
	 * Return the shared instance of a URL that many handshakes have in common.
	 * @param url the path and the query of a request
	 * @return an equal text
	 */
	static String shareUrl(String url) {
		// clients add an individual parameter "t" to each polling request
		if (url.length() > MAX_LENGTH || url.contains("&t=") || url.contains("?t=")) {
			return url;
		}
		String known = exchange(url);
		return (known != null) ? known : url;
	}

	/**
	 * Return the number of headers.
	 */
	int count() {
		return this.copy.size() / 2;
	}

	/**
	 * Return the memory of the copy in bytes, without shared strings.
	 */
	int retained() {
		return this.retained;
	}

	/**
	 * Return the headers in the form in which they are kept.
	 * @return the headers, for {@link #separate(String[])}
	 */
	String[] kept() {
		return this.kept;
	}

	/**
	 * Return names in lower case and values, alternately.
	 * @param kept the headers in the form in which they are kept
	 */
	static String[] separate(String[] kept) {
		return (kept.length == 1) ? kept[0].split(SEPARATOR, -1) : kept;
	}

	private void add(String name, String value) {
		String lower = name.toLowerCase(Locale.ROOT);
		this.copy.add(share(lower));
		if (COMMON.contains(lower)) {
			this.copy.add(share(value));
		}
		else {
			this.copy.add(value);
			this.retained += OVERHEAD + value.length();
		}
	}

	private String share(String text) {
		if (count() < MAX_SEPARATE && text.length() <= MAX_LENGTH) {
			String known = exchange(text);
			if (known != null) {
				return known;
			}
		}
		this.retained += OVERHEAD + text.length();
		return text;
	}

	/**
	 * Return the equal string of the table. If there is none, add the given string.
	 */
	private static @Nullable String exchange(String text) {
		int hash = text.hashCode();
		int slot = (hash ^ hash >>> 16) & (SLOTS - 1);
		String known = shared[slot];
		if (known != null && known.equals(text)) {
			return known;
		}
		shared[slot] = text;
		return null;
	}

}
