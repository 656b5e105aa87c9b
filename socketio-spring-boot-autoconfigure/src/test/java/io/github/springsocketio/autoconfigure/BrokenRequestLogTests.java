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

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients send as broken requests is not in the log.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class BrokenRequestLogTests {

	private static final String TARGET = "GET /socket.io/?EIO=4&transport=polling&sid=secret-sid";

	@ParameterizedTest
	@Tag("SEC-100")
	@ValueSource(strings = { TARGET + " HTTP/secret-\u001b[31m\r\n\r\n", TARGET + "\u001b[31m HTTP/1.1\r\n\r\n",
			TARGET + " HTTP/1.1\r\nHost: x\r\nsecret-\u001b[31m name: 1\r\n\r\n",
			TARGET + " HTTP/1.1\r\nHost: x\r\nname: secret-\u0001\u001b[31m\r\n\r\n",
			TARGET + " HTTP/1.1\r\nHost: x\r\nContent-Length: secret-\u001b[31m\r\n\r\n",
			"secret-\u001b[31m " + TARGET + " HTTP/1.1\r\n\r\n", "\u0016\u0003\u0001 secret-\u001b[31m\r\n\r\n" })
	void brokenRequestLeavesNoRawTextInTheLog(String request, CapturedOutput output) throws IOException {
		try (TestApplication application = TestApplication.run(Application.class);
				Socket socket = new Socket(InetAddress.getLoopbackAddress(), application.port())) {
			socket.setSoTimeout(30_000);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			socket.shutdownOutput();
			socket.getInputStream().readAllBytes();
		}
		assertThat(output.getAll()).doesNotContain("secret-").doesNotContain("\u001b[31m");
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = { ReactiveWebSecurityAutoConfiguration.class,
			ReactiveUserDetailsServiceAutoConfiguration.class, ReactiveManagementWebSecurityAutoConfiguration.class })
	static class Application {

	}

}
