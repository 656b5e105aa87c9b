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

import io.micrometer.common.KeyValues;

/**
 * Default names and attributes of the observation {@code socketio.handshake}.
 *
 * @since 0.1.0
 */
public class DefaultSocketHandshakeObservationConvention implements SocketHandshakeObservationConvention {

	/**
	 * Create a convention.
	 */
	public DefaultSocketHandshakeObservationConvention() {
	}

	@Override
	public String getName() {
		return "socketio.handshake";
	}

	@Override
	public String getContextualName(SocketHandshakeObservationContext context) {
		return "connect " + context.getNamespaceTag();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(SocketHandshakeObservationContext context) {
		return KeyValues.of(ObservationKeys.SYSTEM, ObservationKeys.SYSTEM_VALUE, ObservationKeys.DESTINATION,
				context.getNamespaceTag(), ObservationKeys.OUTCOME,
				(context.getOutcome() != null) ? context.getOutcome() : ObservationKeys.NONE,
				ObservationKeys.ERROR_TYPE,
				(context.getError() != null) ? context.getError().getClass().getName() : ObservationKeys.NONE);
	}

}
