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

import reactor.util.context.ContextView;

/**
 * Sets thread locals while code of the application that may block is called.
 *
 * @since 0.1.0
 * @see HandlerOptions#threadContexts()
 */
@FunctionalInterface
public interface ThreadContext {

	/**
	 * Set thread locals of the current thread.
	 * @param context the Reactor context of the socket
	 * @return restores the previous values; called on the same thread
	 */
	Scope open(ContextView context);

	/**
	 * The time in which thread locals are set.
	 */
	@FunctionalInterface
	interface Scope extends AutoCloseable {

		/**
		 * Restore the previous values.
		 */
		@Override
		void close();

	}

}
