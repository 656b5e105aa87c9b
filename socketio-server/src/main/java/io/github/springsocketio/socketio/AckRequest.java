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

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.springsocketio.engineio.Timers;
import io.github.springsocketio.socketio.adapter.AckCallback;
import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/**
 * Waits for the acknowledgement of one socket. Ends when it is received, the time limit
 * is exceeded, the socket is disconnected, or the subscriber cancels.
 */
final class AckRequest implements AckCallback {

	private final DefaultSocket socket;

	private final MonoSink<Arguments> sink;

	private final long id;

	private Timers.@Nullable Timeout timeout;

	AckRequest(DefaultSocket socket, MonoSink<Arguments> sink) {
		this.socket = socket;
		this.sink = sink;
		this.id = socket.namespace().nextAckId();
	}

	long id() {
		return this.id;
	}

	void start(@Nullable Duration limit) {
		if (limit != null) {
			this.timeout = this.socket.namespace().server().schedule(limit, this::timedOut);
		}
		this.sink.onDispose(this::end);
	}

	@Override
	public void onAck(Arguments response) {
		this.sink.success(response);
	}

	@Override
	public void onDisconnect() {
		this.sink.error(new SocketDisconnectedException());
	}

	private void timedOut() {
		this.sink.error(new AckTimeoutException(List.of(), Set.of(this.socket.id())));
	}

	private void end() {
		if (this.timeout != null) {
			this.timeout.cancel();
		}
		this.socket.cancelAck(this.id);
	}

}
