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

package io.github.springsocketio.rewrite;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the recipe leaves to a human being, and applications with other files.
 */
class RemainingTests {

	private static String migrate(String source) {
		String path = "src/main/java/com/example/Sample.java";
		return new Project(Map.of(path, source)).migrate().files().get(path);
	}

	@Test
	void marksCallsWithoutACounterpart() {
		String migrated = migrate(
				"""
						package com.example;

						import com.corundumstudio.socketio.BroadcastAckCallback;
						import com.corundumstudio.socketio.SocketIOClient;
						import com.corundumstudio.socketio.SocketIOServer;

						class Sample {

							void ask(SocketIOServer server) {
								server.getRoomOperations("a").sendEvent("ask", "why", new BroadcastAckCallback<>(String.class, 5));
								server.removeNamespace("/old");
							}

							int size(SocketIOClient client) {
								// in this room
								return client.getCurrentRoomSize("a");
							}

						}
						""");
		assertThat(migrated).isEqualTo(
				"""
						package com.example;

						// TODO socketio-spring: BroadcastAckCallback: the Mono of emitWithAck has all acknowledgements
						import com.corundumstudio.socketio.BroadcastAckCallback;
						import io.github.springsocketio.socketio.Socket;
						import io.github.springsocketio.socketio.SocketIoServer;

						class Sample {

							void ask(SocketIoServer server) {
								// TODO socketio-spring: sendEvent: except(room) leaves sockets out; timeout(…).emitWithAck(…) is a Mono of the acknowledgements
								server.to("a").sendEvent("ask", "why", new BroadcastAckCallback<>(String.class, 5));
								// TODO socketio-spring: removeNamespace: namespaces stay; in(…).disconnectSockets() ends the sockets of one
								server.removeNamespace("/old");
							}

							int size(Socket client) {
								// in this room
								// TODO socketio-spring: getCurrentRoomSize: in(room).countSockets() is a Mono
								return client.getCurrentRoomSize("a");
							}

						}
						""");
	}

	@Test
	void keepsUuidsThatAreNoSessionIds() {
		String migrated = migrate("""
				package com.example;

				import java.util.UUID;

				import com.corundumstudio.socketio.SocketIOClient;

				class Sample {

					UUID request = UUID.randomUUID();

					UUID id(SocketIOClient client) {
						return client.getSessionId();
					}

				}
				""");
		assertThat(migrated).contains("UUID request = UUID.randomUUID();")
			.contains("// TODO socketio-spring: the id of a socket is a String");
	}

	@Test
	void leavesOtherCodeAlone() {
		String source = """
				package com.example;

				import java.util.List;
				import java.util.UUID;

				class Sample {

					private UUID id = UUID.randomUUID();

					void start(Runnable server) {
						server.run();
					}

				}
				""";
		assertThat(migrate(source)).isEqualTo(source);
	}

	@Test
	void writesPropertiesWhereTheApplicationHasThem() {
		Project project = new Project(Map.of("chat/src/main/java/com/example/Config.java", """
				package com.example;

				import com.corundumstudio.socketio.Configuration;
				import com.corundumstudio.socketio.SocketIOServer;

				import org.springframework.context.annotation.Bean;

				class Config {

					@Bean
					SocketIOServer server() {
						Configuration config = new Configuration();
						config.setPort(9092);
						config.setPingInterval(20000);
						return new SocketIOServer(config);
					}

				}
				""", "chat/src/main/resources/application.properties",
				"server.port=8080\nspring.application.name=chat\n"));
		assertThat(project.migrate().files()).containsOnlyKeys("chat/src/main/resources/application.properties")
			.containsValue("server.port=8080\nsocketio.ping-interval=20000ms\nspring.application.name=chat\n");
	}

