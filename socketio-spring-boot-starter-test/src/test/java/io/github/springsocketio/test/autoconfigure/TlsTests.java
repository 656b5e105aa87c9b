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

import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketTester;
import io.github.springsocketio.test.client.Transport;
import io.github.springsocketio.testsupport.TestCertificate;
import org.junit.jupiter.api.Test;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * A server with TLS and a certificate that only the client of the test trusts.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, classes = ChatApplication.class)
@Import(TlsTests.Tls.class)
class TlsTests {

	@LocalServerPort
	private int port;

	@Test
	void clientsTrustTheCertificate() {
		try (SocketIoTester tester = SocketIoTester.bindToServer("https://localhost:" + this.port)
			.client((client) -> client.httpClient(TlsTests::trusting))) {
			SocketTester socket = tester.connect();
			socket.expectUpgrade().expectStatus(101);
			socket.emitWithAck("whoami").expectAck().isEqualTo((Object) null);
			tester.transports(Transport.WEBSOCKET).connect().emitWithAck("whoami").expectAck();
		}
	}

	private static HttpClient trusting(HttpClient http) {
		GenericSslContextSpec<?> context = Http11SslContextSpec.forClient()
			.configure((builder) -> builder.trustManager(TestCertificate.get().trustManagers()));
		return http.secure((ssl) -> ssl.sslContext(context));
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Tls {

		@Bean
		NettyServerCustomizer tls() {
			GenericSslContextSpec<?> context = Http11SslContextSpec.forServer(TestCertificate.get().keyManagers());
			return (http) -> http.secure((ssl) -> ssl.sslContext(context));
		}

	}

}
