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

import io.github.springsocketio.socketio.adapter.BroadcastFlags;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Emits the values of a source to one socket, at the rate at which its client receives
 * them.
 *
 * @param socket the socket
 * @param event the name of the events
 */
record EmittedSource(DefaultSocket socket, String event) {

	/**
	 * The size of the outbound buffer in bytes at which no more values are requested.
	 */
	private static final long MAX_BUFFERED = 65_536;

	/**
	 * Emit all values.
	 * @return completes when everything was written to the network
	 */
	Mono<Void> emit(Publisher<?> values) {
		return Flux.from(values)
			.takeUntilOther(Mono.defer(this.socket::onDisconnect))
			.concatMap(this::emitNext, 0)
			.then(Mono.defer(() -> this.socket.connected() ? this.socket.flushed()
					: Mono.error(new SocketDisconnectedException())));
	}

	private Mono<Void> emitNext(Object value) {
		if (!this.socket.connected()) {
			return Mono.error(new SocketDisconnectedException());
		}
		this.socket.emit(this.event, new Object[] { value }, BroadcastFlags.NONE);
		boolean isBehind = this.socket.conn().bufferedBytes() > MAX_BUFFERED
				|| this.socket.namespace().adapter().isBehind();
		return isBehind ? this.socket.flushed() : Mono.empty();
	}

}
