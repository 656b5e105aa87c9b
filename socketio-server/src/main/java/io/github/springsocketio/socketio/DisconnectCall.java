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

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * Calls a reactive handler for disconnections, after the serial handlers of the socket.
 *
 * @param handler the handler of the application
 */
record DisconnectCall(DisconnectHandler handler) implements DisconnectListener {

	private static final String WHAT = "Disconnect handler";

	@Override
	public void onDisconnect(Socket socket, DisconnectReason reason, @Nullable String detail) {
		DefaultSocket disconnected = (DefaultSocket) socket;
		disconnected.events().afterSerialHandlers(() -> call(disconnected, reason, detail));
	}

	private void call(DefaultSocket socket, DisconnectReason reason, @Nullable String detail) {
		try {
			Publisher<?> result = this.handler.handle(socket, reason, detail);
			if (result != null) {
				Flux.from(result)
					.contextWrite((context) -> context.putAll(socket.reactorContext().readOnly()))
					.subscribe(null, (error) -> socket.events().errors().failed(WHAT, error, null));
			}
		}
		catch (Throwable ex) {
			socket.events().errors().failed(WHAT, ex, null);
		}
	}

}
