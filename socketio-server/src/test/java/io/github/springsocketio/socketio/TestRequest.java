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

package io.github.springsocketio.socketio;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.github.springsocketio.engineio.HandshakeRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * A handshake.
 */
final class TestRequest implements HandshakeRequest {

	private final Map<String, List<String>> headers;

	private final Map<String, Object> attributes = new ConcurrentHashMap<>();

	private ContextView context = Context.empty();

	private @Nullable Principal principal = () -> "ada";

	private @Nullable String webSessionId;

	private Function<Boolean, Mono<Boolean>> webSessionCheck = (access) -> Mono.just(true);

	TestRequest() {
		this(Map.of("user-agent", List.of("test")));
	}

	static TestRequest of(@Nullable String principal) {
		TestRequest request = new TestRequest();
		request.principal = (principal != null) ? () -> principal : null;
		return request;
	}

	TestRequest(Map<String, List<String>> headers) {
		this.headers = headers;
	}

	TestRequest context(ContextView context) {
		this.context = context;
		return this;
	}

	TestRequest webSession(String id) {
		this.webSessionId = id;
		return this;
	}

	/**
	 * Decide whether the session exists.
	 * @param check is told whether this is an access
	 */
	TestRequest webSessionCheck(Function<Boolean, Mono<Boolean>> check) {
		this.webSessionCheck = check;
		return this;
	}

	@Override
	public Mono<Boolean> checkWebSession(boolean access) {
		return this.webSessionCheck.apply(access);
	}

	@Override
	public @Nullable String webSessionId() {
		return this.webSessionId;
	}

	@Override
	public void onWebSessionIdChanged(String previousId, String id) {
		if (previousId.equals(this.webSessionId)) {
			this.webSessionId = id;
		}
	}

	@Override
	public ContextView context() {
		return this.context;
	}

	@Override
	public String url() {
		return "/socket.io/?EIO=4&transport=websocket&a=1&a=2";
	}

	@Override
	public Map<String, String> query() {
		return Map.of("EIO", "4", "transport", "websocket", "a", "2");
	}

	@Override
	public Map<String, List<String>> headers() {
		return this.headers;
	}

	@Override
	public @Nullable String header(String name) {
		List<String> values = this.headers.get(name.toLowerCase(Locale.ROOT));
		return (values != null) ? String.join(", ", values) : null;
	}

	@Override
	public @Nullable InetSocketAddress remoteAddress() {
		return new InetSocketAddress("127.0.0.1", 4711);
	}

	@Override
	public boolean secure() {
		return false;
	}

	@Override
	public Instant issued() {
		return Instant.EPOCH;
	}

	@Override
	public @Nullable Principal principal() {
		return this.principal;
	}

	@Override
	public Map<String, Object> attributes() {
		return this.attributes;
	}

}
