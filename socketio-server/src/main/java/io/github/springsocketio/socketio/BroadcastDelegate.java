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
import java.util.Collection;
import java.util.List;

import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An operator that delegates to another one.
 */
interface BroadcastDelegate extends BroadcastOperator {

	/**
	 * Return the operator.
	 * @return all sockets, no flags
	 */
	BroadcastOperator all();

	@Override
	default BroadcastOperator to(String... rooms) {
		return all().to(rooms);
	}

	@Override
	default BroadcastOperator to(Collection<String> rooms) {
		return all().to(rooms);
	}

	@Override
	default BroadcastOperator except(String... rooms) {
		return all().except(rooms);
	}

	@Override
	default BroadcastOperator except(Collection<String> rooms) {
		return all().except(rooms);
	}

	@Override
	default BroadcastOperator local() {
		return all().local();
	}

	@Override
	default BroadcastOperator asVolatile() {
		return all().asVolatile();
	}

	@Override
	default BroadcastOperator compress(boolean compress) {
		return all().compress(compress);
	}

	@Override
	default BroadcastOperator timeout(Duration timeout) {
		return all().timeout(timeout);
	}

	@Override
	default void emit(String event, @Nullable Object... args) {
		all().emit(event, args);
	}

	@Override
	default Mono<Void> publish(String event, @Nullable Object... args) {
		return all().publish(event, args);
	}

	@Override
	default Mono<List<Arguments>> emitWithAck(String event, @Nullable Object... args) {
		return all().emitWithAck(event, args);
	}

	@Override
	default Flux<RemoteSocket> fetchSockets() {
		return all().fetchSockets();
	}

	@Override
	default Mono<Integer> countSockets() {
		return all().countSockets();
	}

	@Override
	default void socketsJoin(String... rooms) {
		all().socketsJoin(rooms);
	}

	@Override
	default void socketsLeave(String... rooms) {
		all().socketsLeave(rooms);
	}

	@Override
	default void disconnectSockets(boolean close) {
		all().disconnectSockets(close);
	}

}
