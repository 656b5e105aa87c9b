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

package io.github.springsocketio.socketio.packet;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ReservedEventsTests {

	@ParameterizedTest
	@ValueSource(
			strings = { "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener" })
	@Tag("SIO-14")
	@Tag("SIO-15")
	void reservedNamesAreNotSent(String event) {
		assertThat(ReservedEvents.isReserved(event)).isTrue();
		assertThatIllegalArgumentException().isThrownBy(() -> ReservedEvents.checkOutgoing(event))
			.withMessage("\"" + event + "\" is a reserved event name");
	}

	@ParameterizedTest
	@ValueSource(strings = { "connect", "connection", "new_namespace" })
	@Tag("SIO-15")
	void reservedNamesAreNotSentToOtherServers(String event) {
		assertThatIllegalArgumentException().isThrownBy(() -> ReservedEvents.checkServerSide(event))
			.withMessage("\"" + event + "\" is a reserved event name");
	}

	@ParameterizedTest
	@CsvSource({ "connect, use onConnection", "connection, use onConnection", "disconnect, use onDisconnect",
			"disconnecting, use onDisconnecting", "new_namespace, use onNewNamespace",
			"connect_error, 'only clients receive it; to reject a connection, use a middleware'",
			"newListener, there is no such event", "removeListener, there is no such event" })
	void aHandlerForAReservedNameIsRefusedWithAHint(String event, String hint) {
		assertThatIllegalArgumentException().isThrownBy(() -> ReservedEvents.checkListener(event))
			.withMessage("\"" + event + "\" is a reserved event name: " + hint);
	}

	@Test
	@Tag("SIO-14")
	void otherNamesAreAllowed() {
		for (String event : List.of("connection", "error", "message", "", "5", "new_namespace")) {
			assertThat(ReservedEvents.isReserved(event)).isFalse();
			assertThatCode(() -> ReservedEvents.checkOutgoing(event)).doesNotThrowAnyException();
		}
		for (String event : List.of("disconnect", "error", "message", "", "newListener")) {
			assertThatCode(() -> ReservedEvents.checkServerSide(event)).doesNotThrowAnyException();
		}
		for (String event : List.of("error", "message", "", "5", "Connection")) {
			assertThatCode(() -> ReservedEvents.checkListener(event)).doesNotThrowAnyException();
		}
	}

}
