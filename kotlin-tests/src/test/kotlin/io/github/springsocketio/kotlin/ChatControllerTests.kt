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
import io.github.springsocketio.test.autoconfigure.SocketIoMockUsers.mockUser
import java.nio.file.Files
import java.nio.file.Path
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

import org.springframework.beans.factory.annotation.Autowired

/**
 * The controller of the documentation.
 */
@KotlinApplicationTest
class ChatControllerTests(@Autowired tester: SocketIoTester) {

	private val tester = tester.patient()

	@Test
	fun blockOfTheDocumentationIsACopyOfTheController() {
		val source = Files.readString(Path.of("src/test/kotlin/io/github/springsocketio/kotlin/ChatController.kt"))
		val blocks = Regex("```kotlin\n(.*?)```", RegexOption.DOT_MATCHES_ALL)
			.findAll(Files.readString(Path.of("../docs/annotated.md")))
			.map { plain(it.groupValues[1]) }
			.toList()
		assertThat(blocks).hasSize(1).allSatisfy { block -> assertThat(plain(source)).contains(block) }
	}

	private fun plain(text: String) = text.trim().replace(Regex("\\s+"), " ")

	@Test
	fun usersChat() {
		val ann = tester.namespace("/chat").mutateWith(mockUser("ann")).connect()
		val bob = tester.namespace("/chat").mutateWith(mockUser("bob")).connect()
		ann.emitWithAck("send", mapOf("text" to "hello")).expectAck(Int::class.javaObjectType).isEqualTo(1)
		bob.expectEvent("message", Message::class.java).isEqualTo(Message("hello"))
		bob.emitWithAck("send", mapOf("text" to "hi", "room" to "java")).expectAck(Int::class.javaObjectType).isEqualTo(2)
		ann.emitWithAck("history").expectEmptyAck()
		ann.expectEvent("message", Message::class.java).isEqualTo(Message("ann: hello"))
		ann.expectEvent("message", Message::class.java).isEqualTo(Message("bob: hi", "java"))
		ann.emitWithAck("history", null, 1).expectEmptyAck()
		ann.expectEvent("message", Message::class.java).isEqualTo(Message("bob: hi", "java"))
		ann.emitWithAck("history", "all", 2).expectEmptyAck()
		ann.expectEvent("message", Message::class.java).isEqualTo(Message("ann: hello"))
		assertThat(ann.error("send", mapOf("text" to "x", "room" to "full")))
			.isEqualTo(mapOf("code" to "room-full", "message" to "Only 4 are allowed"))
		assertThat(ann.code("send", mapOf("text" to " "))).isEqualTo("validation")
		tester.namespace("/chat").connect().expectDisconnect("io server disconnect")
	}

}
