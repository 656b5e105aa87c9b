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

import java.util.List;
import java.util.Set;

import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.test.autoconfigure.AutoConfigureSocketIoTester;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

import static io.github.springsocketio.test.autoconfigure.SocketIoMockUsers.mockUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureSocketIoTester
class ChatTests {

	@Autowired
	private SocketIoTester tester;

	@Test
	void messageReachesTheOthersInTheRoom() {
		SocketTester ann = join("ann", "java");
		SocketTester bob = join("bob", "java");

		ann.emitWithAck("send", new NewMessage("java", "hello"))
			.expectAck(Message.class)
			.satisfies((message) -> assertThat(message.author()).isEqualTo("ann"));

		bob.expectEvent("message", Message.class).satisfies((message) -> assertThat(message.text()).isEqualTo("hello"));
	}

	@Test
	void whatIsNotValidIsRefused() {
		SocketTester ann = join("ann", "valid");
		ann.emitWithAck("send", new NewMessage("valid", " ")).expectError("validation").expectField("text");
		ann.emitWithAck("join", new Room("../secret")).expectError("validation").expectField("name");
		ann.emitWithAck("send", new NewMessage("elsewhere", "hello")).expectError("not-in-room");
	}

	@Test
	void messagesAreThereForThoseWhoJoinLater() {
		join("ann", "late").emitWithAck("send", new NewMessage("late", "hello")).expectAck(Message.class);
		connect("bob").emitWithAck("join", new Room("late"))
			.expectAck(Message[].class)
			.satisfies((messages) -> assertThat(messages).extracting(Message::text).containsExactly("hello"));
	}

	@Test
	void everybodySeesWhoIsPresent() {
		SocketTester ann = join("ann", "hall");
		ann.emit("watch", new Room("hall"));
		ann.expectEvent("present", Set.class).isEqualTo(Set.of("ann"));
		SocketTester bob = join("bob", "hall");
		ann.expectEvent("present", Set.class).isEqualTo(Set.of("ann", "bob"));
		bob.socket().disconnect();
		ann.expectEvent("present", Set.class).isEqualTo(Set.of("ann"));
	}

	@Test
	void filesReachTheOthersInTheRoom() {
		SocketTester ann = join("ann", "files");
		SocketTester bob = join("bob", "files");
		byte[] data = { 1, 2, 3 };
		ann.emitWithAck("upload", "files", "numbers.bin", data).expectAck(Integer.class).isEqualTo(3);
		bob.expectEvent("upload").isEqualTo("ann", "numbers.bin", data);
	}

	@Test
	void onlyAdministratorsClearRooms() {
		SocketTester bob = join("bob", "full");
		bob.emitWithAck("clear", new Room("full")).expectError("access-denied");
		SocketTester ann = this.tester.mutateWith(mockUser("ann").roles("USER", "ADMIN")).connect();
		ann.emitWithAck("clear", new Room("full")).expectEmptyAck();
		bob.expectEvent("cleared");
	}

	@Test
	void onlyUsersMayDoAnything() {
		SocketTester eve = this.tester.mutateWith(mockUser("eve").roles("GUEST")).connect();
		eve.emitWithAck("join", new Room("java")).expectError("access-denied");
	}

	@Test
	void announcementsReachTheRoom(@Autowired WebApplicationContext context) throws Exception {
		SocketTester ann = join("ann", "kitchen");
		MockMvcBuilders.webAppContextSetup(context)
			.apply(springSecurity())
			.build()
			.perform(post("/rooms/kitchen/announcements").with(csrf()).with(jwt()).content("Tea is ready"))
			.andExpect(status().isOk());
		ann.expectEvent("announcement", String.class).isEqualTo("Tea is ready");
	}

	@Test
	void everybodyGetsTheTime(@Autowired Clock clock) {
		SocketTester ann = connect("ann");
		clock.tick();
		ann.expectEvent("time");
	}

	private SocketTester connect(String user) {
		return this.tester.name(user).mutateWith(mockUser(user)).connect();
	}

	private SocketTester join(String user, String room) {
		SocketTester socket = connect(user);
		socket.emitWithAck("join", new Room(room)).expectAck(List.class);
		return socket;
	}

}
