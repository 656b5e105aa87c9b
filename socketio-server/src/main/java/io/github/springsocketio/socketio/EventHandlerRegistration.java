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

/**
 * Registers handlers of events, whose results are the acknowledgements. An argument that
 * is missing, cannot be converted or is not valid is an error of the event: the handler
 * is not called. Handlers of one socket start in the order in which its events arrive.
 *
 * @param <R> the type of the object for which something is registered
 * @since 0.1.0
 */
public interface EventHandlerRegistration<R extends EventHandlerRegistration<R>> {

	/**
	 * Add a reactive handler for an event; its value is the acknowledgement. The next
	 * event of the socket does not wait for its end.
	 * @param event the name
	 * @param handler the handler
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 */
	R handle(String event, EventHandler handler);

	/**
	 * Add a reactive handler for an event whose first argument has a type.
	 * @param <T> the type
	 * @param event the name
	 * @param type the type
	 * @param handler the handler
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 */
	<T> R handle(String event, Class<T> type, EventHandler.Typed<T> handler);

	/**
	 * Add a reactive handler for an event whose first argument has a generic type.
	 * @param <T> the type
	 * @param event the name
	 * @param type the type
	 * @param handler the handler
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 */
	<T> R handle(String event, ParameterizedTypeReference<T> type, EventHandler.Typed<T> handler);

	/**
	 * Add a reactive handler for an event whose first argument has a description.
	 * @param <T> the type
	 * @param event the name
	 * @param argument the first argument
	 * @param handler the handler
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 * @throws IllegalStateException if an argument is to be validated and the server has
	 * no validator
	 */
	<T> R handle(String event, Argument<T> argument, EventHandler.Typed<T> handler);

	/**
	 * Add a reactive handler for an event whose first two arguments have a type each.
	 * @param <A> the type of the first argument
	 * @param <B> the type of the second argument
	 * @param event the name
	 * @param first the type of the first argument
	 * @param second the type of the second argument
	 * @param handler the handler
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 */
	<A, B> R handle(String event, Class<A> first, Class<B> second, EventHandler.Typed2<A, B> handler);

	/**
	 * Add a reactive handler for an event whose first two arguments have a description
	 * each.
	 * @param <A> the type of the first argument
	 * @param <B> the type of the second argument
	 * @param event the name
	 * @param first the first argument
	 * @param second the second argument
	 * @param handler the handler
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 * @throws IllegalStateException if an argument is to be validated and the server has
	 * no validator
	 */
	<A, B> R handle(String event, Argument<A> first, Argument<B> second, EventHandler.Typed2<A, B> handler);

	/**
	 * Add a reactive handler for an event whose first three arguments have a type each.
	 * @param <A> the type of the first argument
	 * @param <B> the type of the second argument
	 * @param <C> the type of the third argument
	 * @param event the name
	 * @param first the type of the first argument
	 * @param second the type of the second argument
	 * @param third the type of the third argument
	 * @param handler the handler
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 */
	<A, B, C> R handle(String event, Class<A> first, Class<B> second, Class<C> third,
			EventHandler.Typed3<A, B, C> handler);

	/**
	 * Add a reactive handler for an event whose first three arguments have a description
	 * each.
	 * @param <A> the type of the first argument
	 * @param <B> the type of the second argument
	 * @param <C> the type of the third argument
	 * @param event the name
	 * @param first the first argument
	 * @param second the second argument
	 * @param third the third argument
	 * @param handler the handler
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 * @throws IllegalStateException if an argument is to be validated and the server has
	 * no validator
	 */
	<A, B, C> R handle(String event, Argument<A> first, Argument<B> second, Argument<C> third,
			EventHandler.Typed3<A, B, C> handler);

	/**
	 * Add a reactive handler for an event. The next event of the socket is not handled
	 * before this handler has ended. The number of queued events is limited as for
	 * {@link BlockingEventHandler}.
	 * @param event the name
	 * @param handler the handler
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 */
	R handleSerial(String event, EventHandler handler);

	/**
	 * Add a serial handler for an event whose first argument has a type.
	 * @param <T> the type
	 * @param event the name
	 * @param type the type
	 * @param handler the handler
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 */
	<T> R handleSerial(String event, Class<T> type, EventHandler.Typed<T> handler);

	/**
	 * Add a serial handler for an event whose first argument has a generic type.
	 * @param <T> the type
	 * @param event the name
	 * @param type the type
	 * @param handler the handler
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 */
	<T> R handleSerial(String event, ParameterizedTypeReference<T> type, EventHandler.Typed<T> handler);

	/**
	 * Add a serial handler for an event whose first argument has a description.
	 * @param <T> the type
	 * @param event the name
	 * @param argument the first argument
	 * @param handler the handler
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 * @throws IllegalStateException if an argument is to be validated and the server has
	 * no validator
	 */
	<T> R handleSerial(String event, Argument<T> argument, EventHandler.Typed<T> handler);

	/**
	 * Add a serial handler for an event whose first two arguments have a type each.
	 * @param <A> the type of the first argument
	 * @param <B> the type of the second argument
	 * @param event the name
	 * @param first the type of the first argument
	 * @param second the type of the second argument
	 * @param handler the handler
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 */
	<A, B> R handleSerial(String event, Class<A> first, Class<B> second, EventHandler.Typed2<A, B> handler);

