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
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers.csrf;
import static org.springframework.web.reactive.function.BodyInserters.fromFormData;

@SpringBootTest
@AutoConfigureSocketIoTester
@AutoConfigureWebTestClient
class LoginTests {

	@Autowired
	private SocketIoTester tester;

	@Autowired
	private WebTestClient web;

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
		SocketTester bob = this.tester.header("Cookie", "SESSION=" + session).connect();
		this.web.mutateWith(csrf())
			.post()
			.uri("/logout")
			.cookie("SESSION", session)
			.exchange()
			.expectStatus()
			.isFound();
		bob.expectDisconnect("io server disconnect");
	}

	@Test
	void socketsShareTheSessionWithHttp() {
		String session = login("ann");
		SocketTester ann = this.tester.header("Cookie", "SESSION=" + session).connect();
		ann.emitWithAck("theme", "dark").expectEmptyAck();
		this.web.get().uri("/theme").cookie("SESSION", session).exchange().expectBody(String.class).isEqualTo("dark");
	}

	private String login(String user) {
		return this.web.mutateWith(csrf())
			.post()
			.uri("/login")
			.body(fromFormData("username", user).with("password", "secret"))
			.exchange()
			.expectStatus()
			.isFound()
			.returnResult(Void.class)
			.getResponseCookies()
			.getFirst("SESSION")
			.getValue();
	}

}
