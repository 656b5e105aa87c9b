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

import io.github.springsocketio.socketio.AckErrorException
import io.github.springsocketio.socketio.ConnectErrorException
import io.github.springsocketio.socketio.DisconnectReason
import io.github.springsocketio.socketio.Event
import io.github.springsocketio.socketio.Socket
import io.github.springsocketio.socketio.annotation.AuthPayload
import io.github.springsocketio.socketio.annotation.Emits
import io.github.springsocketio.socketio.annotation.HandlerOrder
import io.github.springsocketio.socketio.annotation.OnConnect
import io.github.springsocketio.socketio.annotation.OnConnected
import io.github.springsocketio.socketio.annotation.OnDisconnect
import io.github.springsocketio.socketio.annotation.OnEvent
import io.github.springsocketio.socketio.annotation.SocketIoController
import io.github.springsocketio.socketio.annotation.SocketIoExceptionHandler
import io.github.springsocketio.socketio.packet.Arguments
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.withTimeout

/**
 * Handlers that suspend or return a flow.
 */
@SocketIoController("/coroutines")
class CoroutineHandlers(private val signals: Signals) {

	@OnEvent
	suspend fun nothing() {
		delay(1)
	}

	@OnEvent
	suspend fun value(text: String): String {
		delay(1)
		return text
	}

	@OnEvent
	suspend fun empty(): String? {
		delay(1)
		return null
	}

	@OnEvent
	suspend fun several(event: Event): Arguments {
		delay(1)
		return event.withArguments("a", 1)
	}

	@OnEvent
	fun deferred(): Deferred<String> = CompletableDeferred("a")

	@OnEvent
	suspend fun fail(): String {
		delay(1)
		throw AckErrorException("a", "b")
	}

	@OnEvent
	suspend fun failAtOnce(): String = throw AckErrorException("a", "b")

	@OnEvent
	suspend fun failUnknown() {
		delay(1)
		error("secret")
	}

	@OnEvent
	suspend fun timeOut() {
		withTimeout(1) {
			awaitCancellation()
		}
	}

	@OnEvent
	suspend fun failHandled() {
		delay(1)
		throw UnsupportedOperationException("handled")
	}

	@SocketIoExceptionHandler
	suspend fun unsupported(ex: UnsupportedOperationException, event: Event): String {
		delay(1)
		return "${event.name()} ${ex.message}"
	}

	@OnEvent
	suspend fun threadOfSuspending(): String = Thread.currentThread().name

	@OnEvent
	fun threadOfBlocking(): String = Thread.currentThread().name

	@OnEvent
	suspend fun overlapping(number: Int) {
		signals.seen.add("begin $number")
		signals.gate.await()
		signals.seen.add("end $number")
	}

	@OnEvent(order = HandlerOrder.SERIAL)
	suspend fun serial(number: Int) = overlapping(number)

	@OnEvent
	@Emits("number")
	fun count(last: Int): Flow<Int> = (1..last).asFlow()

	@OnEvent
	@Emits("number")
	suspend fun countLater(last: Int): Flow<Int> {
		delay(1)
		return (1..last).asFlow()
	}

	@OnEvent
	@Emits("number")
	fun countAndFail(): Flow<Int> = flow {
		emit(1)
		throw AckErrorException("a", "b")
	}

	@OnEvent
	@Emits("number")
	fun endless(): Flow<Int> = flow {
		emit(1)
		try {
			awaitCancellation()
		}
		finally {
			signals.seen.add("flow has ended")
		}
	}

	@OnEvent
	@Emits("message")
	fun messages(): Flow<Message> = flowOf(Message("a"), Message("b", "c"))

}

/**
 * Handlers of connections that suspend.
 */
@SocketIoController("/life")
class LifecycleHandlers(private val signals: Signals) {

	data class Login(val token: String, val name: String = "nobody")

	@OnConnect
	suspend fun admit(@AuthPayload login: Login, socket: Socket) {
		delay(1)
		if (login.token != "right") {
			throw ConnectErrorException.withCode("No entry", "no-entry")
		}
		socket.data()["name"] = login.name
	}

	@OnConnected
	suspend fun joined(socket: Socket) {
		delay(1)
		socket.join("all")
		signals.seen.add("joined ${socket.rooms().contains("all")}")
		try {
			awaitCancellation()
		}
		finally {
			signals.seen.add("connected has ended")
		}
	}

	@OnDisconnect
	suspend fun left(reason: DisconnectReason, socket: Socket) {
		delay(1)
		signals.seen.add("${socket.data()["name"]} left: ${reason.text()}")
	}

}
