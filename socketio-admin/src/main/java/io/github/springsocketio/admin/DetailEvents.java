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

package io.github.springsocketio.admin;

import java.util.ArrayList;
import java.util.List;

import io.github.springsocketio.socketio.BroadcastOperator;
import io.github.springsocketio.socketio.DisconnectReason;
import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketListener;
import io.github.springsocketio.socketio.SocketRoomListener;
import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * Reports changes and events of the shown sockets to the UI. Other sockets are ignored,
 * and so are all sockets while no view has details. Changes and events that exceed the
 * rate limit are dropped.
 */
final class DetailEvents implements SocketListener, SocketRoomListener {

	private final Namespace namespace;

	private final Views views;

	private final SocketDetails details;

	private final RateLimit limit;

	DetailEvents(Namespace namespace, Views views, SocketDetails details, RateLimit limit) {
		this.namespace = namespace;
		this.views = views;
		this.details = details;
		this.limit = limit;
	}

	/**
	 * Watch the events of a namespace, if payloads are sent to the UI.
	 */
	void watch(Namespace watched) {
		if (this.details.hasPayloads() && !watched.name().equals(this.namespace.name())) {
			watched.onAny(this::onReceived);
			watched.onAnyOutgoing(this::onSent);
		}
	}

	private void onReceived(Socket socket, Event event) {
		onEvent("event_received", socket, event.name(), event);
	}

	private void onSent(Socket socket, String event, Arguments args) {
		onEvent("event_sent", socket, event, args);
	}

	private void onEvent(String type, Socket socket, String event, Arguments args) {
		List<WatchedView> viewers = viewers(socket);
		if (!viewers.isEmpty() && this.limit.tryAcquire()) {
			List<@Nullable Object> values = new ArrayList<>();
			values.add(event);
			values.addAll(args.toList());
			emit(viewers, type, socket.nsp(), socket.id(), PlainValue.of(values), this.details.now());
		}
	}

	@Override
	public void onConnected(Socket socket) {
		List<WatchedView> viewers = this.views.select((view) -> view.show(socket));
		if (!viewers.isEmpty()) {
			emitChange(viewers, "room_joined", socket.nsp(), socket.id(), socket.id(), this.details.now());
			emitChange(viewers, "socket_connected", this.details.of(socket), this.details.now());
		}
	}

	@Override
	public void onDisconnected(Socket socket, DisconnectReason reason, @Nullable String detail) {
		List<WatchedView> viewers = this.views.select((view) -> view.hide(socket));
		if (!viewers.isEmpty()) {
			emitChange(viewers, "socket_disconnected", socket.nsp(), socket.id(), reason.text(), this.details.now());
			emitChange(viewers, "room_left", socket.nsp(), socket.id(), socket.id(), this.details.now());
		}
	}

	@Override
	public void onJoined(Socket socket, String room) {
		if (this.views.isEmpty() || !socket.connected() || !SocketDetails.isRoom(room)) {
			return;
		}
		List<WatchedView> viewers = viewers(socket);
		List<WatchedView> newViewers = this.views
			.select((view) -> room.equals(view.view().room()) && view.show(socket));
		emitChange(viewers, "room_joined", socket.nsp(), room, socket.id(), this.details.now());
		if (!newViewers.isEmpty()) {
			emitChange(newViewers, "socket_connected", this.details.of(socket), this.details.now());
		}
	}

	@Override
	public void onLeft(Socket socket, String room) {
		if (!this.views.isEmpty() && SocketDetails.isRoom(room)) {
			emitChange(viewers(socket), "room_left", socket.nsp(), room, socket.id(), this.details.now());
		}
	}

	/**
	 * Report changes of the shown sockets for which there are no notifications, such as
	 * their data.
	 */
	void emitUpdates() {
		for (WatchedView view : this.views.select((any) -> true)) {
			for (WatchedView.Shown shown : view.shown()) {
				Socket socket = shown.socket();
				if (!view.view().matches(socket)) {
					// the socket has left the room of the view
					view.hide(socket);
					view.markStale();
					continue;
				}
				if (shown.hasNewTransport()) {
					emitChange(List.of(view), "socket_updated",
							new SocketUpdate(socket.id(), socket.nsp(), null, socket.conn().transportType().text())
								.toMap());
				}
				if (this.details.hasPayloads() && shown.hasNewData()) {
					emitChange(List.of(view), "socket_updated",
							new SocketUpdate(socket.id(), socket.nsp(), this.details.data(socket), null).toMap());
				}
			}
		}
	}

	private List<WatchedView> viewers(Socket socket) {
		return this.views.select((view) -> view.shows(socket));
	}

	/**
	 * Report a change. If the rate limit is exceeded, all sockets are sent again later.
	 */
	private void emitChange(List<WatchedView> viewers, String event, Object... args) {
		if (viewers.isEmpty()) {
			return;
		}
		boolean allowed = this.limit.tryAcquire();
		if (allowed) {
			emit(viewers, event, args);
		}
		viewers.stream().filter((view) -> !allowed || view.isCollecting()).forEach(WatchedView::markStale);
	}

	private void emit(List<WatchedView> viewers, String event, @Nullable Object... args) {
		List<String> rooms = viewers.stream().map((view) -> view.view().adminRoom()).toList();
		BroadcastOperator administrators = this.namespace.to(rooms);
		boolean elsewhere = viewers.stream().anyMatch(this.views::isLeased);
		(elsewhere ? administrators : administrators.local()).emit(event, args);
	}

}
