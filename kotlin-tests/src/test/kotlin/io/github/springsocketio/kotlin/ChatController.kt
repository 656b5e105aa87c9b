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

import io.github.springsocketio.socketio.AckError
import io.github.springsocketio.socketio.Socket
import io.github.springsocketio.socketio.annotation.Emits
import io.github.springsocketio.socketio.annotation.OnConnected
import io.github.springsocketio.socketio.annotation.OnEvent
import io.github.springsocketio.socketio.annotation.SocketIoController
import io.github.springsocketio.socketio.annotation.SocketIoExceptionHandler
import jakarta.validation.Valid
import jakarta.validation.constraints.NotBlank
import java.util.concurrent.CopyOnWriteArrayList
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.asFlow

import org.springframework.security.access.prepost.PreAuthorize
import org.springframework.security.core.annotation.AuthenticationPrincipal
import org.springframework.security.core.userdetails.UserDetails
import org.springframework.stereotype.Component

/*
 * The controller of docs/annotated.md.
 */

data class Message(@field:NotBlank val text: String, val room: String = "all")

@SocketIoController("/chat")
@PreAuthorize("hasRole('USER')")
class ChatController(private val messages: MessageRepository) {

	@OnConnected
	suspend fun joined(socket: Socket) {
		messages.findRooms().forEach { socket.join(it) }
	}

	@OnEvent
	suspend fun send(@Valid message: Message, @AuthenticationPrincipal user: UserDetails, socket: Socket): Int {
		val id = messages.save(user.username, message)
		socket.to(message.room).emit("message", message)
		return id
	}

	@OnEvent
	@Emits("message")
	fun history(room: String?, limit: Int = 2): Flow<Message> = messages.findLast(room, limit)

	@SocketIoExceptionHandler
	suspend fun full(ex: RoomFullException) = AckError("room-full", "Only ${messages.limit(ex.room)} are allowed")

}

class RoomFullException(val room: String) : RuntimeException()

@Component
class MessageRepository {

	private val saved = CopyOnWriteArrayList<Message>()

	suspend fun findRooms(): List<String> {
		delay(1)
		return listOf("all")
	}

	suspend fun save(user: String, message: Message): Int {
		delay(1)
		if (message.room == "full") {
			throw RoomFullException(message.room)
		}
		saved.add(message.copy(text = "$user: ${message.text}"))
		return saved.size
	}

	fun findLast(room: String?, limit: Int): Flow<Message> =
		saved.filter { room == null || it.room == room }.takeLast(limit).asFlow()

	suspend fun limit(room: String): Int {
		delay(1)
		return room.length
	}

}