	/**
	 * Add a serial handler for an event whose first two arguments have a description
	 * each.
	 * @param <A> the type of the first argument
	 * @param <B> the type of the second argument
	 * @param event the name
	 * @param first the first argument
	 * @param second the second argument
	 * @param handler the handler
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 * @throws IllegalStateException if an argument is to be validated and the server has
	 * no validator
	 */
	<A, B> R handleSerial(String event, Argument<A> first, Argument<B> second, EventHandler.Typed2<A, B> handler);

	/**
	 * Add a serial handler for an event whose first three arguments have a type each.
	 * @param <A> the type of the first argument
	 * @param <B> the type of the second argument
	 * @param <C> the type of the third argument
	 * @param event the name
	 * @param first the type of the first argument
	 * @param second the type of the second argument
	 * @param third the type of the third argument
	 * @param handler the handler
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 */
	<A, B, C> R handleSerial(String event, Class<A> first, Class<B> second, Class<C> third,
			EventHandler.Typed3<A, B, C> handler);

	/**
	 * Add a serial handler for an event whose first three arguments have a description
	 * each.
	 * @param <A> the type of the first argument
	 * @param <B> the type of the second argument
	 * @param <C> the type of the third argument
	 * @param event the name
	 * @param first the first argument
	 * @param second the second argument
	 * @param third the third argument
	 * @param handler the handler
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 * @throws IllegalStateException if an argument is to be validated and the server has
	 * no validator
	 */
	<A, B, C> R handleSerial(String event, Argument<A> first, Argument<B> second, Argument<C> third,
			EventHandler.Typed3<A, B, C> handler);

	/**
	 * Add a handler for an event that may block; its value is the acknowledgement.
	 * @param event the name
	 * @param handler the handler
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 */
	R handleBlocking(String event, BlockingEventHandler handler);

	/**
	 * Add a handler that may block for an event whose first argument has a type.
	 * @param <T> the type
	 * @param event the name
	 * @param type the type
	 * @param handler the handler
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 */
	<T> R handleBlocking(String event, Class<T> type, BlockingEventHandler.Typed<T> handler);

	/**
	 * Add a handler that may block for an event whose first argument has a generic type.
	 * @param <T> the type
	 * @param event the name
	 * @param type the type
	 * @param handler the handler
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 */
	<T> R handleBlocking(String event, ParameterizedTypeReference<T> type, BlockingEventHandler.Typed<T> handler);

	/**
	 * Add a handler that may block for an event whose first argument has a description.
	 * @param <T> the type
	 * @param event the name
	 * @param argument the first argument
	 * @param handler the handler
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 * @throws IllegalStateException if an argument is to be validated and the server has
	 * no validator
	 */
	<T> R handleBlocking(String event, Argument<T> argument, BlockingEventHandler.Typed<T> handler);

	/**
	 * Add a handler that may block for an event whose first two arguments have a type
	 * each.
	 * @param <A> the type of the first argument
	 * @param <B> the type of the second argument
	 * @param event the name
	 * @param first the type of the first argument
	 * @param second the type of the second argument
	 * @param handler the handler
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 */
	<A, B> R handleBlocking(String event, Class<A> first, Class<B> second, BlockingEventHandler.Typed2<A, B> handler);

	/**
	 * Add a handler that may block for an event whose first two arguments have a
	 * description each.
	 * @param <A> the type of the first argument
	 * @param <B> the type of the second argument
	 * @param event the name
	 * @param first the first argument
	 * @param second the second argument
	 * @param handler the handler
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 * @throws IllegalStateException if an argument is to be validated and the server has
	 * no validator
	 */
	<A, B> R handleBlocking(String event, Argument<A> first, Argument<B> second,
			BlockingEventHandler.Typed2<A, B> handler);

	/**
	 * Add a handler that may block for an event whose first three arguments have a type
	 * each.
	 * @param <A> the type of the first argument
	 * @param <B> the type of the second argument
	 * @param <C> the type of the third argument
	 * @param event the name
	 * @param first the type of the first argument
	 * @param second the type of the second argument
	 * @param third the type of the third argument
	 * @param handler the handler
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 */
	<A, B, C> R handleBlocking(String event, Class<A> first, Class<B> second, Class<C> third,
			BlockingEventHandler.Typed3<A, B, C> handler);

	/**
	 * Add a handler that may block for an event whose first three arguments have a
	 * description each.
	 * @param <A> the type of the first argument
	 * @param <B> the type of the second argument
	 * @param <C> the type of the third argument
	 * @param event the name
	 * @param first the first argument
	 * @param second the second argument
	 * @param third the third argument
	 * @param handler the handler
	 * @return this object
	 * @throws IllegalArgumentException if the name is reserved
	 * @throws IllegalStateException if an argument is to be validated and the server has
	 * no validator
	 */
	<A, B, C> R handleBlocking(String event, Argument<A> first, Argument<B> second, Argument<C> third,
			BlockingEventHandler.Typed3<A, B, C> handler);

}