	@Test
	void importsTheBomAheadOfOthersInAServletApplication() {
		Project project = new Project(Map.of("pom.xml", """
				<project>
					<modelVersion>4.0.0</modelVersion>
					<dependencyManagement>
						<dependencies>
							<dependency>
								<groupId>org.springframework.boot</groupId>
								<artifactId>spring-boot-dependencies</artifactId>
								<version>4.1.1</version>
								<type>pom</type>
								<scope>import</scope>
							</dependency>
						</dependencies>
					</dependencyManagement>
					<dependencies>
						<dependency>
							<groupId>org.springframework.boot</groupId>
							<artifactId>spring-boot-starter-web</artifactId>
						</dependency>
						<dependency>
							<groupId>com.socketio4j</groupId>
							<artifactId>netty-socketio-spring-boot-starter</artifactId>
							<version>4.0.1</version>
						</dependency>
						<dependency>
							<groupId>com.socketio4j</groupId>
							<artifactId>netty-socketio-spring</artifactId>
							<version>4.0.1</version>
						</dependency>
					</dependencies>
				</project>
				"""));
		String pom = project.migrate().files().get("pom.xml");
		assertThat(pom).containsOnlyOnce("<artifactId>socketio-spring-boot-starter-webmvc</artifactId>")
			.doesNotContain("socketio4j");
		assertThat(pom.indexOf("socketio-bom")).isPositive().isLessThan(pom.indexOf("spring-boot-dependencies"));
	}

	@Test
	void removesTheManagedVersion() {
		Project project = new Project(Map.of("pom.xml", """
				<project>
					<modelVersion>4.0.0</modelVersion>
					<dependencyManagement>
						<dependencies>
							<dependency>
								<groupId>com.corundumstudio.socketio</groupId>
								<artifactId>netty-socketio</artifactId>
								<version>2.0.14</version>
							</dependency>
						</dependencies>
					</dependencyManagement>
					<dependencies>
						<dependency>
							<groupId>com.corundumstudio.socketio</groupId>
							<artifactId>netty-socketio</artifactId>
						</dependency>
					</dependencies>
				</project>
				"""));
		assertThat(project.migrate().files().get("pom.xml")).isEqualTo("""
				<project>
					<modelVersion>4.0.0</modelVersion>
					<dependencyManagement>
						<dependencies>
							<dependency>
								<groupId>io.github.springsocketio</groupId>
								<artifactId>socketio-bom</artifactId>
								<version>%s</version>
								<type>pom</type>
								<scope>import</scope>
							</dependency>
						</dependencies>
					</dependencyManagement>
					<dependencies>
						<dependency>
							<groupId>io.github.springsocketio</groupId>
							<artifactId>socketio-spring-boot-starter</artifactId>
						</dependency>
					</dependencies>
				</project>
				""".formatted(PomVisitor.version()));
	}

	@Test
	void replacesTheManagedVersionOfAParentByTheBom() {
		Project project = new Project(Map.of("pom.xml", """
				<project>
					<modelVersion>4.0.0</modelVersion>
					<packaging>pom</packaging>
					<dependencyManagement>
						<dependencies>
							<dependency>
								<groupId>com.corundumstudio.socketio</groupId>
								<artifactId>netty-socketio</artifactId>
								<version>2.0.14</version>
							</dependency>
						</dependencies>
					</dependencyManagement>
				</project>
				"""));
		assertThat(project.migrate().files().get("pom.xml")).containsOnlyOnce("<dependency>").contains("socketio-bom");
	}

	@Test
	void keepsConstructorsThatRegisterListeners() {
		String migrated = migrate("""
				package com.example;

				import com.corundumstudio.socketio.SocketIOServer;
				import jakarta.annotation.PreDestroy;

				import org.springframework.stereotype.Component;

				@Component
				class Sample {

					private final SocketIOServer server;

					Sample(SocketIOServer server) {
						this.server = server;
						server.addConnectListener((client) -> client.joinRoom("lobby"));
					}

					@PreDestroy
					void stop() {
						this.server.stop();
					}

				}
				""");
		assertThat(migrated).isEqualTo("""
				package com.example;

				import io.github.springsocketio.socketio.SocketIoServer;

				import org.springframework.stereotype.Component;

				@Component
				class Sample {

					private final SocketIoServer server;

					Sample(SocketIoServer server) {
						this.server = server;
						server.onConnection((client) -> client.join("lobby"));
					}

				}
				""");
	}

