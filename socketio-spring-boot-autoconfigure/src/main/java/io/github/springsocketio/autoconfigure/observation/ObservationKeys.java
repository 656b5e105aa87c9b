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

package io.github.springsocketio.autoconfigure.observation;

/**
 * Names of attributes: those of OpenTelemetry's instrumentation for Socket.IO in
 * JavaScript, and of its conventions for errors.
 */
final class ObservationKeys {

	static final String SYSTEM = "messaging.system";

	static final String SYSTEM_VALUE = "socket.io";

	static final String DESTINATION = "messaging.destination";

	static final String DESTINATION_KIND = "messaging.destination_kind";

	static final String DESTINATION_KIND_VALUE = "topic";

	static final String OPERATION = "messaging.operation";

	static final String EVENT_NAME = "messaging.socket.io.event_name";

	static final String NAMESPACE = "messaging.socket.io.namespace";

	static final String ROOMS = "messaging.socket.io.rooms";

	static final String ERROR_TYPE = "error.type";

	static final String OUTCOME = "outcome";

	static final String NONE = "none";

	private ObservationKeys() {
	}

}
