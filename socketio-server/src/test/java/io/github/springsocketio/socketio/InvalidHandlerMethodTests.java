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

package io.github.springsocketio.socketio;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.springsocketio.socketio.annotation.AnnotatedHandlers;
import io.github.springsocketio.socketio.annotation.Emits;
import io.github.springsocketio.socketio.annotation.HandlerOrder;
import io.github.springsocketio.socketio.annotation.InvalidHandlerMethodException;
import io.github.springsocketio.socketio.annotation.NamespaceVariable;
import io.github.springsocketio.socketio.annotation.OnConnect;
import io.github.springsocketio.socketio.annotation.OnConnected;
import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketIoController;
import io.github.springsocketio.socketio.annotation.SocketIoExceptionHandler;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Methods of controllers that cannot be called.
 */
class InvalidHandlerMethodTests {

	private static InvalidHandlerMethodException failure(Class<?>... beans) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(beans)) {
			return catchThrowableOfType(InvalidHandlerMethodException.class,
					() -> new AnnotatedHandlers(context).configure(new TestServer().io));
		}
	}

	@Test
	void twoMethodsForOneEventAreNamed() {
		InvalidHandlerMethodException failure = failure(First.class, Second.class);
		assertThat(failure.description()).contains("'send'", "/chat", First.class.getName() + ".send(String)",
				Second.class.getName() + ".other()");
		assertThat(failure.action()).isNotBlank();
	}

	@Test
	void fluxNeedsANameToEmit() {
		assertThat(failure(FluxWithoutEmits.class).description()).contains("stream", "FluxWithoutEmits.prices()");
		assertThat(failure(FluxWithoutEmits.class).action()).contains("@Emits");
		assertThat(failure(EmitsWithoutFlux.class).description()).contains("@Emits", "EmitsWithoutFlux.price()");
	}

	@Test
	void signatureMustWork() {
		assertThat(failure(EventOnConnect.class).description()).contains("@OnConnect has no event");
		assertThat(failure(PayloadOnConnected.class).description()).contains("parameter 0", "joined(String)");
		assertThat(failure(UnknownVariable.class).description()).contains("no variable 'tenant'");
		assertThat(failure(ExceptionOnEvent.class).description()).contains("no exception");
		assertThat(failure(NoException.class).description()).contains("No exception is named");
		assertThat(failure(OtherException.class).description()).contains("java.lang.IllegalStateException",
				"OtherException.handle(IllegalStateException)");
		assertThat(failure(ReservedName.class).description()).contains("ReservedName.disconnect()");
		assertThat(failure(Static.class).description()).contains("static");
		assertThat(failure(Both.class).description()).contains("@OnConnect", "@OnConnected");
	}

	@Test
	void methodMustBeInvocableOnTheProxy() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.registerBean(Proxied.class);
			context.registerBean(BeanPostProcessor.class, InterfaceProxies::new);
			context.refresh();
			assertThat(context.getBeanNamesForAnnotation(SocketIoController.class)).hasSize(1);
			InvalidHandlerMethodException failure = catchThrowableOfType(InvalidHandlerMethodException.class,
					() -> new AnnotatedHandlers(context).configure(new TestServer().io));
			assertThat(failure.description()).contains("proxy", "Proxied.handle()");
		}
	}

	@Test
	void handlersAreReportedAtDebug() {
		Logger logger = (Logger) LoggerFactory.getLogger(AnnotatedHandlers.class);
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		logger.addAppender(log);
		Level level = logger.getLevel();
		logger.setLevel(Level.DEBUG);
		try {
			assertThat(failure(First.class)).isNull();
			assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage)
				.containsExactly("Namespace /chat, event send: " + First.class.getName() + ".send(String)");
		}
		finally {
			logger.setLevel(level);
			logger.detachAppender(log);
		}
	}

	private static final class InterfaceProxies implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String name) {
			if (!(bean instanceof Proxied)) {
				return bean;
			}
			ProxyFactory factory = new ProxyFactory(bean);
			factory.setProxyTargetClass(false);
			return factory.getProxy();
		}

	}

	@SocketIoController("/chat")
	static class First {

		@OnEvent
		void send(String text) {
		}

	}

	@SocketIoController("chat")
	static class Second {

		@OnEvent("send")
		void other() {
		}

	}

	@SocketIoController
	static class FluxWithoutEmits {

		@OnEvent
		Flux<String> prices() {
			return Flux.empty();
		}

	}

	@SocketIoController
	static class EmitsWithoutFlux {

		@OnEvent
		@Emits("x")
		Mono<String> price() {
			return Mono.empty();
		}

	}

	@SocketIoController
	static class EventOnConnect {

		@OnConnect
		void admit(Event event) {
		}

	}

	@SocketIoController
	static class PayloadOnConnected {

		@OnConnected(order = HandlerOrder.CONCURRENT)
		void joined(String text) {
		}

	}

	@SocketIoController("/{room}")
	static class UnknownVariable {

		@OnEvent
		void send(@NamespaceVariable String tenant) {
		}

	}

	@SocketIoController
	static class ExceptionOnEvent {

		@OnEvent
		void send(IllegalStateException ex) {
		}

	}

	@SocketIoController
	static class NoException {

		@SocketIoExceptionHandler
		void handle(Event event) {
		}

	}

	@SocketIoController
	static class OtherException {

		@SocketIoExceptionHandler({ IllegalStateException.class, ArithmeticException.class })
		void handle(IllegalStateException ex) {
		}

	}

	@SocketIoController
	static class ReservedName {

		@OnEvent
		void disconnect() {
		}

	}

	@SocketIoController
	static class Static {

		@OnEvent
		static void send() {
		}

	}

	@SocketIoController
	static class Both {

		@OnConnect
		@OnConnected
		void admit() {
		}

	}

	@SocketIoController
	static class Proxied implements Runnable {

		@Override
		public void run() {
		}

		@OnEvent
		void handle() {
		}

	}

}
