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

package com.example.chat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.test.client.ClientEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters.FormInserter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.web.reactive.function.BodyInserters.fromFormData;

@EnabledIfSystemProperty(named = "spring.data.redis.port", matches = "\\d+")
class ClusterTests {

	private static Node one;

	private static Node two;

	@BeforeAll
	static void start() {
		one = Node.start();
		two = Node.start();
	}

	@AfterAll
	static void stop() {
		one.stop();
		two.stop();
	}

	@Test
	void messageReachesTheOtherNode() {
		SocketTester ann = join(one, one.login("ann"), "java");
		SocketTester bob = join(two, two.login("bob"), "java");
		ann.emitWithAck("send", new NewMessage("java", "hello")).expectAck(Message.class);
		bob.expectEvent("message", Message.class).satisfies((message) -> assertThat(message.text()).isEqualTo("hello"));
	}

	@Test
	void everybodySeesWhoIsPresentOnAnyNode() {
		SocketTester ann = join(one, one.login("ann"), "hall");
		ann.emit("watch", new Room("hall"));
		ann.expectEvent("present", Set.class).isEqualTo(Set.of("ann"));
		SocketTester bob = join(two, two.login("bob"), "hall");
		ann.expectEvent("present", Set.class).isEqualTo(Set.of("ann", "bob"));
		bob.socket().disconnect();
		ann.expectEvent("present", Set.class).isEqualTo(Set.of("ann"));
	}

	@Test
	void logoutDisconnectsTheSocketsOfTheSessionOnBothNodes() {
		String session = one.login("bob");
		SocketTester first = one.connect(session);
		SocketTester second = two.connect(session);
		two.submit("/logout", session);
		first.expectDisconnect("io server disconnect");
		second.expectDisconnect("io server disconnect");
	}

	@Test
	void clientGetsWhatItHasMissedFromTheOtherNode() {
		SocketTester ann = join(one, one.login("ann"), "missed");
		String session = two.login("bob");
		SocketTester bob = join(two, session, "missed");
		ann.emitWithAck("send", new NewMessage("missed", "first")).expectAck(Message.class);
		ClientEvent last = bob.socket().next("message");
		String id = bob.socket().id();
		bob.drop();
		ann.emitWithAck("send", new NewMessage("missed", "second")).expectAck(Message.class);

		// what clients in JavaScript send by themselves when they connect again
		Map<String, Object> state = Map.of("pid", bob.socket().pid(), "offset", last.offset());
		SocketTester again = one.clients(session).auth(state).connect();
		assertThat(again.socket().id()).isEqualTo(id);
		again.expectEvent("message", Message.class)
			.satisfies((message) -> assertThat(message.text()).isEqualTo("second"));
	}

	private static SocketTester join(Node node, String session, String room) {
		SocketTester socket = node.connect(session);
		socket.emitWithAck("join", new Room(room)).expectAck(List.class);
		return socket;
	}

	record Node(ConfigurableApplicationContext application, SocketIoTester tester, WebTestClient web) {

		static Node start() {
			ConfigurableApplicationContext application = new SpringApplicationBuilder(ChatApplication.class,
					OwnEventLoops.class)
				.profiles("cluster")
				.run("--server.port=0", "--spring.datasource.url=jdbc:h2:mem:cluster");
			String url = "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
			Duration timeout = Duration.ofSeconds(30);
			return new Node(application, SocketIoTester.bindToServer(url).timeout(timeout),
					WebTestClient.bindToServer().baseUrl(url).responseTimeout(timeout).build());
		}

		SocketIoTester clients(String session) {
			return this.tester.header("Cookie", "SESSION=" + session);
		}

		SocketTester connect(String session) {
			return clients(session).connect();
		}

		String login(String user) {
			return session(submit("/login", "", "username", user, "password", "secret"));
		}

		/**
		 * Submit a form as a browser does, with the CSRF token of the login page.
		 */
		EntityExchangeResult<?> submit(String path, String session, String... fields) {
			EntityExchangeResult<String> page = this.web.get()
				.uri("/login")
				.cookie("SESSION", session)
				.exchange()
				.expectBody(String.class)
				.returnResult();
			FormInserter<String> form = fromFormData("_csrf",
					page.getResponseBody().replaceAll("(?s).*name=\"_csrf\"[^>]* value=\"([^\"]+)\".*", "$1"));
			for (int i = 0; i < fields.length; i += 2) {
				form = form.with(fields[i], fields[i + 1]);
			}
			return this.web.post()
				.uri(path)
				.cookie("SESSION", session.isEmpty() ? session(page) : session)
				.body(form)
				.exchange()
				.expectStatus()
				.isFound()
				.expectBody()
				.returnResult();
		}

		private static String session(EntityExchangeResult<?> result) {
			return result.getResponseCookies().getFirst("SESSION").getValue();
		}

		void stop() {
			this.tester.close();
			this.application.close();
		}

	}

	/**
	 * By default, all applications of a process share event loops, which end with the
	 * first one.
	 */
	@TestConfiguration(proxyBeanMethods = false)
	static class OwnEventLoops {

		@Bean
		ReactorResourceFactory reactorResourceFactory() {
			ReactorResourceFactory factory = new ReactorResourceFactory();
			factory.setUseGlobalResources(false);
			factory.setShutdownQuietPeriod(Duration.ZERO);
			return factory;
		}

	}

}
