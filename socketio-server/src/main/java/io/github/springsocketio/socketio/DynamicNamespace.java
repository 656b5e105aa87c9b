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

/**
 * A family of namespaces that are created when a client joins them. Registrations apply
 * to each namespace that is created afterwards. As an operator, it selects the sockets of
 * all its namespaces.
 *
 * @since 0.1.0
 */
public interface DynamicNamespace extends NamespaceRegistration<DynamicNamespace>, BroadcastOperator {

	/**
	 * Return the namespaces of this family.
	 * @return a snapshot
	 */
	Collection<Namespace> children();

}
