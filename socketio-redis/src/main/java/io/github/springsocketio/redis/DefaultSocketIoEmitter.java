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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.packet.JsonPacketParser;
import io.github.springsocketio.socketio.packet.PacketEncoder;
import io.github.springsocketio.socketio.packet.ReservedEvents;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * An emitter for a selection of the clients of one namespace.
 */
final class DefaultSocketIoEmitter implements SocketIoEmitter {

	private static final Log logger = LogFactory.getLog(DefaultSocketIoEmitter.class);

	private final EmitterTransport transport;

	private final PacketEncoder encoder;

	private final String nsp;

	private final BroadcastOptions options;

	/** Whether {@link #to} was called without a room, which selects no client. */
	private final boolean nobody;

	DefaultSocketIoEmitter(EmitterTransport transport, JsonMapper mapper) {
		this(transport, JsonPacketParser.create(mapper).encoder(), "/", BroadcastOptions.ALL, false);
	}

	private DefaultSocketIoEmitter(EmitterTransport transport, PacketEncoder encoder, String nsp,
			BroadcastOptions options, boolean nobody) {
		this.transport = transport;
		this.encoder = encoder;
		this.nsp = nsp;
		this.options = options;
		this.nobody = nobody;
	}

	private SocketIoEmitter with(BroadcastOptions changed) {
		return new DefaultSocketIoEmitter(this.transport, this.encoder, this.nsp, changed, this.nobody);
	}

	@Override
	public SocketIoEmitter of(String name) {
		Assert.notNull(name, "'nsp' must not be null");
		return new DefaultSocketIoEmitter(this.transport, this.encoder, name.startsWith("/") ? name : "/" + name,
				BroadcastOptions.ALL, false);
	}

	@Override
	public SocketIoEmitter to(String... rooms) {
		Set<String> union = union(this.options.rooms(), rooms);
		return new DefaultSocketIoEmitter(this.transport, this.encoder, this.nsp, this.options.withRooms(union),
				union.isEmpty());
	}

	@Override
	public SocketIoEmitter except(String... rooms) {
		return with(this.options.withExcept(union(this.options.except(), rooms)));
	}

	private static Set<String> union(Set<String> names, String[] more) {
		Assert.notNull(more, "'rooms' must not be null");
		Assert.noNullElements(more, "'rooms' must not contain null");
		Set<String> result = new LinkedHashSet<>(names);
		result.addAll(Arrays.asList(more));
		return result;
	}

	@Override
	public SocketIoEmitter asVolatile() {
		return with(this.options.withFlags(this.options.flags().asVolatile()));
	}

	@Override
	public SocketIoEmitter compress(boolean compress) {
		return with(this.options.withFlags(this.options.flags().withCompress(compress)));
	}

	@Override
	public void emit(String event, @Nullable Object... args) {
		run(broadcast(event, args));
	}

	@Override
	public Mono<Void> publish(String event, @Nullable Object... args) {
		ClusterMessage message = broadcast(event, args);
		return this.nobody ? Mono.empty() : ClusterAdapter.mono(() -> this.transport.publish(message));
	}

	private ClusterMessage broadcast(String event, @Nullable Object[] args) {
		ReservedEvents.checkOutgoing(event);
		return message(MessageType.BROADCAST, "packet", MessageCodec.packet(event(event, args)));
	}

	private List<@Nullable Object> event(String event, @Nullable Object[] args) {
		List<@Nullable Object> result = new ArrayList<>(args.length + 1);
		result.add(event);
		result.addAll(this.encoder.arguments(args).toList());
		return result;
	}

	@Override
	public void socketsJoin(Collection<String> rooms) {
		run(message(MessageType.SOCKETS_JOIN, "rooms", List.copyOf(rooms)));
	}

	@Override
	public void socketsLeave(Collection<String> rooms) {
		run(message(MessageType.SOCKETS_LEAVE, "rooms", List.copyOf(rooms)));
	}

	@Override
	public void disconnectSockets(boolean close) {
		run(message(MessageType.DISCONNECT_SOCKETS, "close", close));
	}

	private ClusterMessage message(int type, String name, Object value) {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put(name, value);
		data.put("opts", MessageCodec.options(this.options));
		return new ClusterMessage(ClusterMessage.EMITTER, this.nsp, type, data);
	}

	@Override
	public void serverSideEmit(String event, @Nullable Object... args) {
		ReservedEvents.checkServerSide(event);
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("packet", event(event, args));
		send(new ClusterMessage(ClusterMessage.EMITTER, this.nsp, MessageType.SERVER_SIDE_EMIT, data));
	}

	private void run(ClusterMessage message) {
		if (!this.nobody) {
			send(message);
		}
	}

	private void send(ClusterMessage message) {
		CompletionStage<?> accepted = this.transport.publish(message);
		accepted.whenComplete((result, error) -> {
			if (error != null) {
				logger.warn("An event could not be emitted: " + error.getMessage());
			}
		});
	}

}
