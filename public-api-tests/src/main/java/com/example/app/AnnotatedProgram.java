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

package com.example.app;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.springsocketio.socketio.AckError;
import io.github.springsocketio.socketio.DisconnectReason;
import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.annotation.AnnotatedHandlers;
import io.github.springsocketio.socketio.annotation.AuthPayload;
import io.github.springsocketio.socketio.annotation.Emits;
import io.github.springsocketio.socketio.annotation.HandlerArgumentResolver;
import io.github.springsocketio.socketio.annotation.HandlerInvocation;
import io.github.springsocketio.socketio.annotation.HandlerMethodInterceptor;
import io.github.springsocketio.socketio.annotation.HandlerOrder;
import io.github.springsocketio.socketio.annotation.InvalidHandlerMethodException;
import io.github.springsocketio.socketio.annotation.NamespaceVariable;
import io.github.springsocketio.socketio.annotation.OnConnect;
import io.github.springsocketio.socketio.annotation.OnConnected;
import io.github.springsocketio.socketio.annotation.OnDisconnect;
import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketData;
import io.github.springsocketio.socketio.annotation.SocketIoController;
import io.github.springsocketio.socketio.annotation.SocketIoExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationContext;
import org.springframework.core.MethodParameter;

/**
 * Uses the annotated model.
 */
@SocketIoController(namespace = "/annotated-{room}", order = HandlerOrder.SERIAL)
class AnnotatedProgram {

	@OnConnect
	Mono<Void> admit(@NamespaceVariable String room, @AuthPayload("token") String token, Socket socket) {
		return Mono.fromRunnable(() -> socket.data().put("room", room + token));
	}

	@OnConnected(order = HandlerOrder.CONCURRENT)
	void joined(Socket socket, @SocketData String room) {
		socket.join(room);
	}

	@OnEvent
	String blocking(String text, Optional<Integer> number) {
		return text + number.orElse(0);
	}

	@OnEvent(value = "stage", order = HandlerOrder.CONCURRENT)
	CompletionStage<Integer> stage(@Nullable Integer number) {
		return CompletableFuture.completedStage(number);
	}

	@OnEvent
	@Emits("number")
	Flux<Integer> numbers(int count) {
		return Flux.range(0, count);
	}

	@OnDisconnect
	void left(Socket socket, DisconnectReason reason) {
		socket.data().put("reason", reason.text());
	}

	@SocketIoExceptionHandler
	AckError failed(IllegalStateException ex, Event event) {
		return new AckError("failed", event.name() + ex.getMessage());
	}

	NamespaceConfigurer configurer(ApplicationContext context) {
		return new AnnotatedHandlers(context);
	}

	static class EventNameResolver implements HandlerArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() == StringBuilder.class;
		}

		@Override
		public @Nullable Object resolveArgument(MethodParameter parameter, HandlerInvocation invocation) {
			Event event = invocation.event();
			return new StringBuilder(invocation.socket().id()).append((event != null) ? event.name() : "")
				.append(invocation.reason())
				.append(invocation.exception());
		}

	}

	static class Timing implements HandlerMethodInterceptor.Factory {

		@Override
		public HandlerMethodInterceptor create(Object bean, Method method, boolean reactive) {
			if (method.getParameterCount() > 9) {
				throw new InvalidHandlerMethodException(InvalidHandlerMethodException.describe(method), "Use fewer.");
			}
			return new HandlerMethodInterceptor() {

				@Override
				public Object target() {
					return bean;
				}

				@Override
				public Publisher<?> intercept(@Nullable Object[] arguments, Publisher<?> invocation) {
					return Flux.from(invocation).timestamp();
				}

			};
		}

	}

}
