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

package io.github.springsocketio.socketio.event;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which types of events are listened to.
 */
class ListenerLookupTests {

	private static void assertListened(Class<?> configuration, boolean connected, boolean joined) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(configuration)) {
			assertListened(context, connected, joined);
		}
	}

	private static void assertListened(AnnotationConfigApplicationContext context, boolean connected, boolean joined) {
		ListenerLookup lookup = new ListenerLookup(context);
		assertThat(lookup.hasListener(SocketConnectedEvent.class)).isEqualTo(connected);
		assertThat(lookup.hasListener(RoomJoinedEvent.class)).isEqualTo(joined);
	}

	@Test
	void nobodyListens() {
		assertListened(Others.class, false, false);
	}

	@Test
	void methodListens() {
		assertListened(Methods.class, true, false);
	}

	@Test
	void methodOfALazyBeanListens() {
		LazyMethods.CREATED.set(0);
		assertListened(LazyMethods.class, false, true);
		assertThat(LazyMethods.CREATED).hasValue(0);
	}

	@Test
	void beanListens() {
		assertListened(Beans.class, true, false);
	}

	@Test
	void beanThatIsNotASingletonListens() {
		assertListened(Prototypes.class, false, true);
	}

	@Test
	void listenerForASuperclassListens() {
		assertListened(Superclasses.class, true, true);
		assertListened(Everything.class, true, true);
	}

	@Test
	void listenerOfAParentListens() {
		try (AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext(Methods.class);
				AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext()) {
			child.setParent(parent);
			child.register(Others.class);
			child.refresh();
			assertListened(child, true, false);
		}
	}

	@Test
	void listenerThatIsAddedLaterListens() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Others.class)) {
			assertListened(context, false, false);
			context.addApplicationListener(new Joined());
			assertListened(context, false, true);
		}
	}

	static class Others {

		@Bean
		ApplicationListener<ContextRefreshedEvent> other() {
			return (event) -> {
			};
		}

		@Bean
		@Lazy
		ApplicationListener<ContextRefreshedEvent> lazyOther() {
			return (event) -> {
			};
		}

	}

	static class Methods {

		@EventListener
		void connected(SocketConnectedEvent event) {
		}

	}

	static class LazyMethods {

		static final AtomicInteger CREATED = new AtomicInteger();

		@Bean
		@Lazy
		LazyListener lazyListener() {
			CREATED.incrementAndGet();
			return new LazyListener();
		}

	}

	static class LazyListener {

		@EventListener
		void joined(RoomJoinedEvent event) {
		}

	}

	static class Joined implements ApplicationListener<RoomJoinedEvent> {

		@Override
		public void onApplicationEvent(RoomJoinedEvent event) {
		}

	}

	static class Beans {

		@Bean
		ApplicationListener<SocketConnectedEvent> connected() {
			return (event) -> {
			};
		}

	}

	static class Prototypes {

		@Bean
		@Scope("prototype")
		Joined joined() {
			return new Joined();
		}

	}

	static class Superclasses {

		@EventListener
		void any(AbstractSocketEvent event) {
		}

	}

	static class Everything {

		@Bean
		ApplicationListener<ApplicationEvent> everything() {
			return (event) -> {
			};
		}

	}

}
