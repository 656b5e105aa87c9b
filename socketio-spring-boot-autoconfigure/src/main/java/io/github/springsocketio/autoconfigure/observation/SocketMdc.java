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

package io.github.springsocketio.autoconfigure.observation;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.springsocketio.autoconfigure.SafeText;
import io.github.springsocketio.engineio.Principals;
import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.ReactorContextCustomizer;
import io.github.springsocketio.socketio.ServerObserver;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.ThreadContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Adds the socket to the MDC while its handlers are called, on threads of the network and
 * on those for blocking code. The Reactor context has it for everything else.
 */
final class SocketMdc implements ServerObserver, ThreadContext, ReactorContextCustomizer {

	/** The key of the Reactor context. */
	static final String KEY = "socketio.mdc";

	static final String SOCKET = "socketio.socket";

	static final String NAMESPACE = "socketio.namespace";

	static final String USER = "socketio.user";

	private static final int PROTOCOL_3 = 3;

	@Override
	public Operation event(Socket socket, Event event, boolean known, ContextView context) {
		return new Values(values(context));
	}

	@Override
	public Context customize(Context context, Socket socket) {
		return context.put(KEY, values(socket));
	}

	@Override
	public Scope open(ContextView context) {
		return open(values(context));
	}

	private static Map<String, String> values(ContextView context) {
		Map<String, String> values = context.getOrDefault(KEY, Map.of());
		return (values != null) ? values : Map.of();
	}

	private static Map<String, String> values(Socket socket) {
		Map<String, String> values = new LinkedHashMap<>();
		if (socket.conn().protocol() != PROTOCOL_3) {
			// in protocol 3 it is that of the session, which is a secret
			values.put(SOCKET, socket.id());
		}
		values.put(NAMESPACE, SafeText.of(socket.nsp()));
		Principal user = socket.principal();
		if (user != null && Principals.isAuthenticated(user) && user.getName() != null) {
			values.put(USER, SafeText.of(user.getName()));
		}
		return values;
	}

	/**
	 * Set the values of the current thread.
	 */
	static Scope open(Map<String, String> values) {
		String socket = replace(SOCKET, values.get(SOCKET));
		String namespace = replace(NAMESPACE, values.get(NAMESPACE));
		String user = replace(USER, values.get(USER));
		return () -> {
			restore(SOCKET, socket);
			restore(NAMESPACE, namespace);
			restore(USER, user);
		};
	}

	private static @Nullable String replace(String key, @Nullable String value) {
		String previous = MDC.get(key);
		if (value != null) {
			MDC.put(key, value);
		}
		return previous;
	}

	private static void restore(String key, @Nullable String value) {
		if (value != null) {
			MDC.put(key, value);
		}
		else {
			MDC.remove(key);
		}
	}

	/**
	 * The values for one event.
	 *
	 * @param all the values by their keys
	 */
	private record Values(Map<String, String> all) implements Operation {

		@Override
		public Scope open() {
			return SocketMdc.open(this.all);
		}

		@Override
		public void end(Outcome outcome, @Nullable Throwable error) {
		}

	}

}
