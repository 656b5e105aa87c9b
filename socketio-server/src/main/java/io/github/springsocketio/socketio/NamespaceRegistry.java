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

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.springsocketio.FatalErrors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Owns the namespaces of a server and the families that create further ones. No other
 * class adds or removes a namespace.
 */
final class NamespaceRegistry {

	private static final Log logger = LogFactory.getLog(NamespaceRegistry.class);

	private static final int MAX_LISTED = 20;

	private final DefaultSocketIoServer server;

	private final Map<String, DefaultNamespace> namespaces = new ConcurrentHashMap<>();

	private final List<DefaultDynamicNamespace> families = new CopyOnWriteArrayList<>();

	private final List<Consumer<Namespace>> listeners = new CopyOnWriteArrayList<>();

	private final AtomicInteger familyIds = new AtomicInteger();

	private final AtomicInteger children = new AtomicInteger();

	NamespaceRegistry(DefaultSocketIoServer server) {
		this.server = server;
	}

	void addListener(Consumer<Namespace> listener) {
		this.listeners.add(listener);
	}

	Collection<DefaultNamespace> all() {
		return this.namespaces.values();
	}

	DefaultDynamicNamespace addFamily(Function<String, DefaultDynamicNamespace> factory) {
		DefaultDynamicNamespace family = factory.apply("/_" + this.familyIds.getAndIncrement());
		this.families.add(family);
		return family;
	}

	/**
	 * Return a namespace, which is created if it does not exist: as a child of the first
	 * family whose pattern matches (SIO-109), or without a family.
	 */
	DefaultNamespace of(String name) {
		DefaultNamespace existing = this.namespaces.get(name);
		if (existing != null) {
			return existing;
		}
		DefaultDynamicNamespace family = this.families.stream()
			.filter((candidate) -> candidate.matches(name))
			.findFirst()
			.orElse(null);
		DefaultNamespace made = new DefaultNamespace(this.server, name, family, null);
		// never released, because the application has created it
		made.tryAcquire();
		DefaultNamespace other = this.namespaces.putIfAbsent(name, made);
		if (other != null) {
			return other;
		}
		onCreated(made);
		return made;
	}

	/**
	 * Return whether a namespace was named by the application.
	 */
	boolean isNamed(String name) {
		DefaultNamespace existing = this.namespaces.get(name);
		return existing != null && !existing.isDynamic();
	}

	/**
	 * Return an existing namespace for a client, which has to release it.
	 */
	@Nullable DefaultNamespace acquire(String name) {
		DefaultNamespace existing = this.namespaces.get(name);
		return (existing != null && existing.tryAcquire()) ? existing : null;
	}

	/**
	 * Return the first family that accepts a name (SIO-106, SIO-107).
	 * @return the family, or empty
	 */
	Mono<DefaultDynamicNamespace> match(String name, Map<String, @Nullable Object> auth) {
		return Flux.fromIterable(this.families)
			.concatMap((family) -> family.matches(name, auth).filter(Boolean::booleanValue).map((yes) -> family))
			.next();
	}

	/**
	 * Return the child of a family for a client, which has to release it.
	 * @param client the client, which counts the children that it has created
	 * @return {@code null} if there are too many
	 */
	@Nullable DefaultNamespace acquireChild(String name, DefaultDynamicNamespace family, Client client) {
		AtomicInteger created = client.createdNamespaces();
		while (true) {
			DefaultNamespace existing = this.namespaces.get(name);
			if (existing != null) {
				if (existing.tryAcquire()) {
					return existing;
				}
				// another thread is removing it
				this.namespaces.remove(name, existing);
			}
			SocketIoLimit exceeded = exceededLimit(created);
			if (exceeded != null) {
				client.limitExceeded(exceeded);
				return null;
			}
			DefaultNamespace made = new DefaultNamespace(this.server, name, family, created);
			made.tryAcquire();
			if (this.namespaces.putIfAbsent(name, made) == null) {
				created.incrementAndGet();
				onCreated(made);
				return made;
			}
		}
	}

	private @Nullable SocketIoLimit exceededLimit(AtomicInteger created) {
		if (this.children.get() >= this.server.options().maxDynamicNamespaces()) {
			return SocketIoLimit.MAX_DYNAMIC_NAMESPACES;
		}
		return (created.get() >= this.server.options().maxDynamicNamespacesPerSession())
				? SocketIoLimit.MAX_DYNAMIC_NAMESPACES_PER_SESSION : null;
	}

	private void onCreated(DefaultNamespace namespace) {
		DefaultDynamicNamespace family = namespace.family();
		if (family != null) {
			this.children.incrementAndGet();
			family.add(namespace);
		}
		namespace.init();
		if ("/".equals(namespace.name())) {
			return;
		}
		for (Consumer<Namespace> listener : this.listeners) {
			try {
				listener.accept(namespace);
			}
			catch (Throwable ex) {
				FatalErrors.rethrowIfFatal(ex);
				logger.error("A listener for new namespaces failed", ex);
			}
		}
	}

	/**
	 * Return the namespaces and families with the number of their handlers.
	 */
	@Override
	public String toString() {
		Stream<String> statics = this.namespaces.values()
			.stream()
			.filter((namespace) -> !namespace.isDynamic())
			.map((namespace) -> LogText.of(namespace.name()) + handlers(namespace.handlers()))
			.sorted();
		Stream<String> dynamic = this.families.stream()
			.map((family) -> LogText.of(family.description()) + handlers(family.handlers()));
		List<String> all = Stream.concat(statics, dynamic).toList();
		String listed = all.stream().limit(MAX_LISTED).collect(Collectors.joining(", "));
		return (all.size() > MAX_LISTED) ? listed + " and " + (all.size() - MAX_LISTED) + " more" : listed;
	}

	private static String handlers(HandlerTable table) {
		int count = table.handlerCount();
		return (count == 1) ? " (1 handler)" : " (" + count + " handlers)";
	}

	/**
	 * Remove a child that is empty.
	 */
	void remove(DefaultNamespace namespace) {
		this.namespaces.remove(namespace.name(), namespace);
		DefaultDynamicNamespace family = namespace.family();
		if (family != null) {
			this.children.decrementAndGet();
			family.remove(namespace);
			namespace.uncount();
		}
	}

}
