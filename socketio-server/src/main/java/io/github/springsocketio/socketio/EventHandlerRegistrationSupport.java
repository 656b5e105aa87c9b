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

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * Implements the registration of handlers of events.
 *
 * @param <R> the type of the object for which something is registered
 */
interface EventHandlerRegistrationSupport<R extends EventHandlerRegistration<R>> extends EventHandlerRegistration<R> {

	/**
	 * Add a handler.
	 */
	R add(String event, Handler handler);

	/**
	 * Return whether the server has a validator.
	 */
	boolean hasValidator();

	private void check(Argument<?>... arguments) {
		for (Argument<?> argument : arguments) {
			Assert.notNull(argument, "An argument must not be null");
			Assert.state(!argument.isValidated() || hasValidator(),
					"An argument is to be validated, and the server has no validator");
		}
	}

	private <T> R add(String event, Argument<T> argument, EventHandler.Typed<T> handler, boolean serial) {
		check(argument);
		return add(event, Handler.of(handler,
				(socket, received) -> handler.handle(socket, argument.resolve(received, 0), received), serial));
	}

	private <A, B> R add(String event, Argument<A> first, Argument<B> second, EventHandler.Typed2<A, B> handler,
			boolean serial) {
		check(first, second);
		return add(event, Handler.of(handler, (socket, received) -> handler.handle(socket, first.resolve(received, 0),
				second.resolve(received, 1), received), serial));
	}

	private <A, B, C> R add(String event, Argument<A> first, Argument<B> second, Argument<C> third,
			EventHandler.Typed3<A, B, C> handler, boolean serial) {
		check(first, second, third);
		return add(event, Handler.of(handler, (socket, received) -> handler.handle(socket, first.resolve(received, 0),
				second.resolve(received, 1), third.resolve(received, 2), received), serial));
	}

	@Override
	default R handle(String event, EventHandler handler) {
		return add(event, Handler.of(handler, handler, false));
	}

	@Override
	default <T> R handle(String event, Class<T> type, EventHandler.Typed<T> handler) {
		return handle(event, Argument.of(type), handler);
	}

	@Override
	default <T> R handle(String event, ParameterizedTypeReference<T> type, EventHandler.Typed<T> handler) {
		return handle(event, Argument.of(type), handler);
	}

	@Override
	default <T> R handle(String event, Argument<T> argument, EventHandler.Typed<T> handler) {
		return add(event, argument, handler, false);
	}

	@Override
	default <A, B> R handle(String event, Class<A> first, Class<B> second, EventHandler.Typed2<A, B> handler) {
		return handle(event, Argument.of(first), Argument.of(second), handler);
	}

	@Override
	default <A, B> R handle(String event, Argument<A> first, Argument<B> second, EventHandler.Typed2<A, B> handler) {
		return add(event, first, second, handler, false);
	}

	@Override
	default <A, B, C> R handle(String event, Class<A> first, Class<B> second, Class<C> third,
			EventHandler.Typed3<A, B, C> handler) {
		return handle(event, Argument.of(first), Argument.of(second), Argument.of(third), handler);
	}

	@Override
	default <A, B, C> R handle(String event, Argument<A> first, Argument<B> second, Argument<C> third,
			EventHandler.Typed3<A, B, C> handler) {
		return add(event, first, second, third, handler, false);
	}

	@Override
	default R handleSerial(String event, EventHandler handler) {
		return add(event, Handler.of(handler, handler, true));
	}

	@Override
	default <T> R handleSerial(String event, Class<T> type, EventHandler.Typed<T> handler) {
		return handleSerial(event, Argument.of(type), handler);
	}

	@Override
	default <T> R handleSerial(String event, ParameterizedTypeReference<T> type, EventHandler.Typed<T> handler) {
		return handleSerial(event, Argument.of(type), handler);
	}

	@Override
	default <T> R handleSerial(String event, Argument<T> argument, EventHandler.Typed<T> handler) {
		return add(event, argument, handler, true);
	}

	@Override
	default <A, B> R handleSerial(String event, Class<A> first, Class<B> second, EventHandler.Typed2<A, B> handler) {
		return handleSerial(event, Argument.of(first), Argument.of(second), handler);
	}

	@Override
	default <A, B> R handleSerial(String event, Argument<A> first, Argument<B> second,
			EventHandler.Typed2<A, B> handler) {
		return add(event, first, second, handler, true);
	}

	@Override
	default <A, B, C> R handleSerial(String event, Class<A> first, Class<B> second, Class<C> third,
			EventHandler.Typed3<A, B, C> handler) {
		return handleSerial(event, Argument.of(first), Argument.of(second), Argument.of(third), handler);
	}

	@Override
	default <A, B, C> R handleSerial(String event, Argument<A> first, Argument<B> second, Argument<C> third,
			EventHandler.Typed3<A, B, C> handler) {
		return add(event, first, second, third, handler, true);
	}

	@Override
	default R handleBlocking(String event, BlockingEventHandler handler) {
		return add(event, Handler.ofBlocking(handler, handler));
	}

	@Override
	default <T> R handleBlocking(String event, Class<T> type, BlockingEventHandler.Typed<T> handler) {
		return handleBlocking(event, Argument.of(type), handler);
	}

	@Override
	default <T> R handleBlocking(String event, ParameterizedTypeReference<T> type,
			BlockingEventHandler.Typed<T> handler) {
		return handleBlocking(event, Argument.of(type), handler);
	}

	@Override
	default <T> R handleBlocking(String event, Argument<T> argument, BlockingEventHandler.Typed<T> handler) {
		check(argument);
		return add(event, Handler.ofBlocking(handler,
				(socket, received) -> handler.handle(socket, argument.resolve(received, 0), received)));
	}

	@Override
	default <A, B> R handleBlocking(String event, Class<A> first, Class<B> second,
			BlockingEventHandler.Typed2<A, B> handler) {
		return handleBlocking(event, Argument.of(first), Argument.of(second), handler);
	}

	@Override
	default <A, B> R handleBlocking(String event, Argument<A> first, Argument<B> second,
			BlockingEventHandler.Typed2<A, B> handler) {
		check(first, second);
		return add(event, Handler.ofBlocking(handler, (socket, received) -> handler.handle(socket,
				first.resolve(received, 0), second.resolve(received, 1), received)));
	}

	@Override
	default <A, B, C> R handleBlocking(String event, Class<A> first, Class<B> second, Class<C> third,
			BlockingEventHandler.Typed3<A, B, C> handler) {
		return handleBlocking(event, Argument.of(first), Argument.of(second), Argument.of(third), handler);
	}

	@Override
	default <A, B, C> R handleBlocking(String event, Argument<A> first, Argument<B> second, Argument<C> third,
			BlockingEventHandler.Typed3<A, B, C> handler) {
		check(first, second, third);
		return add(event, Handler.ofBlocking(handler, (socket, received) -> handler.handle(socket,
				first.resolve(received, 0), second.resolve(received, 1), third.resolve(received, 2), received)));
	}

}
