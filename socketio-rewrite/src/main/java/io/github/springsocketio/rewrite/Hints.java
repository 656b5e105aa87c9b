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

package io.github.springsocketio.rewrite;

import java.util.Map;

import org.openrewrite.java.tree.J;

/**
 * The texts of the comments.
 */
final class Hints {

	static final String STRING_ID = "the id of a socket is a String";

	static final String SEVERAL_ARGUMENTS = "the arguments are those of the event: event.get(0, String.class)";

	private static final Map<String, String> CALLS = Map.ofEntries(
			Map.entry("addAuthTokenListener", "a middleware, use((socket) -> …), or a SocketAuthenticator bean"),
			Map.entry("addEventInterceptor", "intercept((socket, event, chain) -> chain.proceed(event)), or onAny"),
			Map.entry("addListeners",
					"annotated classes are found by themselves; @SocketIoController(\"/name\") says for which namespace"),
			Map.entry("addPingListener", "socket.conn().addListener(…) is told of packets and heartbeats"),
			Map.entry("addPongListener", "socket.conn().addListener(…) is told of packets and heartbeats"),
			Map.entry("getAddress", "address() is a String"),
			Map.entry("getClients", "fetchSockets() is a Flux of the sockets of all nodes"),
			Map.entry("getCurrentRoomSize", "in(room).countSockets() is a Mono"),
			Map.entry("getHttpHeaders", "headers() is a Map, header(name) the first value"),
			Map.entry("getTime", "issued() is an Instant"),
			Map.entry("getUrlParams", "query() has one value for each name"),
			Map.entry("removeNamespace", "namespaces stay; in(…).disconnectSockets() ends the sockets of one"),
			Map.entry("sendEvent",
					"except(room) leaves sockets out; timeout(…).emitWithAck(…) is a Mono of the acknowledgements"),
			Map.entry("start", "the server starts with the application"),
			Map.entry("startAsync", "the server starts with the application"),
			Map.entry("stop", "the server stops with the application"));

	private static final Map<String, String> TYPES = Map.ofEntries(
			Map.entry("AuthTokenListener", "a SocketAuthenticator bean"),
			Map.entry("AuthorizationListener", "an AllowRequest bean"),
			Map.entry("AuthorizationResult", "AllowRequest.Decision"),
			Map.entry("BroadcastAckCallback", "the Mono of emitWithAck has all acknowledgements"),
			Map.entry("Configuration", "properties under socketio"),
			Map.entry("ExceptionListener", "onError, or a @SocketIoExceptionHandler method"),
			Map.entry("JsonSupport", "the JsonMapper bean"),
			Map.entry("MultiTypeAckCallback", "the Mono<Arguments> of emitWithAck"));

	private Hints() {
	}

	static String ofCall(J.MethodInvocation call) {
		String hint = CALLS.get(call.getSimpleName());
		return (hint != null) ? call.getSimpleName() + ": " + hint : call.getSimpleName() + " has no counterpart";
	}

	static String ofBean(J.MethodDeclaration method) {
		return method.getSimpleName()
				+ ": the SocketIoServer is a bean already; register these handlers in a component that has it as a parameter";
	}

	static String ofType(String simpleName) {
		String hint = TYPES.get(simpleName);
		return (hint != null) ? simpleName + ": " + hint : simpleName + " has no counterpart";
	}

}
