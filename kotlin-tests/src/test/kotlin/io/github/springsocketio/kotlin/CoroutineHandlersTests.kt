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

import io.github.springsocketio.socketio.SocketIoServer
import io.github.springsocketio.test.SocketIoTester
import io.github.springsocketio.test.SocketTester
import io.github.springsocketio.testsupport.Await
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout

import org.springframework.beans.factory.annotation.Autowired

/**
 * Handlers that suspend or return a flow.
 */
@KotlinApplicationTest
@Timeout(60)
class CoroutineHandlersTests(
	@Autowired tester: SocketIoTester,
	@Autowired private val io: SocketIoServer,
	@Autowired private val signals: Signals,
) {

	private val tester = tester.patient()

	@BeforeEach
	fun reset() = signals.reset()

	private fun connect(): SocketTester = tester.namespace("/coroutines").connect()

	private fun seen(): String = Await.next("a signal", signals.seen)

	@Test
	fun resultIsTheAcknowledgement() {
		val socket = connect()
		socket.emitWithAck("nothing").expectEmptyAck()
		assertThat(socket.text("value", "a")).isEqualTo("a")
		socket.emitWithAck("empty").expectEmptyAck()
		socket.emitWithAck("several").expectAck().isEqualTo("a", 1)
		assertThat(socket.text("deferred")).isEqualTo("a")
	}

	@Test
	fun errorIsTheAcknowledgement() {
		val socket = connect()
		val error = mapOf("code" to "a", "message" to "b")
		assertThat(socket.error("fail")).isEqualTo(error)
		assertThat(socket.error("failAtOnce")).isEqualTo(error)
		assertThat(socket.error("failUnknown").toString()).contains("code=internal").doesNotContain("secret", "Exception")
		assertThat(socket.code("timeOut")).isEqualTo("timeout")
		assertThat(socket.code("value")).isEqualTo("missing-argument")
		assertThat(socket.text("failHandled")).isEqualTo("failHandled handled")
	}

	@Test
	fun suspendingHandlersAreCalledOnThreadsOfTheServerAndOthersOnThreadsOfTheirOwn() {
		val socket = connect()
		assertThat(socket.text("threadOfSuspending")).doesNotContain("blocking")
		assertThat(socket.text("threadOfBlocking")).startsWith("socketio-blocking")
	}

	@Test
	fun suspendingHandlersMayOverlap() {
		val socket = connect()
		socket.emit("overlapping", 1).emit("overlapping", 2)
		assertThat(listOf(seen(), seen())).containsExactly("begin 1", "begin 2")
		signals.gate.complete(Unit)
		assertThat(listOf(seen(), seen())).containsExactlyInAnyOrder("end 1", "end 2")
	}

	@Test
	fun nextEventWaitsForASerialOne() {
		val socket = connect()
		socket.emit("serial", 1).emit("serial", 2)
		assertThat(seen()).isEqualTo("begin 1")
		signals.gate.complete(Unit)
		assertThat(listOf(seen(), seen(), seen())).containsExactly("end 1", "begin 2", "end 2")
	}

	@Test
	fun suspendingHandlerIsNotCancelledWithItsSocketLikeAnyOther() {
		val socket = connect()
		val id = socket.socket().id()
		socket.emit("overlapping", 1)
		assertThat(seen()).isEqualTo("begin 1")
		socket.disconnect()
		Await.until("the socket is gone") { !io.of("/coroutines").sockets().containsKey(id) }
		signals.gate.complete(Unit)
		assertThat(seen()).isEqualTo("end 1")
	}

	@Test
	fun valuesOfAFlowAreEmitted() {
		val socket = connect()
		for (event in listOf("count", "countLater")) {
			socket.emitWithAck(event, 3).expectEmptyAck()
			for (number in 1..3) {
				socket.expectEvent("number", Int::class.javaObjectType).isEqualTo(number)
			}
		}
		socket.emitWithAck("messages").expectEmptyAck()
		socket.expectEvent("message", Message::class.java).isEqualTo(Message("a"))
		socket.expectEvent("message", Message::class.java).isEqualTo(Message("b", "c"))
		assertThat(socket.code("countAndFail")).isEqualTo("a")
	}

	@Test
	fun flowIsCancelledWithItsSocket() {
		val socket = connect()
		socket.emit("endless")
		socket.expectEvent("number", Int::class.javaObjectType).isEqualTo(1)
		socket.disconnect()
		assertThat(seen()).isEqualTo("flow has ended")
	}

	@Test
	fun handlersOfConnectionsSuspend() {
		val life = tester.namespace("/life")
		life.auth(mapOf("token" to "wrong")).expectConnectError()
			.satisfies { assertThat(it.data().toString()).contains("no-entry") }
		life.expectConnectError().satisfies { assertThat(it.data().toString()).contains("argument") }
		val socket = life.auth(mapOf("token" to "right")).connect()
		assertThat(seen()).isEqualTo("joined true")
		socket.disconnect()
		assertThat(listOf(seen(), seen())).containsExactlyInAnyOrder("connected has ended",
			"nobody left: client namespace disconnect")
	}

}
