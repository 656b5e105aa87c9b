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

package io.github.springsocketio.autoconfigure;

import java.util.Collection;

import io.github.springsocketio.socketio.adapter.Adapter;
import io.github.springsocketio.socketio.adapter.BroadcastAckListener;
import io.github.springsocketio.socketio.adapter.BroadcastOptions;
import io.github.springsocketio.socketio.adapter.BroadcastPacket;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * An adapter whose operations fail.
 */
final class FailingAdapter implements Adapter {

	private static Mono<Void> fail() {
		return Mono.error(new IllegalStateException("down"));
	}

	@Override
	public Mono<Void> broadcast(BroadcastPacket packet, BroadcastOptions options) {
		return fail();
	}

	@Override
	public Mono<Void> broadcastWithAck(BroadcastPacket packet, BroadcastOptions options,
			BroadcastAckListener listener) {
		return fail();
	}

	@Override
	public Mono<Void> addSockets(BroadcastOptions options, Collection<String> rooms) {
		return fail();
	}

	@Override
	public Mono<Void> delSockets(BroadcastOptions options, Collection<String> rooms) {
		return fail();
	}

	@Override
	public Mono<Void> disconnectSockets(BroadcastOptions options, boolean close) {
		return fail();
	}

	@Override
	public Mono<Void> serverSideEmit(String event, @Nullable Object[] args) {
		return fail();
	}

}
