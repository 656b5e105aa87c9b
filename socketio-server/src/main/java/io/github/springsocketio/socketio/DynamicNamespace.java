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

import java.util.Collection;

import io.github.springsocketio.socketio.packet.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * A family of namespaces that are made when a client joins them (SIO-106). What is
 * registered here holds for each child that is made afterwards.
 *
 * @since 0.1.0
 */
public interface DynamicNamespace extends NamespaceOperations<DynamicNamespace> {

	/**
	 * Return the namespaces made so far that are alive.
	 * @return a snapshot
	 */
	Collection<Namespace> children();

	/**
	 * Emit an event to all sockets of all children (SIO-71).
	 * @param event the name
	 * @param args the arguments
	 */
	void emit(String event, @Nullable Object... args);

	/**
	 * Emit an event with the arguments of another one to all sockets of all children.
	 * @param event the name
	 * @param args the arguments
	 */
	void emit(String event, Arguments args);

}
