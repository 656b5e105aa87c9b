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

package io.github.springsocketio.attack;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.SocketIoServer;
import io.netty.util.internal.PlatformDependent;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * An application with the defaults and the handlers that chats have. It tells what it
 * holds at {@code /stats}.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class AttackedApplication {

	private static final String BIG = "x".repeat(100_000);

	private final AtomicLong peak = new AtomicLong();

	AttackedApplication() {
		Thread thread = new Thread(this::watchHeap, "heap");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Start the application on a free port, and print the port.
	 * @param arguments properties
	 */
	public static void main(String[] arguments) {
		SpringApplication application = new SpringApplication(AttackedApplication.class);
		application.setDefaultProperties(Map.of("server.port", "0", "spring.main.banner-mode", "off"));
		application.run(arguments);
	}

	@Bean
	NamespaceConfigurer handlers() {
		return (io) -> {
			io.on("echo", (socket, event) -> event.ack(event))
				.on("say", (socket, event) -> socket.to("room").emit("said", event))
				.on("join", String.class, (socket, room, event) -> socket.join(room))
				.on("typed", Integer.class, (socket, number, event) -> event.ack(number))
				.on("ask", (socket, event) -> socket.emitWithAck("question").subscribe((answer) -> {
				}, (error) -> {
				}))
				.on("tiny", Integer.class, (socket, count, event) -> repeat(count, () -> socket.emit("t")))
				.on("big", Integer.class, (socket, count, event) -> repeat(count, () -> socket.emit("data", BIG)));
			io.of(Pattern.compile("/dynamic-.*")).on("echo", (socket, event) -> event.ack(event));
		};
	}

	private static void repeat(int count, Runnable task) {
		for (int i = 0; i < count; i++) {
			task.run();
		}
	}

	@Bean
	RouterFunction<ServerResponse> route(SocketIoServer io) {
		return RouterFunctions.route().GET("/stats", (request) -> {
			if (request.queryParam("reset").isPresent()) {
				this.peak.set(0);
			}
			if (request.queryParam("gc").isPresent()) {
				System.gc();
			}
			return ServerResponse.ok().bodyValue(stats(io));
		}).build();
	}

	private String stats(SocketIoServer io) {
		return "sessions=" + io.engine().clientsCount() + " sockets="
				+ io.namespaces().stream().mapToInt((namespace) -> namespace.sockets().size()).sum() + " namespaces="
				+ io.namespaces().size() + " rooms="
				+ io.namespaces().stream().map(Namespace::rooms).mapToInt(Set::size).sum() + " heap=" + heap()
				+ " peak=" + this.peak + " direct=" + direct() + " threads="
				+ ManagementFactory.getThreadMXBean().getThreadCount();
	}

	private static long heap() {
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	/**
	 * Watch the heap, garbage included.
	 */
	private void watchHeap() {
		while (true) {
			this.peak.accumulateAndGet(heap(), Math::max);
			LockSupport.parkNanos(10_000_000);
		}
	}

	/**
	 * Return the memory outside the heap, which Netty counts where the JDK does not.
	 */
	private static long direct() {
		return Math.max(0, PlatformDependent.usedDirectMemory())
				+ ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
					.stream()
					.filter((pool) -> pool.getName().equals("direct"))
					.mapToLong(BufferPoolMXBean::getMemoryUsed)
					.sum();
	}

	@Bean
	ApplicationListener<WebServerInitializedEvent> port() {
		return (event) -> System.out.println("PORT " + event.getWebServer().getPort());
	}

	@Bean
	ApplicationListener<AvailabilityChangeEvent<LivenessState>> liveness() {
		return new LivenessListener();
	}

	/**
	 * Not a lambda, whose type argument Spring could not see.
	 */
	private static final class LivenessListener implements ApplicationListener<AvailabilityChangeEvent<LivenessState>> {

		@Override
		public void onApplicationEvent(AvailabilityChangeEvent<LivenessState> event) {
			System.out.println("LIVENESS " + event.getState());
		}

	}

}
