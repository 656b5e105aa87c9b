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

package io.github.springsocketio.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.springsocketio.socketio.ConnectionStateRecovery;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.event.AbstractSocketEvent;
import io.github.springsocketio.socketio.event.RoomJoinedEvent;
import io.github.springsocketio.socketio.event.RoomLeftEvent;
import io.github.springsocketio.socketio.event.SocketConnectedEvent;
import io.github.springsocketio.socketio.event.SocketDisconnectedEvent;
import io.github.springsocketio.socketio.event.SocketEventPublisher;
import io.github.springsocketio.socketio.event.SocketRecoveredEvent;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.testsupport.Await;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to sockets as events of the application.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class SocketEventApplicationTests {

	private @Nullable TestApplication application;

	@AfterEach
	void close() {
		if (this.application != null) {
			this.application.close();
		}
	}

	private TestApplication run(Class<?> type) {
		TestApplication started = TestApplication.run(type);
		this.application = started;
		return started;
	}

	@Test
	void eventsArePublishedForListeners() {
		TestApplication started = run(Listening.class);
		Listener listener = started.bean(Listener.class);
		started.tester().connect().emit("join", "a").emit("leave", "a").emit("join", "b").disconnect();
		List<String> told = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			told.add(Await.next("an event", listener.told()));
		}
		assertThat(told).containsExactly("connected /", "joined a", "left a", "joined b",
				"disconnected client namespace disconnect null");
	}

	@Test
	void asynchronousListenersAreCalledOnOtherThreads() {
		TestApplication started = run(Listening.class);
		started.tester().connect();
		assertThat(Await.next("an event", started.bean(Listener.class).threads())).startsWith("task-");
	}

	@Test
	void applicationListenersMayBeLazy() {
		TestApplication started = run(LazyListening.class);
		started.tester().connect();
		AbstractSocketEvent event = Await.next("an event", LazyListening.EVENTS);
		assertThat(event).isInstanceOf(SocketConnectedEvent.class);
		assertThat(event.getSource()).isSameAs(event.getSocket());
	}

	@Test
	void stateThatIsRecoveredIsTold() {
		TestApplication started = run(Recovering.class);
		BlockingQueue<ApplicationEvent> events = started.bean(Recovering.class).events;
		SocketTester socket = started.tester().connect();
		String id = socket.socket().id();
		assertThat(Await.next("an event", events)).isInstanceOf(SocketConnectedEvent.class);
		socket.drop();
		assertThat(Await.next("an event", events)).isInstanceOf(SocketDisconnectedEvent.class);
		socket.reconnect().expectRecovered();
		assertThat(socket.socket().id()).isEqualTo(id);
		assertThat(Await.next("an event", events)).isInstanceOf(SocketConnectedEvent.class);
		assertThat(Await.next("an event", events)).isInstanceOf(SocketRecoveredEvent.class);
	}

	@Test
	void failingListenerIsLoggedOnceAndHarmsNobody(CapturedOutput output) {
		TestApplication started = run(Failing.class);
		for (int i = 0; i < 3; i++) {
			started.tester().connect().emitWithAck("join", "a").expectEmptyAck().close();
		}
		assertThat(output).containsOnlyOnce("Listener for sockets failed for Socket[");
	}

	@Test
	void nothingIsPublishedWhereNobodyListens() {
		TestApplication started = run(Silent.class);
		SocketTester socket = started.tester().connect();
		List<ApplicationEvent> events = new ArrayList<>();
		started.context().addApplicationListener((ApplicationListener<AbstractSocketEvent>) events::add);
		socket.emitWithAck("join", "a").expectEmptyAck();
		assertThat(events).isEmpty();
		started.bean(SocketEventPublisher.class).refresh();
		socket.emitWithAck("join", "b").expectEmptyAck();
		assertThat(events).singleElement()
			.isInstanceOfSatisfying(RoomJoinedEvent.class, (event) -> assertThat(event.getRoom()).isEqualTo("b"));
	}

	/**
	 * Rooms that clients join and leave as they like.
	 */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = { ReactiveUserDetailsServiceAutoConfiguration.class,
			ReactiveWebSecurityAutoConfiguration.class, ReactiveManagementWebSecurityAutoConfiguration.class })
	static class Silent {

		@Bean
		NamespaceConfigurer rooms() {
			return (io) -> io.on("join", String.class, (socket, room, event) -> {
				socket.join(room);
				event.ack();
			}).on("leave", String.class, (socket, room, event) -> socket.leave(room));
		}

	}

	@EnableAsync
	static class Listening extends Silent {

		@Bean
		Listener listener() {
			return new Listener();
		}

	}

	static class Listener {

		private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

		private final BlockingQueue<String> threads = new LinkedBlockingQueue<>();

		BlockingQueue<String> told() {
			return this.told;
		}

		BlockingQueue<String> threads() {
			return this.threads;
		}

		@EventListener
		void connected(SocketConnectedEvent event) {
			this.told.add("connected " + event.getSocket().nsp());
		}

		@EventListener
		void disconnected(SocketDisconnectedEvent event) {
			this.told.add("disconnected " + event.getReason().text() + " " + event.getDetail());
		}

		@EventListener
		void joined(RoomJoinedEvent event) {
			this.told.add("joined " + event.getRoom());
		}

		@EventListener(condition = "event.room == 'a'")
		void leftA(RoomLeftEvent event) {
			this.told.add("left a");
		}

		@Async
		@EventListener
		void slow(SocketConnectedEvent event) {
			this.threads.add(Thread.currentThread().getName());
		}

	}

	static class LazyListening extends Silent {

		static final BlockingQueue<AbstractSocketEvent> EVENTS = new LinkedBlockingQueue<>();

		@Bean
		@Lazy
		ApplicationListener<SocketConnectedEvent> lazyListener() {
			return EVENTS::add;
		}

	}

	static class Recovering extends Silent {

		final BlockingQueue<ApplicationEvent> events = new LinkedBlockingQueue<>();

		@Bean
		SocketIoOptionsCustomizer recovery() {
			return (options) -> options.connectionStateRecovery(ConnectionStateRecovery.defaults());
		}

		@EventListener({ SocketConnectedEvent.class, SocketDisconnectedEvent.class, SocketRecoveredEvent.class })
		void on(AbstractSocketEvent event) {
			this.events.add(event);
		}

	}

	static class Failing extends Silent {

		@EventListener
		void joined(RoomJoinedEvent event) {
			throw new IllegalStateException("test");
		}

	}

}
