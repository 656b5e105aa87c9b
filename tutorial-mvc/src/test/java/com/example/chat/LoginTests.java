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

import java.time.Instant;
import java.util.List;
import java.util.Map;

import javax.crypto.SecretKey;

import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.test.autoconfigure.AutoConfigureSocketIoTester;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureSocketIoTester
class LoginTests {

	@Autowired
	private SocketIoTester tester;

	private final RestTestClient web;

	LoginTests(@LocalServerPort int port) {
		this.web = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
	}

	@Test
	void strangersAreRefused() {
		this.tester.expectConnectError().expectCode("unauthenticated");
		this.tester.auth(Map.of("token", "x")).expectConnectError().expectCode("invalid-token");
	}

	@Test
	void tokensAreAccepted(@Autowired SecretKey key) {
		JwtClaimsSet claims = JwtClaimsSet.builder()
			.subject("tom")
			.claim("roles", List.of("USER"))
			.expiresAt(Instant.now().plusSeconds(60))
			.build();
		String token = NimbusJwtEncoder.withSecretKey(key)
			.build()
			.encode(JwtEncoderParameters.from(JwsHeader.with(MacAlgorithm.HS256).build(), claims))
			.getTokenValue();
		this.tester.auth(Map.of("token", token)).connect();
	}

	@Test
	void logoutDisconnectsTheSocketsOfTheSession() {
		String session = login("bob");
		SocketTester bob = this.tester.header("Cookie", "JSESSIONID=" + session).connect();
		submit("/logout", session);
		bob.expectDisconnect("io server disconnect");
	}

	@Test
	void socketsShareTheSessionWithHttp() {
		String session = login("ann");
		SocketTester ann = this.tester.header("Cookie", "JSESSIONID=" + session).connect();
		ann.emitWithAck("theme", "dark").expectEmptyAck();
		this.web.get()
			.uri("/theme")
			.cookie("JSESSIONID", session)
			.exchange()
			.expectBody(String.class)
			.isEqualTo("dark");
	}

	private String login(String user) {
		return session(submit("/login", "", "username", user, "password", "secret"));
	}

	/**
	 * Submit a form as a browser does, with the CSRF token of the login page.
	 */
	private EntityExchangeResult<?> submit(String path, String session, String... fields) {
		EntityExchangeResult<String> page = this.web.get()
			.uri("/login")
			.cookie("JSESSIONID", session)
			.exchange()
			.returnResult(String.class);
		MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
		form.add("_csrf", page.getResponseBody().replaceAll("(?s).*name=\"_csrf\"[^>]* value=\"([^\"]+)\".*", "$1"));
		for (int i = 0; i < fields.length; i += 2) {
			form.add(fields[i], fields[i + 1]);
		}
		EntityExchangeResult<Void> result = this.web.post()
			.uri(path)
			.cookie("JSESSIONID", session.isEmpty() ? session(page) : session)
			.body(form)
			.exchange()
			.returnResult(Void.class);
		assertThat(result.getStatus()).isEqualTo(HttpStatus.FOUND);
		return result;
	}

	private static String session(EntityExchangeResult<?> result) {
		return result.getResponseCookies().getFirst("JSESSIONID").getValue();
	}

}
