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

import java.util.function.Consumer;

import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * Called for an event of another node of the cluster. Must not block.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ServerSideListener {

	/**
	 * Handle an event from another node.
	 * @param args the arguments
	 * @param ack sends a response of one value; {@code null} if no response was requested
	 */
	void onEvent(Arguments args, @Nullable Consumer<@Nullable Object> ack);

}
