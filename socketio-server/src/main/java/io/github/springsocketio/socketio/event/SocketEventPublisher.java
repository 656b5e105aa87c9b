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

package io.github.springsocketio.socketio.event;

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.springsocketio.socketio.DisconnectReason;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.SocketListener;
import io.github.springsocketio.socketio.SocketRoomListener;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.util.Assert;

/**
 * Publishes the events of the sockets of a server in an application context, each type of
 * event only if there is a listener for it. Listeners are looked up when all singletons
 * exist and when the context is refreshed: methods with
 * {@link org.springframework.context.event.EventListener @EventListener} count, also
 * those of lazy beans, and so do {@link ApplicationListener} beans and the listeners of
 * parent contexts. A listener that is added to the context later is called for the types
 * that are published already; for others call {@link #refresh()} after it was added.
 *
 * @since 0.1.0
 */
public final class SocketEventPublisher
		implements SmartInitializingSingleton, ApplicationListener<ContextRefreshedEvent> {

	private final SocketIoServer server;

	private final ConfigurableApplicationContext context;

	private final ListenerLookup lookup;

	private final AtomicBoolean watchesSockets = new AtomicBoolean();

	private final AtomicBoolean watchesRooms = new AtomicBoolean();

	private volatile boolean connected;

	private volatile boolean recovered;

	private volatile boolean disconnected;

	private volatile boolean joined;

	private volatile boolean left;

	/**
	 * Create a publisher.
	 * @param server the server
	 * @param context the application context
	 */
	public SocketEventPublisher(SocketIoServer server, ConfigurableApplicationContext context) {
		Assert.notNull(server, "'server' must not be null");
		Assert.notNull(context, "'context' must not be null");
		this.server = server;
		this.context = context;
		this.lookup = new ListenerLookup(context);
	}

	@Override
	public void afterSingletonsInstantiated() {
		refresh();
	}

	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		refresh();
	}

	/**
	 * Look up the listeners for each type of event again. Not to be called while
	 * listeners are being added to the context.
	 */
	public void refresh() {
		this.connected = this.lookup.hasListener(SocketConnectedEvent.class);
		this.recovered = this.lookup.hasListener(SocketRecoveredEvent.class);
		this.disconnected = this.lookup.hasListener(SocketDisconnectedEvent.class);
		this.joined = this.lookup.hasListener(RoomJoinedEvent.class);
		this.left = this.lookup.hasListener(RoomLeftEvent.class);
		if ((this.connected || this.recovered || this.disconnected) && this.watchesSockets.compareAndSet(false, true)) {
			this.server.addSocketListener(new Sockets());
		}
		if ((this.joined || this.left) && this.watchesRooms.compareAndSet(false, true)) {
			this.server.addSocketListener(new Rooms());
		}
	}

	private void publish(AbstractSocketEvent event) {
		if (this.context.isActive()) {
			this.context.publishEvent(event);
		}
	}

	private final class Sockets implements SocketListener {

		@Override
		public void onConnected(Socket socket) {
			if (SocketEventPublisher.this.connected) {
				publish(new SocketConnectedEvent(socket));
			}
		}

		@Override
		public void onRecovered(Socket socket) {
			if (SocketEventPublisher.this.recovered) {
				publish(new SocketRecoveredEvent(socket));
			}
		}

		@Override
		public void onDisconnected(Socket socket, DisconnectReason reason, @Nullable String detail) {
			if (SocketEventPublisher.this.disconnected) {
				publish(new SocketDisconnectedEvent(socket, reason, detail));
			}
		}

	}

	private final class Rooms implements SocketRoomListener {

		@Override
		public void onJoined(Socket socket, String room) {
			if (SocketEventPublisher.this.joined) {
				publish(new RoomJoinedEvent(socket, room));
			}
		}

		@Override
		public void onLeft(Socket socket, String room) {
			if (SocketEventPublisher.this.left) {
				publish(new RoomLeftEvent(socket, room));
			}
		}

	}

}
