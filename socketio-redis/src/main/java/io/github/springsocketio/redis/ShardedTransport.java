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

package io.github.springsocketio.redis;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.github.springsocketio.redis.RedisAdapterProperties.SubscriptionMode;
import io.github.springsocketio.redis.Subscriptions.Kind;
import io.github.springsocketio.socketio.adapter.LocalSockets;
import io.github.springsocketio.socketio.adapter.OrderedTasks;
import io.github.springsocketio.socketio.adapter.RoomListener;
import org.jspecify.annotations.Nullable;

/**
 * Transports messages by sharded Pub/Sub, with channels for rooms: a broadcast to a
 * single room is received only by nodes with sockets in that room.
 */
final class ShardedTransport implements ClusterTransport, RoomListener {

	/** The length of the ids of sockets, whose rooms have no channel. */
	private static final int ID_LENGTH = 20;

	private final LocalSockets local;

	private final Subscriptions subscriptions;

	private final PubSubTransport channels;

	private final SubscriptionMode mode;

	private final OrderedTasks tasks = new OrderedTasks();

	/**
	 * The number of creations minus the number of deletions of each room. Notifications
	 * may arrive out of order; after all of them, the number is 1 or 0.
	 */
	private final Map<String, Integer> rooms = new HashMap<>();

	private @Nullable BiConsumer<String, byte[]> handler;

	ShardedTransport(LocalSockets local, RedisLink link, PubSubTransport channels, SubscriptionMode mode) {
		this.local = local;
		this.subscriptions = link.subscriptions();
		this.channels = channels;
		this.mode = mode;
	}

	@Override
	public CompletionStage<Void> open(Consumer<ClusterMessage> receiver) {
		if (this.mode != SubscriptionMode.STATIC) {
			this.tasks.run(() -> this.handler = this.channels.handler(receiver));
			this.local.addListener(this);
		}
		return this.channels.open(receiver);
	}

	@Override
	public void close() {
		this.local.removeListener(this);
		this.tasks.run(() -> {
			this.handler = null;
			this.rooms.keySet().forEach(this::unsubscribe);
			this.rooms.clear();
		});
		this.channels.close();
	}

	/**
	 * Return whether a room has its own channel. Internal rooms of the server have none,
	 * because listeners are not notified of them.
	 */
	static boolean hasChannel(SubscriptionMode mode, String room) {
		return switch (mode) {
			case STATIC -> false;
			case DYNAMIC -> room.length() != ID_LENGTH && !isHidden(room);
			case DYNAMIC_PRIVATE -> !isHidden(room);
		};
	}

	private static boolean isHidden(String room) {
		return room.startsWith("\u0000");
	}

	@Override
	public void onCreateRoom(String room) {
		change(room, 1);
	}

	@Override
	public void onDeleteRoom(String room) {
		change(room, -1);
	}

	private void change(String room, int change) {
		if (hasChannel(this.mode, room)) {
			this.tasks.run(() -> {
				Integer count = this.rooms.merge(room, change, Integer::sum);
				BiConsumer<String, byte[]> current = this.handler;
				if (count > 0 && current != null) {
					this.subscriptions.subscribe(Kind.SHARDED, this.channels.roomChannel(room), current);
				}
				else {
					unsubscribe(room);
				}
				this.rooms.remove(room, 0);
			});
		}
	}

	private void unsubscribe(String room) {
		this.subscriptions.unsubscribe(Kind.SHARDED, this.channels.roomChannel(room));
	}

	@Override
	public CompletionStage<?> publish(ClusterMessage message) {
		String room = room(message);
		return (room != null && hasChannel(this.mode, room))
				? this.channels.publish(this.channels.roomChannel(room), message) : this.channels.publish(message);
	}

	/**
	 * Return the only room of a broadcast without acknowledgements, or {@code null}.
	 */
	static @Nullable String room(ClusterMessage message) {
		if (message.type() == MessageType.BROADCAST && message.requestId() == null
				&& message.get("opts") instanceof Map<?, ?> options && options.get("rooms") instanceof List<?> list
				&& list.size() == 1) {
			return String.valueOf(list.get(0));
		}
		return null;
	}

	@Override
	public CompletionStage<Long> send(String uid, ClusterMessage message) {
		return this.channels.send(uid, message);
	}

	@Override
	public CompletionStage<List<Integer>> count(Collection<String> uids) {
		return this.channels.count(uids);
	}

}
