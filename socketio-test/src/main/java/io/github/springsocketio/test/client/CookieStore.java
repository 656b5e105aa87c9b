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
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Stores cookies like a browser, according to RFC 6265 with {@code SameSite} and the name
 * prefixes {@code __Secure-} and {@code __Host-}. Several clients may share a store, like
 * the tabs of a browser. Safe to use from any thread.
 *
 * <p>
 * The default of {@code SameSite} is {@code Lax}, as in current browsers. The value
 * {@code None} requires {@code Secure}. The requests of a Socket.IO client are never
 * navigations, so there is no difference between {@code Lax} and {@code Strict}: cookies
 * with these values are not sent to another site. The local machine is regarded as
 * secure. There is no list of public suffixes: a domain must have at least two labels,
 * and the last two labels are the site.
 *
 * <p>
 * A store contains at most 3000 cookies, and at most 180 of a domain. If there are more,
 * the oldest ones are removed.
 *
 * @since 0.1.0
 */
public final class CookieStore {

	private static final int MAX_COOKIES = 3000;

	private static final int MAX_PER_DOMAIN = 180;

	private static final int MAX_LENGTH = 4096;

	private final Clock clock;

	private final AtomicReference<List<Cookie>> cookies = new AtomicReference<>(List.of());

	private CookieStore(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Create an empty store.
	 * @return the store
	 */
	public static CookieStore create() {
		return create(Clock.systemUTC());
	}

	/**
	 * Create an empty store with a clock, so that a test can control the expiry of
	 * cookies.
	 * @param clock the clock
	 * @return the store
	 */
	public static CookieStore create(Clock clock) {
		Assert.notNull(clock, "'clock' must not be null");
		return new CookieStore(clock);
	}

	/**
	 * Add a cookie without attributes, as if a response had set it.
	 * @param uri the address of the request
	 * @param name the name
	 * @param value the value
	 */
	public void set(URI uri, String name, String value) {
		store(uri, List.of(name + "=" + value + "; Path=/"), false);
	}

	/**
	 * Store the cookies of a response to a same-site request.
	 * @param uri the address of the request
	 * @param headers the values of the {@code Set-Cookie} headers
	 */
	public void store(URI uri, Collection<String> headers) {
		store(uri, headers, false);
	}

	/**
	 * Store the cookies of a response. Cookies that a browser would refuse are ignored.
	 * @param uri the address of the request
	 * @param headers the values of the {@code Set-Cookie} headers
	 * @param crossSite whether the page that sent the request belongs to another site
	 */
	public void store(URI uri, Collection<String> headers, boolean crossSite) {
		for (String header : headers) {
			SetCookie received = SetCookie.parse(header);
			Cookie cookie = (received != null) ? accept(uri, received, crossSite) : null;
			if (cookie != null) {
				this.cookies.updateAndGet((stored) -> add(stored, cookie));
			}
		}
	}

	/**
	 * Return the {@code Cookie} header of a same-site request.
	 * @param uri the address of the request
	 * @return the value of the header, or {@code null} if there is no cookie for the
	 * address
	 */
	public @Nullable String header(URI uri) {
		return header(uri, false);
	}

	/**
	 * Return the {@code Cookie} header of a request. Cookies with longer paths are first,
	 * and cookies with paths of the same length are ordered by age, the oldest first.
	 * @param uri the address of the request
	 * @param crossSite whether the page that sends the request belongs to another site
	 * @return the value of the header, or {@code null} if there is no cookie for the
	 * address
	 */
	public @Nullable String header(URI uri, boolean crossSite) {
		String header = cookies().stream()
			.filter((cookie) -> cookie.matches(uri, crossSite))
			.sorted(Comparator.comparingInt((cookie) -> -cookie.path().length()))
			.map((cookie) -> cookie.name() + "=" + cookie.value())
			.collect(Collectors.joining("; "));
		return header.isEmpty() ? null : header;
	}

	/**
	 * Return the cookies that have not expired.
	 * @return an immutable list, the oldest first
	 */
	public List<Cookie> cookies() {
		Instant now = this.clock.instant();
		return Objects.requireNonNull(this.cookies.get()).stream().filter((cookie) -> !cookie.isExpired(now)).toList();
	}

	/**
	 * Return a cookie by its name.
	 * @param name the name
	 * @return the oldest cookie of this name that has not expired, or {@code null} if
	 * there is none
	 */
	public @Nullable Cookie get(String name) {
		return cookies().stream().filter((cookie) -> cookie.name().equals(name)).findFirst().orElse(null);
	}

	/**
	 * Remove all cookies of a name.
	 * @param name the name
	 */
	public void remove(String name) {
		this.cookies.updateAndGet((stored) -> stored.stream().filter((cookie) -> !cookie.name().equals(name)).toList());
	}

	/**
	 * Remove all cookies.
	 */
	public void clear() {
		this.cookies.set(List.of());
	}

	private @Nullable Cookie accept(URI uri, SetCookie received, boolean crossSite) {
		String host = Sites.host(uri);
		String domain = domain(received);
		boolean hostOnly = domain.isEmpty() || domain.equals(host) && (Sites.isAddress(host) || !host.contains("."));
		String path = received.path();
		Cookie cookie = new Cookie(received.name(), received.value(), hostOnly ? host : domain, hostOnly,
				(path != null && path.startsWith("/")) ? path : Sites.defaultPath(uri), received.secure(),
				received.httpOnly(), sameSite(received), received.expiry(this.clock.instant()));
		return isAcceptable(uri, received, cookie, crossSite) ? cookie : null;
	}

	private static String domain(SetCookie received) {
		String domain = received.domain();
		if (domain == null) {
			return "";
		}
		return (domain.startsWith(".") ? domain.substring(1) : domain).toLowerCase(Locale.ROOT);
	}

	private static String sameSite(SetCookie received) {
		String sameSite = received.sameSite();
		if ("None".equalsIgnoreCase(sameSite)) {
			return "None";
		}
		return "Strict".equalsIgnoreCase(sameSite) ? "Strict" : "Lax";
	}

	private boolean isAcceptable(URI uri, SetCookie received, Cookie cookie, boolean crossSite) {
		String host = Sites.host(uri);
		if (!cookie.hostOnly() && (!Sites.domainMatches(host, cookie.domain()) || !cookie.domain().contains("."))) {
			return false;
		}
		if (cookie.name().length() + cookie.value().length() > MAX_LENGTH || hasControl(cookie)) {
			return false;
		}
		if (cookie.secure() && !Sites.isTrustworthy(uri)) {
			return false;
		}
		boolean none = cookie.sameSite().equals("None");
		if (none && !cookie.secure() || crossSite && !none) {
			return false;
		}
		return hasPrefixAttributes(received, cookie) && (cookie.secure() || !hidesSecure(uri, cookie));
	}

	private static boolean hasControl(Cookie cookie) {
		return (cookie.name() + cookie.value()).chars().anyMatch((c) -> c < ' ' && c != '\t' || c == 0x7F);
	}

	private static boolean hasPrefixAttributes(SetCookie received, Cookie cookie) {
		if (cookie.name().startsWith("__Host-")) {
			return cookie.secure() && received.domain() == null && "/".equals(received.path());
		}
		return !cookie.name().startsWith("__Secure-") || cookie.secure();
	}

	/**
	 * Return whether a cookie from a response without TLS would replace or hide a cookie
	 * with {@code Secure}.
	 */
	private boolean hidesSecure(URI uri, Cookie cookie) {
		return !Sites.isTrustworthy(uri) && cookies().stream()
			.anyMatch((stored) -> stored.secure() && stored.name().equals(cookie.name())
					&& (Sites.domainMatches(stored.domain(), cookie.domain())
							|| Sites.domainMatches(cookie.domain(), stored.domain()))
					&& cookie.path().startsWith(stored.path()));
	}

	private List<Cookie> add(List<Cookie> stored, Cookie cookie) {
		Instant now = this.clock.instant();
		List<Cookie> result = new ArrayList<>();
		boolean replaced = false;
		for (Cookie other : stored) {
			boolean same = other.isReplacedBy(cookie);
			replaced |= same;
			Cookie kept = same ? cookie : other;
			if (!kept.isExpired(now)) {
				result.add(kept);
			}
		}
		if (!replaced && !cookie.isExpired(now)) {
			result.add(cookie);
		}
		removeOldest(result, cookie);
		return List.copyOf(result);
	}

	private static void removeOldest(List<Cookie> cookies, Cookie added) {
		long ofDomain = cookies.stream().filter((cookie) -> cookie.domain().equals(added.domain())).count();
		if (ofDomain > MAX_PER_DOMAIN) {
			cookies.stream()
				.filter((cookie) -> cookie.domain().equals(added.domain()))
				.findFirst()
				.ifPresent(cookies::remove);
		}
		if (cookies.size() > MAX_COOKIES) {
			cookies.remove(0);
		}
	}

	@Override
	public String toString() {
		return cookies().toString();
	}

}
