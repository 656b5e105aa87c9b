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

package io.github.springsocketio.sample.mvc;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.springsocketio.sample.mvc.ChatController.Message;
import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.test.client.CookieStore;
import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Users who log in and chat.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class MvcSampleTests {

	private static final String TOKEN = "name=\"_csrf\"[^>]*value=\"([^\"]+)\"";

	private final CookieManager cookies = new CookieManager();

	private final HttpClient http = HttpClient.newBuilder().cookieHandler(this.cookies).build();

	private final String url;

	private SocketIoTester tester;

	MvcSampleTests(@LocalServerPort int port) {
		this.url = "http://localhost:" + port;
	}

	@BeforeEach
	void start() {
		this.tester = SocketIoTester.bindToServer(this.url).timeout(Await.LIMIT);
	}

	@AfterEach
	void end() {
		this.tester.close();
	}

	@Test
	void strangersAreRefused() throws Exception {
		this.tester.handshake().expectStatus(401);
		assertThat(get("/socket.io/socket.io.js").statusCode()).isEqualTo(401);
		assertThat(get("/").headers().firstValue("Location"))
			.hasValueSatisfying((location) -> assertThat(location).endsWith("/login"));
	}

	@Test
	void usersChat() throws Exception {
		SocketTester ann = login("ann").connect();
		ann.handshake().expectCookie("io").httpOnly();
		ann.emit("watch").expectEvent("present", Set.class).isEqualTo(Set.of("ann"));
		this.cookies.getCookieStore().removeAll();
		SocketTester bob = login("bob").connect();
		ann.expectEvent("present", Set.class).isEqualTo(Set.of("ann", "bob"));
		ann.emitWithAck("message", "hello").expectAck(Message.class).isEqualTo(new Message("ann", "hello"));
		bob.expectEvent("message", Message.class).isEqualTo(new Message("ann", "hello"));
		String token = token(get("/me").body(), "\"csrfToken\":\"([^\"]+)\"");
		assertThat(post("/announcements", "text=Tea&_csrf=" + token).statusCode()).isEqualTo(200);
		ann.expectEvent("message", Message.class).isEqualTo(new Message("announcement", "Tea"));
		assertThat(post("/logout", "_csrf=" + token).statusCode()).isEqualTo(302);
		bob.expectDisconnect("io server disconnect");
	}

	private SocketIoTester login(String user) throws Exception {
		String token = token(get("/login").body(), TOKEN);
		assertThat(post("/login", "username=" + user + "&password=secret&_csrf=" + token).statusCode()).isEqualTo(302);
		CookieStore store = CookieStore.create();
		this.cookies.getCookieStore()
			.getCookies()
			.forEach((cookie) -> store.set(URI.create(this.url), cookie.getName(), cookie.getValue()));
		return this.tester.cookies(store);
	}

	private static String token(String text, String pattern) {
		Matcher matcher = Pattern.compile(pattern).matcher(text);
		assertThat(matcher.find()).as(text).isTrue();
		return URLEncoder.encode(matcher.group(1), StandardCharsets.UTF_8);
	}

	private HttpResponse<String> get(String path) throws Exception {
		return this.http.send(HttpRequest.newBuilder(URI.create(this.url + path)).build(), BodyHandlers.ofString());
	}

	private HttpResponse<String> post(String path, String form) throws Exception {
		return this.http.send(HttpRequest.newBuilder(URI.create(this.url + path))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(form))
			.build(), BodyHandlers.ofString());
	}

}
