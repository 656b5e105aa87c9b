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

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.netty.channel.Channel;
import reactor.netty.Connection;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import org.springframework.http.HttpMessage;
import org.springframework.web.server.ServerWebExchange;

/**
 * The part of the Reactor context of a handshake that is kept for the life of the
 * session: all entries but those that would retain the request.
 */
final class HandshakeContext {

	private static final Set<String> EXCLUDED = Set.of("micrometer.observation",
			"org.springframework.security.core.context.SecurityContext");

	private HandshakeContext() {
	}

	static ContextView of(ContextView context) {
		if (context.isEmpty()) {
			return Context.empty();
		}
		Map<Object, Object> kept = context.stream()
			.filter((entry) -> isKept(entry.getKey(), entry.getValue()))
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
		return kept.isEmpty() ? Context.empty() : Context.of(kept);
	}

	private static boolean isKept(Object key, Object value) {
		String name = (key instanceof Class<?> type) ? type.getName() : key.toString();
		// Entries of Reactor's operators would affect other operators
		return !EXCLUDED.contains(name) && !name.startsWith("reactor.") && !isRequest(key) && !isRequest(value);
	}

	private static boolean isRequest(Object object) {
		return object instanceof ServerWebExchange || object instanceof HttpMessage || object instanceof Connection
				|| object instanceof Channel;
	}

}
