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

import java.util.Map;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineConnectionHandler;
import io.github.springsocketio.engineio.EngineSessionHandler;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of an application that uses Engine.IO without Socket.IO, on the wire.
 */
class EngineConnectionHandlerTests {

	@Test
	void takesThePlaceOfSocketIo() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class,
				SocketIoApplicationTests.OpenToAll.class)
			.web(WebApplicationType.REACTIVE)
			.properties(Map.of("server.port", "0"))
			.run()) {
			RestClient client = RestClient
				.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port"));
			String open = get(client, "");
			String sid = open.substring(open.indexOf("\"sid\":\"") + 7, open.indexOf("\",\"upgrades"));
			assertThat(get(client, sid)).isEqualTo("4hello");
		}
	}

	private static String get(RestClient client, String sid) {
		return client.get().uri("/socket.io/?EIO=4&transport=polling&sid={sid}", sid).retrieve().body(String.class);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

		@Bean
		EngineConnectionHandler greeting() {
			return (session) -> {
				session.send("hello");
				return new Silent();
			};
		}

	}

	private static final class Silent implements EngineSessionHandler {

		@Override
		public void onText(byte[] data, int offset, int length) {
		}

		@Override
		public void onBinary(byte[] data) {
		}

		@Override
		public void onClose(CloseReason reason, String detail) {
		}

	}

}
