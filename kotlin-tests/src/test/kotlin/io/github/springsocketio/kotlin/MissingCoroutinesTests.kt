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

import io.github.springsocketio.engineio.EngineOptions
import io.github.springsocketio.engineio.EngineServer
import io.github.springsocketio.socketio.SocketIoOptions
import io.github.springsocketio.socketio.SocketIoServer
import io.github.springsocketio.socketio.annotation.AnnotatedHandlers
import io.github.springsocketio.socketio.annotation.InvalidHandlerMethodException
import io.github.springsocketio.socketio.annotation.OnEvent
import io.github.springsocketio.socketio.annotation.SocketIoController
import io.github.springsocketio.testsupport.Await
import java.io.File
import java.net.URLClassLoader
import java.nio.file.Path
import java.util.function.Supplier
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.emptyFlow
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource

import org.springframework.context.annotation.AnnotationConfigApplicationContext

/**
 * Handlers that suspend or return a flow in an application without a library that they need.
 */
@Timeout(60)
class MissingCoroutinesTests {

	@ParameterizedTest
	@CsvSource("kotlinx-coroutines-reactor, Suspending", "kotlinx-coroutines-reactor, Flowing", "kotlin-reflect, Suspending")
	fun applicationDoesNotStart(library: String, controller: String) {
		val path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
		val urls = path.split(File.pathSeparator).map { Path.of(it) }
			.filter { !it.fileName.toString().startsWith(library) }
			.map { it.toUri().toURL() }
		val thread = Thread.currentThread()
		val former = thread.contextClassLoader
		URLClassLoader(urls.toTypedArray(), ClassLoader.getPlatformClassLoader()).use { loader ->
			thread.contextClassLoader = loader
			try {
				val type = loader.loadClass("${javaClass.name}\$$controller")
				val program = loader.loadClass(Program::class.java.name).getConstructor(Class::class.java)
				assertThat((program.newInstance(type) as Supplier<*>).get().toString())
					.contains("Libraries for coroutines are missing", "handle", "kotlinx-coroutines-reactor")
			}
			finally {
				thread.contextClassLoader = former
			}
		}
	}

	/**
	 * Returns why the handlers of a controller cannot be registered.
	 */
	class Program(private val controller: Class<*>) : Supplier<String> {

		override fun get(): String {
			val io = SocketIoServer.create(EngineServer.create(EngineOptions.defaults()), SocketIoOptions.defaults())
			AnnotationConfigApplicationContext(controller).use {
				try {
					AnnotatedHandlers(it).configure(io)
					return "No failure"
				}
				catch (ex: InvalidHandlerMethodException) {
					return ex.message ?: ""
				}
				finally {
					io.close().block(Await.LIMIT)
				}
			}
		}

	}

	@SocketIoController
	class Suspending {

		@OnEvent
		suspend fun handle() {
		}

	}

	@SocketIoController
	class Flowing {

		@OnEvent
		fun handle(): Flow<Int> = emptyFlow()

	}

}
