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

import io.github.springsocketio.socketio.ServerObserver.Outcome;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that observations of the same event have each time.
 */
final class EventAttributes {

	private static final Outcome[] OUTCOMES = Outcome.values();

	private final String namespaceTag;

	private final String eventTag;

	private final String contextualName;

	private final KeyValues started;

	/** By the ordinals of the outcomes. */
	private final KeyValues[] ended = new KeyValues[OUTCOMES.length];

	EventAttributes(String namespaceTag, String eventTag) {
		this.namespaceTag = namespaceTag;
		this.eventTag = eventTag;
		this.contextualName = "receive " + namespaceTag;
		KeyValues common = KeyValues.of(ObservationKeys.SYSTEM, ObservationKeys.SYSTEM_VALUE,
				ObservationKeys.DESTINATION, namespaceTag, ObservationKeys.OPERATION, "receive",
				ObservationKeys.EVENT_NAME, eventTag, ObservationKeys.ERROR_TYPE, ObservationKeys.NONE);
		this.started = common.and(ObservationKeys.OUTCOME, ObservationKeys.NONE);
		for (Outcome outcome : OUTCOMES) {
			this.ended[outcome.ordinal()] = common.and(ObservationKeys.OUTCOME, outcome.text());
		}
	}

	String namespaceTag() {
		return this.namespaceTag;
	}

	String eventTag() {
		return this.eventTag;
	}

	String contextualName() {
		return this.contextualName;
	}

	boolean isStart(KeyValues keyValues) {
		return keyValues == this.started;
	}

	boolean isEnd(KeyValues keyValues, @Nullable Outcome outcome) {
		return outcome != null && keyValues == this.ended[outcome.ordinal()];
	}

	/**
	 * Return the key values with a low cardinality.
	 * @param outcome the outcome, or {@code null} while it is under way
	 * @param error the error, or {@code null} if there is none
	 */
	KeyValues keyValues(@Nullable Outcome outcome, @Nullable Throwable error) {
		KeyValues values = (outcome != null) ? this.ended[outcome.ordinal()] : this.started;
		return (error != null) ? values.and(ObservationKeys.ERROR_TYPE, error.getClass().getName()) : values;
	}

}
