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

import io.github.springsocketio.socketio.annotation.Emits
import io.github.springsocketio.socketio.annotation.OnEvent
import io.github.springsocketio.socketio.annotation.SocketIoController
import java.security.Principal
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.reactor.ReactorContext
import kotlinx.coroutines.reactor.awaitSingle
import kotlinx.coroutines.withContext

import org.springframework.security.access.prepost.PostAuthorize
import org.springframework.security.access.prepost.PreAuthorize
import org.springframework.security.core.Authentication
import org.springframework.security.core.annotation.AuthenticationPrincipal
import org.springframework.security.core.context.ReactiveSecurityContextHolder
import org.springframework.security.core.context.SecurityContext
import org.springframework.security.core.context.SecurityContextHolder
import org.springframework.security.core.userdetails.UserDetails
import org.springframework.stereotype.Service

/**
 * Handlers for some users only, and others who ask who calls.
 */
@SocketIoController("/secured")
class SecuredHandlers(private val service: SecuredService, private val signals: Signals) {

	@OnEvent
	@PreAuthorize("hasRole('ADMIN')")
	suspend fun suspending(): String {
		signals.seen.add("called")
		delay(1)
		return user()
	}

	@OnEvent
	@PreAuthorize("hasRole('ADMIN')")
	suspend fun withoutResult() {
		signals.seen.add("called")
		delay(1)
	}

	@OnEvent
	@PreAuthorize("hasRole('ADMIN')")
	fun blocking(): String {
		signals.seen.add("called")
		return SecurityContextHolder.getContext().authentication!!.name
	}

	@OnEvent
	@Emits("number")
	@PreAuthorize("hasRole('ADMIN')")
	fun flow(): Flow<Int> {
		signals.seen.add("called")
		return flowOf(1, 2, 3)
	}

	@OnEvent
	@Emits("number")
	@PreAuthorize("hasRole('ADMIN')")
	suspend fun flowLater(): Flow<Int> {
		delay(1)
		return flow()
	}

	@OnEvent
	@PreAuthorize("#name == authentication.name")
	suspend fun own(name: String, suffix: String = "!"): String {
		delay(1)
		return name + suffix
	}

	@OnEvent
	@PostAuthorize("returnObject == authentication.name")
	suspend fun afterwards(name: String): String {
		delay(1)
		return name
	}

	@OnEvent
	suspend fun user(): String = ReactiveSecurityContextHolder.getContext().awaitSingle().authentication!!.name

	@OnEvent
	suspend fun userOnAnotherThread(): String = withContext(Dispatchers.Default) {
		delay(1)
		user()
	}

	@OnEvent
	suspend fun coroutineContext(): String {
		val context = currentCoroutineContext()[ReactorContext]!!.context
		return context.stream().map { it.key.toString() }.filter { it.contains("SecurityContext") }.count().toString()
	}

	@OnEvent
	@Emits("user")
	fun userOfAFlow(): Flow<String> = flow {
		delay(1)
		emit(user())
	}

	@OnEvent
	suspend fun arguments(@AuthenticationPrincipal user: UserDetails, authentication: Authentication,
		principal: Principal?) = "${user.username} ${authentication.name} ${principal?.name}"

	@OnEvent
	suspend fun nobody(@AuthenticationPrincipal user: UserDetails?, principal: Principal?) = "$user $principal"

	@OnEvent
	suspend fun callService(): String = service.find()

}

@Service
class SecuredService {

	@PreAuthorize("hasRole('ADMIN')")
	suspend fun find(): String {
		delay(1)
		return "found"
	}

}
