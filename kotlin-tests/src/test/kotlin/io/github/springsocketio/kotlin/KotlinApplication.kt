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
import io.github.springsocketio.test.autoconfigure.AutoConfigureSocketIoTester
import io.github.springsocketio.test.client.Transport
import io.github.springsocketio.testsupport.Await
import java.util.concurrent.BlockingQueue
import java.util.concurrent.LinkedBlockingQueue
import kotlinx.coroutines.CompletableDeferred
import org.assertj.core.api.Assertions.assertThat

import org.springframework.boot.autoconfigure.SpringBootApplication
import org.springframework.boot.test.context.SpringBootTest
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment
import org.springframework.context.annotation.Bean
import org.springframework.security.config.annotation.method.configuration.EnableReactiveMethodSecurity
import org.springframework.security.config.web.server.ServerHttpSecurity
import org.springframework.security.web.server.SecurityWebFilterChain
import org.springframework.stereotype.Component

/**
 * An application whose handlers are written in Kotlin.
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableReactiveMethodSecurity
class KotlinApplication {

	@Bean
	fun security(http: ServerHttpSecurity): SecurityWebFilterChain =
		http.authorizeExchange { it.anyExchange().permitAll() }.csrf { it.disable() }.build()

}

/**
 * What handlers tell a test, and what they wait for.
 */
@Component
class Signals {

	val seen: BlockingQueue<String> = LinkedBlockingQueue()

	@Volatile
	var gate = CompletableDeferred<Unit>()

	fun reset() {
		seen.clear()
		gate = CompletableDeferred()
	}

}

/**
 * A test of the application on a port of its own, which is the same for all tests.
 */
@Target(AnnotationTarget.CLASS)
@SpringBootTest(
	classes = [KotlinApplication::class],
	webEnvironment = WebEnvironment.RANDOM_PORT,
	properties = ["spring.main.web-application-type=reactive", "spring.main.banner-mode=off",
		"spring.reactor.netty.shutdown-quiet-period=0s", "socketio.shutdown-timeout=500ms"],
)
@AutoConfigureSocketIoTester
annotation class KotlinApplicationTest

/**
 * Return a tester with one connection for each client, which waits longer.
 */
fun SocketIoTester.patient(): SocketIoTester = timeout(Await.LIMIT).transports(Transport.WEBSOCKET)

/**
 * Return the error that is acknowledged to an event.
 */
fun SocketTester.error(event: String, vararg args: Any?): Map<*, *> {
	val ack = emitWithAck(event, *args).expectAck(Map::class.java).value()
	assertThat(ack["error"]).`as`(event).isInstanceOf(Map::class.java)
	return ack["error"] as Map<*, *>
}

/**
 * Return the code of the error that is acknowledged to an event.
 */
fun SocketTester.code(event: String, vararg args: Any?): String = error(event, *args)["code"].toString()

/**
 * Return what is acknowledged to an event, as text.
 */
fun SocketTester.text(event: String, vararg args: Any?): String =
	emitWithAck(event, *args).expectAck(String::class.java).value()
