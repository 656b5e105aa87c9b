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

package io.github.springsocketio.socketio.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Handles an event of clients. The result of the method is the acknowledgement, if the
 * client requested one: a value, that of a {@code Mono} or
 * {@link java.util.concurrent.CompletionStage}, or
 * {@link io.github.springsocketio.socketio.packet.Arguments} for several values; nothing
 * is an empty acknowledgement. A {@code Flux} needs {@link Emits}. A method that returns
 * neither a publisher nor a {@code CompletionStage} may block: it is called on a thread
 * for blocking code.
 *
 * @since 0.1.0
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerReflectiveProcessor.class)
public @interface OnEvent {

	/**
	 * Return the name of the event.
	 * @return the name of the method by default
	 */
	String value() default "";

	/**
	 * Return the order of the events of a socket.
	 * @return that of the controller by default
	 */
	HandlerOrder order() default HandlerOrder.DEFAULT;

}
