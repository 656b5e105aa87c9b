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

package io.github.springsocketio.kotlin

import io.github.springsocketio.test.SocketIoTester
import io.github.springsocketio.test.SocketTester
import io.github.springsocketio.test.autoconfigure.SocketIoMockUsers.mockUser
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource

import org.springframework.beans.factory.annotation.Autowired

/**
 * Spring Security and handlers that suspend.
 */
@KotlinApplicationTest
@Timeout(60)
class SecuredHandlersTests(@Autowired tester: SocketIoTester, @Autowired private val signals: Signals) {

	private val tester = tester.patient()

	@BeforeEach
	fun reset() = signals.reset()

	private fun anybody(): SocketTester = tester.namespace("/secured").connect()

	private fun user(name: String, role: String = "USER"): SocketTester =
		tester.namespace("/secured").mutateWith(mockUser(name).roles(role)).connect()

	@ParameterizedTest
	@ValueSource(strings = ["suspending", "withoutResult", "blocking", "flow", "flowLater"])
	fun handlersAreAuthorized(event: String) {
		assertThat(user("ann").code(event)).isEqualTo("access-denied")
		assertThat(anybody().code(event)).isEqualTo("unauthenticated")
		assertThat(signals.seen).isEmpty()
		user("root", "ADMIN").emitWithAck(event).expectAck()
		assertThat(signals.seen).hasSize(1)
	}

	@Test
	fun allValuesOfAnAuthorizedFlowAreEmitted() {
		val root = user("root", "ADMIN")
		for (event in listOf("flow", "flowLater")) {
			root.emitWithAck(event).expectEmptyAck()
			root.expectEvents("number", "number", "number")
		}
	}

	@Test
	fun argumentsAndResultsAreAuthorized() {
		val ann = user("ann")
		assertThat(ann.text("own", "ann")).isEqualTo("ann!")
		assertThat(ann.text("own", "ann", "?")).isEqualTo("ann?")
		assertThat(ann.code("own", "bob")).isEqualTo("access-denied")
		assertThat(ann.text("afterwards", "ann")).isEqualTo("ann")
		assertThat(ann.code("afterwards", "bob")).isEqualTo("access-denied")
	}

	@Test
	fun coroutinesHaveTheSecurityContext() {
		val ann = user("ann")
		assertThat(ann.text("user")).isEqualTo("ann")
		assertThat(ann.text("userOnAnotherThread")).isEqualTo("ann")
		assertThat(ann.text("coroutineContext")).isEqualTo("1")
		ann.emitWithAck("userOfAFlow").expectEmptyAck()
		ann.expectEvent("user", String::class.java).isEqualTo("ann")
		assertThat(ann.text("arguments")).isEqualTo("ann ann ann")
		assertThat(anybody().text("nobody")).isEqualTo("null null")
	}

	@Test
	fun servicesThatSuspendAreAuthorized() {
		assertThat(user("root", "ADMIN").text("callService")).isEqualTo("found")
		assertThat(user("ann").code("callService")).isEqualTo("access-denied")
	}

}
