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

import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Decides whether a namespace that does not exist yet is created for a client.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface NamespaceMatcher {

	/**
	 * Decide about a name.
	 * @param name the name, such as {@code "/dyn-1"}; at most 256 characters
	 * @param auth the auth payload of the client, empty where it sent none
	 * @return whether to create the namespace; empty or an error counts as {@code false}
	 */
	Mono<Boolean> matches(String name, Map<String, @Nullable Object> auth);

}
