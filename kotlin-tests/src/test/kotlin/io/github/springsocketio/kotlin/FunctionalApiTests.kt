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

import io.github.springsocketio.socketio.Argument
import io.github.springsocketio.socketio.ConnectErrorException
import io.github.springsocketio.socketio.SocketIoServer
import io.github.springsocketio.test.SocketIoTester
import io.github.springsocketio.testsupport.Await
import java.util.Optional
import java.util.concurrent.LinkedBlockingQueue
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.reactive.awaitSingle
import kotlinx.coroutines.reactor.asFlux
import kotlinx.coroutines.reactor.mono
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import reactor.core.publisher.Mono

import org.springframework.beans.factory.annotation.Autowired
import org.springframework.core.ParameterizedTypeReference

/**
 * Each registration of the functional API takes lambdas of Kotlin, without types.
 */
@KotlinApplicationTest
@Timeout(60)
class FunctionalApiTests(@Autowired tester: SocketIoTester, @Autowired private val io: SocketIoServer) {

	private val tester = tester.patient()

	private val seen = LinkedBlockingQueue<String>()

	private val messages = object : ParameterizedTypeReference<List<Message>>() {}

	private val number = Int::class.javaObjectType

	@Test
	fun listeners() {
		io.of("/listeners")
			.on("plain") { socket, event -> event.ack(socket.nsp()) }
			.on("typed", String::class.java) { _, text, event -> event.ack(text) }
			.on("generic", messages) { _, list, event -> event.ack(list.map { it.room }) }
			.once("once") { _, event -> event.ack("once") }
			.onAny { _, event -> seen.add("any ${event.name()}") }
			.onAnyOutgoing { _, event, args -> seen.add("outgoing $event ${args.size()}") }
		val socket = tester.namespace("/listeners").connect()
		assertThat(socket.text("plain")).isEqualTo("/listeners")
		assertThat(socket.text("typed", "a")).isEqualTo("a")
		socket.emitWithAck("generic", listOf(mapOf("text" to "a"))).expectAck(List::class.java).isEqualTo(listOf("all"))
		assertThat(socket.text("once")).isEqualTo("once")
		io.of("/listeners").emit("greeting", Message("a"))
		socket.expectEvent("greeting", Message::class.java).isEqualTo(Message("a"))
		assertThat(seen).containsExactly("any plain", "any typed", "any generic", "any once", "outgoing greeting 1")
	}

	@Test
	fun handlers() {
		io.of("/handlers")
			.handle("plain") { _, event -> Mono.just(event.require(0, String::class.java)) }
			.handle("typed", String::class.java) { _, text, _ -> Mono.just(text) }
			.handle("generic", messages) { _, list, _ -> Mono.just(list.size.toString()) }
			.handle("two", String::class.java, number) { _, text, count, _ -> Mono.just(text.repeat(count)) }
			.handle("three", String::class.java, number, Message::class.java) { _, text, count, message, _ ->
				Mono.just(text.repeat(count) + message.text)
			}
			.handle("valid", Argument.of(Message::class.java).valid()) { _, message, _ -> Mono.just(message.text) }
			.handle("optional", Argument.optional(String::class.java), Argument.of(number)) { _, text, count, _ ->
				Mono.just("${text.orElse(null)} $count")
			}
			.handle("coroutine", String::class.java) { socket, text, _ ->
				mono {
					delay(1)
					"$text ${socket.nsp()}"
				}
			}
			.handle("failing") { _, _ -> mono<String> { error("secret") } }
			.handle("flow") { socket, _ -> socket.emitAll("number", flowOf(1, 2).asFlux()) }
			.handle("question") { socket, _ ->
				mono { socket.emitWithAck("question").awaitSingle().get(0, String::class.java) }
			}
			.handleSerial("serial", String::class.java) { _, text, _ -> mono { text } }
			.handleBlocking("blocking") { _, event -> event.require(0, String::class.java) }
			.handleBlocking("blockingTyped", String::class.java) { _, text, _ -> text }
			.handleBlocking("blockingOptional", Argument.optional(String::class.java)) { _, text: Optional<String>, _ ->
				text.orElse("none")
			}
		val socket = tester.namespace("/handlers").connect()
		for (event in listOf("plain", "typed", "serial", "blocking", "blockingTyped", "blockingOptional")) {
			assertThat(socket.text(event, "a")).`as`(event).isEqualTo("a")
		}
		assertThat(socket.text("generic", listOf(mapOf("text" to "a")))).isEqualTo("1")
		assertThat(socket.text("two", "a", 2)).isEqualTo("aa")
		assertThat(socket.text("three", "a", 2, mapOf("text" to "b"))).isEqualTo("aab")
		assertThat(socket.text("valid", mapOf("text" to "b"))).isEqualTo("b")
		assertThat(socket.code("valid", mapOf("text" to ""))).isEqualTo("validation")
		assertThat(socket.text("optional", null, 1)).isEqualTo("null 1")
		assertThat(socket.text("coroutine", "a")).isEqualTo("a /handlers")
		assertThat(socket.code("failing")).isEqualTo("internal")
		socket.emitWithAck("flow").expectEmptyAck()
		socket.expectEvents("number", "number")
		assertThat(socket.text("blockingOptional")).isEqualTo("none")
	}

	@Test
	fun connections() {
		io.of("/connections")
			.use { socket -> if (socket.handshake().auth().isEmpty()) refused() else Mono.empty() }
			.use { _, event -> Mono.just(if (event.name() == "old") event.withName("new") else event) }
			.intercept { _, event, chain -> chain.proceed(event).map { "$it intercepted" } }
			.onConnection { socket -> seen.add("connected ${socket.nsp()}") }
			.handleConnection { socket -> mono { socket.join("all") } }
			.onDisconnect { _, reason, _ -> seen.add(reason.text()) }
			.handleDisconnect { socket, _, _ -> mono { seen.add("left ${socket.nsp()}") } }
			.onError { _, error, event -> seen.add("${event?.name()} ${error.message}") }
			.handle("new") { _, _ -> Mono.just("new") }
			.on("failing") { _, _ -> error("failed") }
		tester.namespace("/connections").expectConnectError().expectMessage("No entry")
		val socket = tester.namespace("/connections").auth(mapOf("token" to "a")).connect()
		assertThat(socket.text("old")).isEqualTo("new intercepted")
		assertThat(socket.code("failing")).isEqualTo("internal")
		socket.disconnect()
		assertThat(List(4) { Await.next("a signal", seen) }).containsExactly("connected /connections",
			"failing failed", "client namespace disconnect", "left /connections")
	}

	private fun refused(): Mono<Void> = Mono.error(ConnectErrorException.withCode("No entry", "no-entry"))

	@Test
	fun families() {
		io.of { name, _ -> Mono.just(name.startsWith("/family-")) }
			.handle("name") { socket, _ -> Mono.just(socket.nsp()) }
		assertThat(tester.namespace("/family-a").connect().text("name")).isEqualTo("/family-a")
	}

}
