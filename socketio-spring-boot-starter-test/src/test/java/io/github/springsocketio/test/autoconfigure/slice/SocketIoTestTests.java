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

package io.github.springsocketio.test.autoconfigure.slice;

import java.time.Duration;

import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.autoconfigure.SocketIoMockUsers;
import io.github.springsocketio.test.autoconfigure.SocketIoTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

@SocketIoTest(controllers = GreetingController.class, properties = "spring.test.socketio.timeout=1m")
class SocketIoTestTests {

	@MockitoBean
	private GreetingService service;

	@Test
	void controllerIsTestedWithoutTheRestOfTheApplication(@Autowired SocketIoTester tester,
			@Autowired ApplicationContext context) {
		given(this.service.greet("ann")).willReturn("Hello ann");
		tester.mutateWith(SocketIoMockUsers.mockUser("ann"))
			.connect()
			.emitWithAck("greet", "ann")
			.expectAck(String.class)
			.isEqualTo("Hello ann");
		assertThat(context.getBeansOfType(OtherController.class)).isEmpty();
	}

	@Test
	void timeLimitIsThatOfTheProperty(@Autowired SocketIoTester tester) {
		assertThat(tester.mutateWith(SocketIoMockUsers.mockUser("ann")).connect().socket().timeout())
			.isEqualTo(Duration.ofMinutes(1));
	}

	@Test
	void methodSecurityTakesEffect(@Autowired SocketIoTester tester) {
		tester.mutateWith(SocketIoMockUsers.mockUser("eve").roles("GUEST"))
			.connect()
			.emitWithAck("greet", "eve")
			.expectError("access-denied");
	}

}
