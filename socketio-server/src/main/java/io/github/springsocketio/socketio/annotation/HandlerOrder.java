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

/**
 * Whether the next event of a socket waits for the end of a handler. Handlers of one
 * socket start in the order in which its events arrive in any case; other sockets never
 * wait.
 *
 * @since 0.1.0
 */
public enum HandlerOrder {

	/**
	 * That of the controller, and otherwise depending on the signature: {@link #SERIAL}
	 * for methods that may block, {@link #CONCURRENT} for those that return a publisher
	 * or a {@link java.util.concurrent.CompletionStage}.
	 */
	DEFAULT,

	/** The next event waits. */
	SERIAL,

	/** The next event does not wait. */
	CONCURRENT

}
