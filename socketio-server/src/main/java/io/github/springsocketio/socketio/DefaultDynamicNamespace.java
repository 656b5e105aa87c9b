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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.github.springsocketio.engineio.ApplicationCalls;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A family of namespaces.
 */
final class DefaultDynamicNamespace
		implements DynamicNamespace, NamespaceRegistrationSupport<DynamicNamespace>, BroadcastDelegate {

	private static final Log logger = LogFactory.getLog(DefaultDynamicNamespace.class);

	private static final int MAX_NAME_LENGTH = 256;

	private final String name;

	private final AtomicReference<HandlerTable> handlers;

	private final NamespaceMatcher matcher;

	private final boolean hasValidator;

	private final Set<DefaultNamespace> children = ConcurrentHashMap.newKeySet();

	private final BroadcastOperator all = new FamilyBroadcastOperator(this.children, UnaryOperator.identity());

	DefaultDynamicNamespace(String name, HandlerTable handlers, NamespaceMatcher matcher, boolean hasValidator) {
		this.hasValidator = hasValidator;
		this.handlers = new AtomicReference<>(handlers);
		this.name = name;
		this.matcher = matcher;
	}

	/**
	 * Describe the names that this family accepts, for log messages.
	 */
	String description() {
		return (this.matcher instanceof PatternMatcher known) ? known.pattern().pattern() : this.name;
	}

	@Override
	public DynamicNamespace self() {
		return this;
	}

	@Override
	public boolean hasValidator() {
		return this.hasValidator;
	}

	@Override
	public HandlerTable handlers() {
		return Objects.requireNonNull(this.handlers.get());
	}

	@Override
	public void change(Consumer<HandlerTable> change) {
		this.handlers.updateAndGet((table) -> table.changed(change));
	}

	@Override
	public BroadcastOperator all() {
		return this.all;
	}

	@Override
	public String name() {
		return this.name;
	}

	/**
	 * Return whether a name matches the pattern, if there is one.
	 */
	boolean matches(String candidate) {
		return candidate.length() <= MAX_NAME_LENGTH && this.matcher instanceof PatternMatcher known
				&& known.matches(candidate);
	}

	Mono<Boolean> matches(String candidate, Map<String, @Nullable Object> auth) {
		if (candidate.length() > MAX_NAME_LENGTH) {
			return Mono.just(false);
		}
		return ApplicationCalls.defer(() -> this.matcher.matches(candidate, auth)).onErrorResume((error) -> {
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
	public String toString() {
		return "DynamicNamespace[" + this.name + "]";
	}

}
