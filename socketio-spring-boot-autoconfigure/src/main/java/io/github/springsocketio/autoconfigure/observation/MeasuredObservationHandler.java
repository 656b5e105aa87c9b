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

import java.util.function.Supplier;

import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.Observation;

/**
 * Takes the place of Micrometer's handler, which makes a timer of each observation, for
 * what the server's metrics measure already. Observations with a convention of the
 * application still are timers, as they may have tags of their own.
 */
final class MeasuredObservationHandler implements MeterObservationHandler<Observation.Context> {

	private final Supplier<ObservationConventions> conventions;

	/**
	 * Create a handler.
	 * @param conventions the conventions, which are asked for with the first observation
	 */
	MeasuredObservationHandler(Supplier<ObservationConventions> conventions) {
		this.conventions = conventions;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		if (context instanceof SocketEventObservationContext) {
			return this.conventions.get().event().getClass() == DefaultSocketEventObservationConvention.class;
		}
		if (context instanceof SocketAckObservationContext) {
			return this.conventions.get().ack().getClass() == DefaultSocketAckObservationConvention.class;
		}
		return context instanceof SocketHandshakeObservationContext
				&& this.conventions.get().handshake().getClass() == DefaultSocketHandshakeObservationConvention.class;
	}

}
