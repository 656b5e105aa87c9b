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

import java.util.List;

import io.github.springsocketio.socketio.packet.Arguments;

/**
 * Not all acknowledgements came in time (SIO-53, SIO-77).
 *
 * @since 0.1.0
 */
public class AckTimeoutException extends RuntimeException {

	private final transient List<Arguments> responses;

	/**
	 * Create an exception.
	 * @param responses the acknowledgements that came
	 */
	public AckTimeoutException(List<Arguments> responses) {
		super("operation has timed out", null, false, false);
		this.responses = List.copyOf(responses);
	}

	/**
	 * Return the acknowledgements that came in time.
	 * @return an immutable list, empty for a single socket
	 */
	public List<Arguments> responses() {
		return this.responses;
	}

}
