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

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import io.github.springsocketio.socketio.packet.Arguments;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A family of namespaces.
 */
final class DefaultDynamicNamespace extends HandlerRegistration<DynamicNamespace> implements DynamicNamespace {

	private static final Log logger = LogFactory.getLog(DefaultDynamicNamespace.class);

	private static final int MAX_NAME_LENGTH = 256;

	/**
	 * Milliseconds that no pattern should take (SEC-71).
	 */
	private static final long SLOW = 50;

	private final String name;

	private final @Nullable Pattern pattern;

	private final NamespaceMatcher matcher;

	private final Set<DefaultNamespace> children = ConcurrentHashMap.newKeySet();

	DefaultDynamicNamespace(String name, Pattern pattern) {
		super(HandlerTable.EMPTY);
		this.name = name;
		this.pattern = pattern;
		this.matcher = (candidate, auth) -> Mono.just(matches(candidate));
	}

	DefaultDynamicNamespace(String name, NamespaceMatcher matcher) {
		super(HandlerTable.EMPTY);
		this.name = name;
		this.pattern = null;
		this.matcher = matcher;
	}

	@Override
	DynamicNamespace self() {
		return this;
	}

	@Override
	public String name() {
		return this.name;
	}

	/**
	 * Return whether a name matches the pattern, if there is one (SIO-109).
	 */
	boolean matches(String candidate) {
		if (this.pattern == null || candidate.length() > MAX_NAME_LENGTH) {
			return false;
		}
		long start = System.nanoTime();
		boolean result = this.pattern.matcher(candidate).matches();
		long millis = (System.nanoTime() - start) / 1_000_000;
		if (millis > SLOW) {
			logger.warn("The pattern of " + this.name + " took " + millis
					+ " ms to look at a name; use a function instead");
		}
		return result;
	}

	Mono<Boolean> matches(String candidate, Map<String, @Nullable Object> auth) {
		if (candidate.length() > MAX_NAME_LENGTH) {
			return Mono.just(false);
		}
		return Mono.defer(() -> this.matcher.matches(candidate, auth)).onErrorResume((error) -> {
			logger.error("The matcher of " + this.name + " failed", error);
			return Mono.just(false);
		});
	}

	void add(DefaultNamespace child) {
		this.children.add(child);
	}

	void remove(DefaultNamespace child) {
		this.children.remove(child);
	}

	@Override
	public Collection<Namespace> children() {
		return List.copyOf(new ArrayList<>(this.children));
	}

	@Override
	public void emit(String event, @Nullable Object... args) {
		EventNames.checkOutgoing(event);
		for (DefaultNamespace child : this.children) {
			child.emit(event, args);
		}
	}

	@Override
	public void emit(String event, Arguments args) {
		emit(event, SocketArguments.of(args));
	}

	@Override
	public String toString() {
		return "DynamicNamespace[" + this.name + "]";
	}

}
