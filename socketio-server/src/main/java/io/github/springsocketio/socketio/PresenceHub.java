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

import java.security.Principal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.github.springsocketio.engineio.Principals;
import io.github.springsocketio.socketio.adapter.AdapterSocket;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.LocalSockets;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

import org.springframework.util.Assert;

/**
 * The presence views of a namespace and its rooms. Without views, there is no overhead.
 */
final class PresenceHub {

	/** Represents the whole namespace. Applications cannot use this name for a room. */
	private static final String ALL = LocalSockets.hiddenRoom("");

	private final DefaultNamespace namespace;

	private final PresenceCluster cluster;

	private final Map<String, PresenceView> views = new ConcurrentHashMap<>(1);

	private volatile boolean closed;

	PresenceHub(DefaultNamespace namespace) {
		this.namespace = namespace;
		this.cluster = new PresenceCluster(namespace, this);
	}

	PresenceCluster cluster() {
		return this.cluster;
	}

	/**
	 * Return the presence in the namespace or a room.
	 * @param room the name of a room, or {@code null} for the whole namespace
	 */
	Presence presence(@Nullable String room) {
		Assert.isTrue(room == null || !room.startsWith(ALL), "'room' must not be one of the server itself");
		return new DefaultPresence(Flux.create((sink) -> subscribe(room, sink), FluxSink.OverflowStrategy.IGNORE));
	}

	private void subscribe(@Nullable String room, FluxSink<PresenceEvent> sink) {
		if (this.closed) {
			sink.complete();
			return;
		}
		PresenceSubscription subscription = new PresenceSubscription(sink);
		sink.onDispose(() -> onExistingView(room, (view) -> view.unsubscribe(subscription)));
		onView(room, (view) -> view.subscribe(subscription));
		// each task of a view emits pending events according to the demand
		sink.onRequest((count) -> onExistingView(room, (view) -> {
		}));
	}

	void onView(@Nullable String room, Consumer<PresenceView> task) {
		PresenceView view = this.views.computeIfAbsent((room != null) ? room : ALL,
				(key) -> new PresenceView(this, room));
		view.execute(() -> task.accept(view), () -> onView(room, task));
		if (this.closed) {
			view.end();
		}
	}

	void onExistingView(@Nullable String room, Consumer<PresenceView> task) {
		PresenceView view = this.views.get((room != null) ? room : ALL);
		if (view != null) {
			view.execute(() -> task.accept(view));
		}
	}

	void remove(PresenceView view) {
		this.views.remove((view.room() != null) ? view.room() : ALL, view);
	}

	/**
	 * Return the number of views.
	 */
	int size() {
		return this.views.size();
	}

	void close() {
		this.closed = true;
		this.views.values().forEach(PresenceView::end);
	}

	// Notifications of the namespace

	/**
	 * Called when a socket is connected, in the rooms that it has joined so far.
	 */
	void connected(AdapterSocket socket) {
		if (!this.views.isEmpty()) {
			touch(ALL, socket.id());
			roomsChanged(socket, this.namespace.localNode().rooms(socket));
		}
	}

	/**
	 * Called when a socket has joined or left rooms.
	 */
	void roomsChanged(AdapterSocket socket, Collection<String> rooms) {
		if (!this.views.isEmpty()) {
			rooms.forEach((room) -> touch(room, socket.id()));
		}
	}

	/**
	 * Called when a socket has left the namespace.
	 */
	void left(AdapterSocket socket) {
		if (!this.views.isEmpty()) {
			touch(ALL, socket.id());
		}
	}

	void nodesChanged() {
		this.views.values().forEach((view) -> view.execute(view::refresh));
	}

	private void touch(String key, String id) {
		PresenceView view = this.views.get(key);
		if (view != null) {
			view.touch(id);
		}
	}

	// Information for views

	/**
	 * Return the ids of the sockets of this node that may be present.
	 */
	List<String> localIds(@Nullable String room) {
		BroadcastOptions options = (room != null) ? BroadcastOptions.room(room) : BroadcastOptions.ALL;
		return this.namespace.localNode().select(options).stream().map(AdapterSocket::id).toList();
	}

	/**
	 * Return a socket of this node if it is present.
	 */
	@Nullable PresentSocket local(@Nullable String room, String id) {
		DefaultSocket socket = this.namespace.localSocket(id);
		if (socket == null || !socket.connected() || socket.hasLeft()
				|| (room != null && !this.namespace.localNode().isIn(socket, room))) {
			return null;
		}
		Principal principal = socket.principal();
		return new PresentSocket(id,
				(principal != null && Principals.isAuthenticated(principal)) ? principal.getName() : null);
	}

	Duration interval() {
		return this.namespace.server().options().presenceInterval();
	}

	long now() {
		return this.namespace.server().engine().timers().nanoTime();
	}

	Disposable schedule(Duration delay, Runnable task) {
		return this.namespace.schedule(delay, task);
	}

	void subscriberFailed(Throwable error) {
		this.namespace.server().failures().listenerFailed("Subscriber of presence", this.namespace.name(), error);
	}

}
