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

package io.github.springsocketio.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Monitors the event loops of the web server. The interface does not depend on a
 * particular web server.
 */
interface EventLoopMonitor {

	/**
	 * Find an event loop that has terminated.
	 * @return the name of the event loop, or {@code null} if there is none
	 */
	@Nullable String findEnded();

	/**
	 * Forget event loops that have terminated, because the web server is restarted.
	 */
	void forgetEnded();

	/**
	 * Find an event loop that is blocked: one that does not execute a task within a
	 * second. The calling thread blocks for at most this time.
	 * @return the name and the stack of the event loop's thread, or {@code null} if there
	 * is none
	 * @throws InterruptedException if the thread is interrupted
	 */
	@Nullable String findBlocked() throws InterruptedException;

}
