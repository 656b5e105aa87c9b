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

import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * A received event: its name, its arguments and its acknowledgement. Not to be
 * implemented by applications.
 *
 * @since 0.1.0
 */
public interface Event extends Arguments {

	/**
	 * Return the name of the event.
	 * @return the name; a numeric one as its digits
	 */
	String name();

	/**
	 * Return whether the name was a number on the wire.
	 * @return whether it was; {@code false} under a new name
	 */
	boolean isNumericName();

	/**
	 * Return whether the client requested an acknowledgement.
	 * @return whether {@link #ack(Object...)} sends anything
	 */
	boolean isAckRequested();

	/**
	 * Acknowledge the event, now or later and from any thread. Only the first call sends
	 * an acknowledgement. Does nothing if the client did not request one or is
	 * disconnected.
	 * @param args the arguments of the acknowledgement, as for
	 * {@link Emitter#emit(String, Object...)}
	 * @throws IllegalArgumentException if an argument cannot be written; the event may
	 * then be acknowledged again
	 */
	void ack(@Nullable Object... args);

	/**
	 * Return the same event under another name, for event middlewares and interceptors.
	 * @param name the new name
	 * @return an event with the same arguments and acknowledgement
	 */
	Event withName(String name);

	/**
	 * Return the same event with other arguments, for event middlewares and interceptors.
	 * @param args the new arguments
	 * @return an event with the same name and acknowledgement
	 */
	Event withArguments(@Nullable Object... args);

}
