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

package io.github.springsocketio.admin;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.test.client.ClientEvent;
import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.test.client.SocketIoClient;
import io.github.springsocketio.test.client.SocketIoClientBuilder;
import io.github.springsocketio.test.client.Transport;
import io.github.springsocketio.testsupport.Await;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * An application with the Admin UI on a port of its own, and its clients.
 */
final class AdminApplication implements AutoCloseable {

	static final String USERNAME = "admin";

	static final String PASSWORD = "changeit";

	/**
	 * The hash of the password with the least cost.
	 */
	static final String HASH = "$2a$04$do15q6ca8ouZpoOLBZu1OOe50OMZEM68TTmbs5PmK6ohfUqcGRBHu";

	private final ConfigurableApplicationContext context;

	private final List<SocketIoClient> clients = new CopyOnWriteArrayList<>();

	private AdminApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static AdminApplication run(String... properties) {
		return new AdminApplication(new SpringApplicationBuilder(Application.class).web(WebApplicationType.REACTIVE)
			.properties("server.port=0", "spring.main.banner-mode=off", "spring.reactor.netty.shutdown-quiet-period=0s",
					"socketio.shutdown-timeout=500ms", "socketio.admin.enabled=true",
					"socketio.admin.username=" + USERNAME, "socketio.admin.password=" + HASH)
			.properties(properties)
			.run());
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	SocketIoServer io() {
		return bean(SocketIoServer.class);
	}

	String url() {
		return "http://localhost:" + this.context.getEnvironment().getRequiredProperty("local.server.port");
	}

	private SocketIoClient client(Transport transport, String... query) {
		SocketIoClientBuilder builder = SocketIoClient.builder(url()).transports(transport).timeout(Await.LIMIT);
		for (int i = 0; i < query.length; i += 2) {
			builder.query(query[i], query[i + 1]);
		}
		SocketIoClient client = builder.build();
		this.clients.add(client);
		return client;
	}

	/**
	 * Connect to a namespace.
	 */
	ClientSocket connect(String nsp, String... query) {
		return connect(client(Transport.WEBSOCKET, query), nsp);
	}

	/**
	 * Connect to a namespace by long-polling.
	 */
	ClientSocket poll(String nsp) {
		return connect(client(Transport.POLLING), nsp);
	}

	private ClientSocket connect(SocketIoClient client, String nsp) {
		ClientSocket socket = client.connect(nsp);
		Await.until("the socket is connected", () -> has(nsp, socket.id()));
		return socket;
	}

	boolean has(String nsp, @Nullable String id) {
		return this.io().of(nsp).sockets().containsKey(String.valueOf(id));
	}

	/**
	 * Return the socket of an administrator that is not connected yet.
	 */
	ClientSocket admin(Map<String, ?> auth, String... query) {
		return client(Transport.WEBSOCKET, query).socket("/admin").auth(auth);
	}

	/**
	 * Connect an administrator.
	 */
	ClientSocket admin(String... query) {
		return admin(Map.of("username", USERNAME, "password", PASSWORD), query).connect();
	}

	@SuppressWarnings("unchecked")
	static List<String> features(ClientSocket admin) {
		Map<String, List<String>> config = (Map<String, List<String>>) admin.next("config").get(0);
		return (config != null) ? config.getOrDefault("supportedFeatures", List.of()) : List.of();
	}

	/**
	 * Wait for an event with the given first arguments; others are skipped.
	 */
	static ClientEvent next(ClientSocket admin, String name, Object... args) {
		while (true) {
			ClientEvent event = admin.next(name);
			List<@Nullable Object> all = event.arguments().toList();
			if (all.subList(0, Math.min(args.length, all.size())).equals(Arrays.asList(args))) {
				return event;
			}
		}
	}

	/**
	 * Wait for a list of sockets that has one in a namespace.
	 */
	static Map<?, ?> listed(ClientSocket admin, String nsp, @Nullable String id) {
		while (true) {
			for (Object socket : (List<?>) admin.next("all_sockets").arguments().require(0, List.class)) {
				Map<?, ?> details = (Map<?, ?>) socket;
				if (nsp.equals(details.get("nsp")) && String.valueOf(id).equals(details.get("id"))) {
					return details;
				}
			}
		}
	}

	@Override
	public void close() {
		this.clients.forEach(SocketIoClient::close);
		this.context.close();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

		@Bean
		AdminServer adminServer(SocketIoServer server, AdminProperties properties,
				@Value("${second:100ms}") Duration second) {
			return new AdminServer(server, properties, Clock.systemUTC(), second);
		}

		@Bean
		@ConditionalOnProperty("redis.port")
		LettuceConnectionFactory connectionFactory(@Value("${redis.port}") int port) {
			return new LettuceConnectionFactory("127.0.0.1", port);
		}

		@Bean
		NamespaceConfigurer namespaces() {
			return (io) -> {
				io.of("/chat");
				io.of("/admin").on("sync", (socket, event) -> event.ack());
				io.of("/").on("enter", String.class, (socket, room, event) -> {
					socket.join(room);
					event.ack();
				}).on("note", (socket, event) -> {
					socket.data().put("note", event.get(0));
					socket.emit("noted", event.get(0));
				});
			};
		}

	}

}
