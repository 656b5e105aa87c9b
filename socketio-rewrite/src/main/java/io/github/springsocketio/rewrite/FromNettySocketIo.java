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

import java.util.ArrayList;
import java.util.List;

import org.openrewrite.Recipe;
import org.openrewrite.java.ChangeType;

/**
 * Migrates a Spring Boot application from netty-socketio or socketio4j: dependencies,
 * configuration, listeners, annotated methods, acknowledgements, rooms and broadcasts.
 * Code that cannot be migrated is marked with a comment that begins with
 * {@code TODO socketio-spring}.
 *
 * @since 0.1.0
 */
public final class FromNettySocketIo extends Recipe {

	private static final String SOCKETIO = "io.github.springsocketio.socketio.";

	private static final List<Types> TYPES = List.of(new Types("SocketIOServer", SOCKETIO + "SocketIoServer"),
			new Types("SocketIONamespace", SOCKETIO + "Namespace"), new Types("SocketIOClient", SOCKETIO + "Socket"),
			new Types("BroadcastOperations", SOCKETIO + "BroadcastOperator"),
			new Types("AckRequest", SOCKETIO + "Event"), new Types("HandshakeData", SOCKETIO + "Handshake"),
			new Types("Transport", "io.github.springsocketio.engineio.TransportType"),
			new Types("listener.DataListener", SOCKETIO + "SocketEventListener$Typed"),
			new Types("listener.MultiTypeEventListener", SOCKETIO + "SocketEventListener"),
			new Types("listener.ConnectListener", SOCKETIO + "ConnectionListener"),
			new Types("listener.DisconnectListener", SOCKETIO + "DisconnectListener"),
			new Types("annotation.OnConnect", SOCKETIO + "annotation.OnConnected"),
			new Types("annotation.OnDisconnect", SOCKETIO + "annotation.OnDisconnect"),
			new Types("annotation.OnEvent", SOCKETIO + "annotation.OnEvent"));

	@Override
	public String getDisplayName() {
		return "Migrate from netty-socketio to socketio-spring";
	}

	@Override
	public String getDescription() {
		return "Migrates dependencies, configuration, listeners, annotated methods, acknowledgements, rooms and broadcasts.";
	}

	@Override
	public List<Recipe> getRecipeList() {
		List<Recipe> recipes = new ArrayList<>();
		recipes.add(new MigrateConfiguration());
		recipes.add(new MigrateCalls());
		recipes.add(new MigrateListeners());
		recipes.add(new MigrateHandlers());
		for (String prefix : Library.PACKAGES) {
			TYPES.forEach(
					(types) -> recipes.add(new ChangeType(prefix + "." + types.previous(), types.current(), true)));
		}
		recipes.add(new MarkRemaining());
		recipes.add(new MigrateDependencies());
		return recipes;
	}

	private record Types(String previous, String current) {

	}

}
