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

import io.github.springsocketio.socketio.Event
import io.github.springsocketio.socketio.Socket
import io.github.springsocketio.socketio.annotation.NamespaceVariable
import io.github.springsocketio.socketio.annotation.OnConnect
import io.github.springsocketio.socketio.annotation.OnEvent
import io.github.springsocketio.socketio.annotation.SocketData
import io.github.springsocketio.socketio.annotation.SocketIoController
import jakarta.validation.Valid
import jakarta.validation.constraints.NotBlank
import jakarta.validation.constraints.Size
import kotlinx.coroutines.delay

import org.springframework.web.bind.annotation.CookieValue

data class Item(@field:NotBlank val name: String, val amount: Int = 1)

data class Order(
	@field:Valid @field:Size(min = 1) val items: List<Item>,
	val note: String? = null,
	val express: Boolean = false,
)

@JvmInline
value class RoomId(val value: String) {

	init {
		require(value != "secret") { "The secret room" }
	}

}

@JvmInline
value class RoomNumber(val value: Int)

@JvmInline
value class Floor(val first: RoomNumber)

data class Booking(val room: RoomId, val number: RoomNumber? = null)

/**
 * Arguments of handlers that suspend, and of others.
 */
@SocketIoController("/arguments-{room}")
class ArgumentHandlers {

	@OnConnect
	fun admit(socket: Socket) {
		socket.data()["number"] = 7
	}

	@OnEvent
	fun required(text: String) = text

	@OnEvent
	suspend fun requiredLater(text: String) = text

	@OnEvent
	fun nullable(text: String?, number: Int?) = "$text $number"

	@OnEvent
	suspend fun nullableLater(text: String?, number: Int?) = "$text $number"

	@OnEvent
	fun defaults(text: String = "none", number: Int = 5, last: String?) = "$text $number $last"

	@OnEvent
	suspend fun defaultsLater(text: String = "none", number: Int = 5, last: String?): String {
		delay(1)
		return "$text $number $last"
	}

	@OnEvent
	suspend fun order(@Valid order: Order, rest: List<Item>?) = "$order $rest"

	@OnEvent
	fun blockingOrder(@Valid order: Order) = order

	@OnEvent
	fun rest(first: String, vararg others: Int) = "$first ${others.toList()}"

	@OnEvent
	suspend fun restLater(first: String, vararg others: Item) = "$first ${others.toList()}"

	@OnEvent
	internal fun internal(text: String) = text

	@OnEvent
	internal suspend fun internalLater(text: String) = text

	@OnEvent
	fun valueClass(room: RoomId, number: RoomNumber?, floor: Floor = Floor(RoomNumber(1))) = "$room $number $floor"

	@OnEvent
	suspend fun valueClassLater(room: RoomId, number: RoomNumber?, floor: Floor = Floor(RoomNumber(1))): String {
		delay(1)
		return "$room $number $floor"
	}

	@OnEvent
	fun unsigned(number: UInt) = number.toString()

	@OnEvent
	fun valueClassResult(number: Int): RoomNumber = RoomNumber(number)

	@OnEvent
	suspend fun valueClassResultLater(number: Int): RoomNumber {
		delay(1)
		return RoomNumber(number)
	}

	@OnEvent
	suspend fun booking(booking: Booking) = booking

	@OnEvent
	suspend fun handshake(@NamespaceVariable room: RoomId, @CookieValue theme: String = "light",
		@SocketData number: Int?, @SocketData other: Int?) = "$room $theme $number $other"

	@OnEvent
	suspend fun Socket.receiver(event: Event) = "${nsp()} ${event.name()}"

}
