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

import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.stream.Stream;

import io.github.springsocketio.engineio.ApplicationCalls;
import io.github.springsocketio.engineio.HandshakeRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.WebSession;

/**
 * A flat copy of a handshake request that does not retain the exchange (EIO-36).
 */
final class WebHandshakeRequest implements HandshakeRequest {

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<WebHandshakeRequest, @Nullable Map> ATTRIBUTES = AtomicReferenceFieldUpdater
		.newUpdater(WebHandshakeRequest.class, Map.class, "attributes");

	/** The memory of this object and its parts in addition to the text of the request. */
	private static final int OVERHEAD = 256;

	/** The memory of the server's objects for a request and a header. */
	private static final int REQUEST_OVERHEAD = 4096;

	private static final int REQUEST_HEADER = 200;

	private static final String PACKAGE = WebHandshakeRequest.class.getPackageName() + ".";

	private final String url;

	private final String[] headers;

	private final int retainedBytes;

	private final short headerCount;

	private final @Nullable InetSocketAddress remoteAddress;

	private final boolean secure;

	private final long issued = System.currentTimeMillis();

	private ContextView context = Context.empty();

	private @Nullable Principal principal;

	private volatile @Nullable WebSession webSession;

	private @Nullable HandshakeSessions sessions;

	/**
	 * The current id, if it was changed through another object for the same session.
	 */
	private volatile @Nullable String changedSessionId;

	private volatile @Nullable Map<String, Object> attributes;

	WebHandshakeRequest(EngineRequest request) {
		ServerHttpRequest http = request.exchange().getRequest();
		this.url = HandshakeHeaders.shareUrl(request.target());
		this.remoteAddress = http.getRemoteAddress();
		this.secure = http.getSslInfo() != null || isSecure(http.getURI().getScheme());
		HandshakeHeaders copy = new HandshakeHeaders(http);
		this.headers = copy.kept();
		this.retainedBytes = OVERHEAD + this.url.length() + copy.retained();
		this.headerCount = (short) Math.min(copy.count(), Short.MAX_VALUE);
	}

	private static boolean isSecure(@Nullable String scheme) {
		return "https".equalsIgnoreCase(scheme) || "wss".equalsIgnoreCase(scheme);
	}

	void setContext(ContextView context) {
		this.context = context;
	}

	void setPrincipal(@Nullable Principal principal) {
		this.principal = principal;
	}

	void setSessions(HandshakeSessions sessions) {
		this.sessions = sessions;
	}

	/**
	 * Set the session, of which only the id is used.
	 */
	void setWebSession(WebSession session) {
		this.webSession = session;
	}

	void setSession(WebSession session) {
		this.webSession = session;
		attributes().put(WebSession.class.getName(), session);
	}

	/**
	 * Copy the attributes of the exchange, except those of the framework and of this
	 * package.
	 */
	void copyAttributes(Map<String, Object> exchangeAttributes) {
		exchangeAttributes.forEach((name, value) -> {
			if (value != null && !name.startsWith("org.springframework.") && !name.startsWith(PACKAGE)) {
				attributes().put(name, value);
			}
		});
	}

	@Override
	public String url() {
		return this.url;
	}

	@Override
	public Map<String, String> query() {
		return Collections.unmodifiableMap(QueryParameters.parse(this.url));
	}

	@Override
	public Map<String, List<String>> headers() {
		Map<String, List<String>> map = new LinkedHashMap<>();
		String[] all = HandshakeHeaders.separate(this.headers);
		for (int i = 0; i < all.length; i += 2) {
			map.merge(all[i], List.of(all[i + 1]), WebHandshakeRequest::joined);
		}
		return Collections.unmodifiableMap(map);
	}

	private static List<String> joined(List<String> first, List<String> second) {
		return Stream.concat(first.stream(), second.stream()).toList();
	}

	@Override
	public @Nullable String header(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		String separator = lower.equals("cookie") ? "; " : ", ";
		String value = null;
		String[] all = HandshakeHeaders.separate(this.headers);
		for (int i = 0; i < all.length; i += 2) {
			if (all[i].equals(lower)) {
				value = (value != null) ? value + separator + all[i + 1] : all[i + 1];
			}
		}
		return value;
	}

	@Override
	public int retainedBytes() {
		return this.retainedBytes;
	}

	/**
	 * Return the approximate memory of the request while it is being handled.
	 */
	int requestBytes() {
		return REQUEST_OVERHEAD + REQUEST_HEADER * this.headerCount + 2 * this.retainedBytes;
	}

	@Override
	public @Nullable InetSocketAddress remoteAddress() {
		return this.remoteAddress;
	}

	@Override
	public boolean secure() {
		return this.secure;
	}

	@Override
	public Instant issued() {
		return Instant.ofEpochMilli(this.issued);
	}

	@Override
	public @Nullable Principal principal() {
		return this.principal;
	}

	@Override
	public @Nullable String webSessionId() {
		String changed = this.changedSessionId;
		WebSession session = this.webSession;
		return (changed != null) ? changed : (session != null) ? session.getId() : null;
	}

	@Override
	public void onWebSessionIdChanged(String previousId, String id) {
		if (previousId.equals(webSessionId())) {
			this.changedSessionId = id;
		}
	}

	@Override
	public Mono<WebSession> webSession() {
		return ApplicationCalls.defer(() -> {
			String id = webSessionId();
			WebSession known = this.webSession;
			return (id != null && known != null && this.sessions != null) ? this.sessions.read(id, known)
					: Mono.empty();
		});
	}

	@Override
	public Mono<Boolean> checkWebSession(boolean access) {
		return ApplicationCalls.defer(() -> {
			String id = webSessionId();
			WebSession known = this.webSession;
			return (id != null && known != null && this.sessions != null) ? this.sessions.check(id, known, access)
					: Mono.just(true);
		});
	}

	@Override
	public ContextView context() {
		return this.context;
	}

	@Override
	public Map<String, Object> attributes() {
		Map<String, Object> result = this.attributes;
		if (result == null) {
			ATTRIBUTES.compareAndSet(this, null, new ConcurrentHashMap<>(4));
			result = Objects.requireNonNull(this.attributes);
		}
		return result;
	}

}
