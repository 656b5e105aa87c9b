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

package io.github.springsocketio.benchmarks.compare;

import java.io.IOException;
import java.io.UncheckedIOException;

import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.socket.server.standard.ServerEndpointExporter;

/**
 * A WebSocket endpoint of the servlet container on the class path, without Engine.IO,
 * Socket.IO and the WebSocket support of Spring: clients receive the bytes that they
 * expect. The port is in the environment variable {@code PORT}.
 */
@EnableAutoConfiguration
public class BareContainer {

	public static void main(String[] args) {
		SpringApplication.run(BareContainer.class, "--server.port=" + System.getenv("PORT"),
				"--server.address=127.0.0.1", "--socketio.enabled=false");
	}

	@Bean
	ServerEndpointConfig echo() {
		return ServerEndpointConfig.Builder.create(Echo.class, "/socket.io/").build();
	}

	@Bean
	ServerEndpointExporter endpoints() {
		return new ServerEndpointExporter();
	}

	/**
	 * The connection of a client.
	 */
	public static class Echo extends Endpoint {

		@Override
		public void onOpen(Session session, EndpointConfig config) {
			session.addMessageHandler(String.class,
					(MessageHandler.Whole<String>) (packet) -> received(session, packet));
			send(session, "0{\"sid\":\"s" + session.getId()
					+ "\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
		}

		private static void received(Session session, String packet) {
			if (packet.startsWith("42[\"echo\"")) {
				send(session, packet);
			}
			else if (packet.equals("40")) {
				send(session, "40{\"sid\":\"n" + session.getId() + "\"}");
			}
		}

		private static void send(Session session, String packet) {
			try {
				session.getBasicRemote().sendText(packet);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
