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

import io.github.springsocketio.socketio.annotation.OnEvent
import io.github.springsocketio.test.SocketIoTester
import io.github.springsocketio.test.SocketTester
import kotlin.coroutines.Continuation
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource

import org.springframework.aot.hint.RuntimeHints
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection
import org.springframework.beans.factory.annotation.Autowired

/**
 * Arguments of handlers that suspend (their names end with `Later`), and of others.
 */
@KotlinApplicationTest
@Timeout(60)
class ArgumentHandlersTests(@Autowired tester: SocketIoTester) {

	private val tester = tester.patient()

	private fun connect(room: String = "1"): SocketTester = tester.namespace("/arguments-$room").connect()

	@ParameterizedTest
	@ValueSource(strings = ["required", "requiredLater"])
	fun typesThatAreNotNullableAreRequired(event: String) {
		val socket = connect()
		assertThat(socket.text(event, "a")).isEqualTo("a")
		assertThat(socket.code(event)).isEqualTo("missing-argument")
		assertThat(socket.code(event, null)).isEqualTo("missing-argument")
	}

	@ParameterizedTest
	@ValueSource(strings = ["nullable", "nullableLater"])
	fun nullableTypesMayBeMissing(event: String) {
		val socket = connect()
		assertThat(socket.text(event, "a", 1)).isEqualTo("a 1")
		assertThat(socket.text(event, null, 1)).isEqualTo("null 1")
		assertThat(socket.text(event)).isEqualTo("null null")
		assertThat(socket.code(event, "a", "b")).isEqualTo("invalid-argument")
	}

	@ParameterizedTest
	@ValueSource(strings = ["defaults", "defaultsLater"])
	fun defaultValuesStandForMissingArguments(event: String) {
		val socket = connect()
		assertThat(socket.text(event)).isEqualTo("none 5 null")
		assertThat(socket.text(event, "a")).isEqualTo("a 5 null")
		assertThat(socket.text(event, null, null, "b")).isEqualTo("none 5 b")
		assertThat(socket.text(event, "a", 1, "b")).isEqualTo("a 1 b")
	}

	@Test
	fun dataClassesArePayload() {
		val socket = connect()
		val item = mapOf("name" to "tea")
		assertThat(socket.text("order", mapOf("items" to listOf(item)), listOf(mapOf("name" to "milk", "amount" to 2))))
			.isEqualTo("${Order(listOf(Item("tea")))} ${listOf(Item("milk", 2))}")
		assertThat(socket.text("order", mapOf("items" to listOf(item), "note" to "now", "express" to true)))
			.isEqualTo("${Order(listOf(Item("tea")), "now", true)} null")
		socket.emitWithAck("blockingOrder", mapOf("items" to listOf(item))).expectAck(Order::class.java)
			.isEqualTo(Order(listOf(Item("tea"))))
	}

	@ParameterizedTest
	@ValueSource(strings = ["order", "blockingOrder"])
	fun dataClassesAreCheckedAndValidated(event: String) {
		val socket = connect()
		assertThat(socket.error(event, mapOf("note" to "no items"))).isEqualTo(
			mapOf("code" to "invalid-argument", "message" to "Argument 0 does not have the expected type"))
		assertThat(socket.code(event, mapOf("items" to listOf(mapOf("name" to null))))).isEqualTo("invalid-argument")
		assertThat(socket.error(event, mapOf("items" to listOf(mapOf("name" to " ")))).toString())
			.contains("code=validation", "path=items[0].name", "must not be blank")
		assertThat(socket.error(event, mapOf("items" to listOf<Any>())).toString())
			.contains("code=validation", "path=items")
	}

	@Test
	fun varargsTakeTheRest() {
		val socket = connect()
		assertThat(socket.text("rest", "a", 1, 2)).isEqualTo("a [1, 2]")
		assertThat(socket.text("rest", "a")).isEqualTo("a []")
		assertThat(socket.text("restLater", "a", mapOf("name" to "tea"))).isEqualTo("a [${Item("tea")}]")
		assertThat(socket.text("restLater", "a")).isEqualTo("a []")
	}

	@Test
	fun namesOfFunctionsAreTheNamesOfEvents() {
		val socket = connect()
		assertThat(socket.text("internal", "a")).isEqualTo("a")
		assertThat(socket.text("internalLater", "a")).isEqualTo("a")
		assertThat(socket.text("receiver")).isEqualTo("/arguments-1 receiver")
	}

	@ParameterizedTest
	@ValueSource(strings = ["valueClass", "valueClassLater"])
	fun valueClassesAreMadeOfTheirValues(event: String) {
		val socket = connect()
		assertThat(socket.text(event, "a", 2, 3)).isEqualTo("${RoomId("a")} ${RoomNumber(2)} ${Floor(RoomNumber(3))}")
		assertThat(socket.text(event, "a")).isEqualTo("${RoomId("a")} null ${Floor(RoomNumber(1))}")
		assertThat(socket.code(event)).isEqualTo("missing-argument")
		assertThat(socket.code(event, "a", "b")).isEqualTo("invalid-argument")
		assertThat(socket.error(event, "secret")).isEqualTo(
			mapOf("code" to "invalid-argument", "message" to "Argument 0 does not have the expected type"))
	}

	@Test
	fun valueClassesOfKotlinAreThoseOfJackson() {
		val socket = connect()
		assertThat(socket.text("unsigned", 4294967295)).isEqualTo("4294967295")
		assertThat(socket.code("unsigned", -1)).isEqualTo("invalid-argument")
	}

	@Test
	fun valueClassesAreAcknowledgedAsTheirValues() {
		val socket = connect()
		socket.emitWithAck("valueClassResult", 1).expectAck(Int::class.javaObjectType).isEqualTo(1)
		socket.emitWithAck("valueClassResultLater", 2).expectAck(Int::class.javaObjectType).isEqualTo(2)
		socket.emitWithAck("booking", mapOf("room" to "a", "number" to 3)).expectAck(Map::class.java)
			.isEqualTo(mapOf("room" to "a", "number" to 3))
	}

	@Test
	fun argumentsComeFromTheHandshake() {
		assertThat(connect("a").text("handshake")).isEqualTo("${RoomId("a")} light 7 null")
		val dark = tester.namespace("/arguments-b").header("cookie", "theme=dark").connect()
		assertThat(dark.text("handshake")).isEqualTo("${RoomId("b")} dark 7 null")
		assertThat(connect("secret").error("handshake")).isEqualTo(
			mapOf("code" to "invalid-argument", "message" to "'room' does not have the expected type"))
	}

	@Test
	fun nativeImagesCanCallFunctionsAndBindTheirArgumentsAndResults() {
		val hints = RuntimeHints()
		ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, ArgumentHandlers::class.java, Results::class.java)
		val continuation = Continuation::class.java
		val type = ArgumentHandlers::class.java
		assertThat(reflection().onMethodInvocation(type.getMethod("requiredLater", String::class.java, continuation)))
			.accepts(hints)
		for (name in listOf("defaults", "defaultsLater")) {
			val withDefaults = type.declaredMethods.single { it.name == "$name\$default" }
			assertThat(reflection().onMethodInvocation(withDefaults)).accepts(hints)
		}
		assertThat(reflection().onType(Item::class.java)).accepts(hints)
		assertThat(reflection().onType(Results.Result::class.java)).accepts(hints)
		assertThat(reflection().onType(Results.Open::class.java)).accepts(hints)
	}

	class Results {

		class Result

		open class Open

		@OnEvent
		suspend fun result() = Result()

		@OnEvent
		suspend fun open(open: List<Open>) = open.size

	}

}
