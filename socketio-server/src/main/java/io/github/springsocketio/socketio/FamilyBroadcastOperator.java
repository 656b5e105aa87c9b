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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.ReservedEvents;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A selection of sockets of all namespaces of a family.
 *
 * @param namespaces the namespaces of the family, which may change
 * @param selection selects the sockets of one namespace
 */
record FamilyBroadcastOperator(Collection<? extends BroadcastOperator> namespaces,
		UnaryOperator<BroadcastOperator> selection) implements BroadcastOperator {

	private FamilyBroadcastOperator then(UnaryOperator<BroadcastOperator> next) {
		return new FamilyBroadcastOperator(this.namespaces, (operator) -> next.apply(this.selection.apply(operator)));
	}

	private List<BroadcastOperator> operators() {
		List<BroadcastOperator> result = new ArrayList<>();
		for (BroadcastOperator namespace : this.namespaces) {
			result.add(this.selection.apply(namespace));
		}
		return result;
	}

	@Override
	public BroadcastOperator to(String... rooms) {
		return then((operator) -> operator.to(rooms));
	}

	@Override
	public BroadcastOperator to(Collection<String> rooms) {
		return then((operator) -> operator.to(rooms));
	}

	@Override
	public BroadcastOperator except(String... rooms) {
		return then((operator) -> operator.except(rooms));
	}

	@Override
	public BroadcastOperator except(Collection<String> rooms) {
		return then((operator) -> operator.except(rooms));
	}

	@Override
	public BroadcastOperator local() {
		return then(BroadcastOperator::local);
	}

	@Override
	public BroadcastOperator asVolatile() {
		return then(BroadcastOperator::asVolatile);
	}

	@Override
	public BroadcastOperator compress(boolean compress) {
		return then((operator) -> operator.compress(compress));
	}

	@Override
	public BroadcastOperator timeout(Duration timeout) {
		return then((operator) -> operator.timeout(timeout));
	}

	@Override
	public void emit(String event, @Nullable Object... args) {
		ReservedEvents.checkOutgoing(event);
		operators().forEach((operator) -> operator.emit(event, args));
	}

	@Override
	public Mono<Void> publish(String event, @Nullable Object... args) {
		ReservedEvents.checkOutgoing(event);
		return Mono.defer(() -> Mono
			.whenDelayError(operators().stream().map((operator) -> operator.publish(event, args)).toList()));
	}

	/**
	 * Acknowledgements are collected for each namespace. If some are missing in one
	 * namespace, those of the others are still awaited.
	 */
	@Override
	public Mono<List<Arguments>> emitWithAck(String event, @Nullable Object... args) {
		ReservedEvents.checkOutgoing(event);
		return Flux.defer(() -> Flux.fromIterable(operators()))
			.flatMap((operator) -> operator.emitWithAck(event, args)
				.map((responses) -> new Responses(responses, null))
				.onErrorResume(AckTimeoutException.class,
						(error) -> Mono.just(new Responses(error.responses(), error))),
					Integer.MAX_VALUE)
			.collectList()
			.flatMap(FamilyBroadcastOperator::merge);
	}

	private static Mono<List<Arguments>> merge(List<Responses> all) {
		List<Arguments> responses = all.stream().flatMap((part) -> part.responses().stream()).toList();
		List<AckTimeoutException> errors = all.stream().map(Responses::error).filter((error) -> error != null).toList();
		return errors.isEmpty() ? Mono.just(responses) : Mono.error(new AckTimeoutException(responses,
				errors.stream().flatMap((error) -> error.missing().stream()).toList()));
	}

	@Override
	public Flux<RemoteSocket> fetchSockets() {
		return Flux.defer(() -> Flux.fromIterable(operators())).flatMap(BroadcastOperator::fetchSockets);
	}

	@Override
	public Mono<Integer> countSockets() {
		return Flux.defer(() -> Flux.fromIterable(operators()))
			.flatMap(BroadcastOperator::countSockets)
			.reduce(0, Integer::sum);
	}

	@Override
	public void socketsJoin(String... rooms) {
		operators().forEach((operator) -> operator.socketsJoin(rooms));
	}

	@Override
	public void socketsLeave(String... rooms) {
		operators().forEach((operator) -> operator.socketsLeave(rooms));
	}

	@Override
	public void disconnectSockets(boolean close) {
		operators().forEach((operator) -> operator.disconnectSockets(close));
	}

	private record Responses(List<Arguments> responses, @Nullable AckTimeoutException error) {
	}

}
