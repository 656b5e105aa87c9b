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

package io.github.springsocketio.test.autoconfigure;

import java.time.Duration;

import io.github.springsocketio.test.SocketIoTester;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * With an application that has no server.
 */
@SpringBootTest(classes = ChatApplication.class, properties = "socketio.cookie.enabled=true")
@AutoConfigureSocketIoTester(timeout = "30s")
class ChatInProcessTests extends ChatContract {

	@Test
	void timeLimitIsThatOfTheAnnotation(@Autowired SocketIoTester tester) {
		assertThat(tester.connect().socket().timeout()).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void webTestClientNeedsNoServerEither(@Autowired ApplicationContext context) {
		WebTestClient client = WebTestClient.bindToApplicationContext(context).build();
		client.get().uri("/nothing").exchange().expectStatus().isNotFound();
		client.get()
			.uri("/socket.io/?EIO=4&transport=polling")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.exists("Set-Cookie")
			.expectBody(String.class)
			.value((body) -> assertThat(body).startsWith("0{"));
	}

}