	@Test
	void keepsConstructorsThatAssignANamespace() {
		assertThat(migrate("""
				package com.example;

				import com.corundumstudio.socketio.SocketIONamespace;
				import com.corundumstudio.socketio.SocketIOServer;

				class Sample {

					private final SocketIOServer server;

					private final SocketIONamespace news;

					Sample(SocketIOServer server) {
						this.server = server;
						this.news = server.addNamespace("/news");
					}

					void start() {
						this.server.start();
					}

				}
				""")).contains("this.news = server.of(\"/news\");").doesNotContain("start");
	}

	@Test
	void keepsBeansThatRegisterListeners() {
		String migrated = migrate("""
				package com.example;

				import com.corundumstudio.socketio.Configuration;
				import com.corundumstudio.socketio.SocketIOServer;

				import org.springframework.context.annotation.Bean;

				class Sample {

					@Bean
					SocketIOServer server() {
						Configuration config = new Configuration();
						config.setPort(9092);
						config.setExceptionListener(null);
						SocketIOServer server = new SocketIOServer(config);
						server.addConnectListener((client) -> client.joinRoom("lobby"));
						return server;
					}

				}
				""");
		assertThat(migrated).isEqualTo(
				"""
						package com.example;

						// TODO socketio-spring: Configuration: properties under socketio
						import com.corundumstudio.socketio.Configuration;
						import io.github.springsocketio.socketio.SocketIoServer;

						import org.springframework.context.annotation.Bean;

						class Sample {

							// TODO socketio-spring: server: the SocketIoServer is a bean already; register these handlers in a component that has it as a parameter
							// TODO socketio-spring: setExceptionListener(null): onError, or a @SocketIoExceptionHandler method
							@Bean
							SocketIoServer server() {
								Configuration config = new Configuration();
								SocketIoServer server = new SocketIoServer(config);
								server.onConnection((client) -> client.join("lobby"));
								return server;
							}

						}
						""");
	}

	@Test
	void keepsBeansThatPassTheServerToOtherCode() {
		assertThat(migrate("""
				package com.example;

				import com.corundumstudio.socketio.Configuration;
				import com.corundumstudio.socketio.SocketIOServer;

				import org.springframework.context.annotation.Bean;

				class Sample {

					@Bean
					SocketIOServer server() {
						SocketIOServer server = new SocketIOServer(new Configuration());
						new Handlers(server);
						return server;
					}

					static class Handlers {

						Handlers(SocketIOServer server) {
							server.addConnectListener((client) -> client.joinRoom("lobby"));
						}

					}

				}
				""")).contains("// TODO socketio-spring: server: the SocketIoServer is a bean already")
			.contains("new Handlers(server);");
	}

	@ParameterizedTest
	@ValueSource(strings = { "@org.springframework.context.annotation.ComponentScan(\"com.example.other\")",
			"@org.springframework.context.annotation.EnableAspectJAutoProxy",
			"@org.springframework.context.annotation.Import(Runnable.class)",
			"@org.springframework.context.annotation.ImportResource(\"beans.xml\")",
			"@org.springframework.context.annotation.PropertySource(\"chat.properties\")" })
	void keepsClassesThatConfigureTheApplication(String annotation) {
		String migrated = migrate("""
				package com.example;

				import com.corundumstudio.socketio.SocketIOServer;

				import org.springframework.context.annotation.Bean;

				%s
				class Sample {

					@Bean
					SocketIOServer server() {
						return new SocketIOServer(new com.corundumstudio.socketio.Configuration());
					}

				}
				""".formatted(annotation));
		assertThat(migrated).contains(annotation).contains("class Sample {").doesNotContain("@Bean");
	}

}
