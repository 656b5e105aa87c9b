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

package com.example.app;

import java.util.List;

import io.github.springsocketio.engineio.web.HttpCompressionOptions;
import io.github.springsocketio.engineio.web.WebSocketCompressionOptions;
import io.github.springsocketio.redis.SocketIoEmitter;
import io.github.springsocketio.socketio.Argument;
import io.github.springsocketio.socketio.BroadcastOperator;
import io.github.springsocketio.socketio.ConnectionStateRecovery;
import io.github.springsocketio.socketio.DynamicNamespace;
import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.EventInterceptor;
import io.github.springsocketio.socketio.HandlerOptions;
import io.github.springsocketio.socketio.Handshake;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.Presence;
import io.github.springsocketio.socketio.PresenceEvent;
import io.github.springsocketio.socketio.RemoteSocket;
import io.github.springsocketio.socketio.SecurityOptions;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketAuthentication;
import io.github.springsocketio.socketio.SocketAuthenticator;
import io.github.springsocketio.socketio.SocketEmitter;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.adapter.BroadcastFlags;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;

/**
 * The types whose public methods {@link PublicApiProgram} must call.
 */
final class PublicApi {

	static final List<Class<?>> TYPES = List.of(NamespaceConfigurer.class, SocketIoServer.class, Namespace.class,
			DynamicNamespace.class, Socket.class, RemoteSocket.class, SocketEmitter.class, BroadcastOperator.class,
			Event.class, EventInterceptor.Chain.class, Handshake.class, Presence.class, PresenceEvent.class,
			ConnectionStateRecovery.class, ConnectionStateRecovery.Builder.class, Argument.class, HandlerOptions.class,
			HandlerOptions.Builder.class, SocketAuthenticator.class, SocketAuthentication.class, SecurityOptions.class,
			SecurityOptions.Builder.class, BroadcastOptions.class, BroadcastFlags.class, HttpCompressionOptions.class,
			HttpCompressionOptions.Builder.class, WebSocketCompressionOptions.class,
			WebSocketCompressionOptions.Builder.class, SocketIoEmitter.class);

	private PublicApi() {
	}

}
