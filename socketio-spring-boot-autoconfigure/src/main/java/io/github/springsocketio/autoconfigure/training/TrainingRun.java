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

package io.github.springsocketio.autoconfigure.training;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.springsocketio.engineio.web.EngineWebOptions;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.packet.PacketParser;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Connects clients to the application when it is ready, and then exits the process. The
 * exit code is 1 if a client fails.
 */
final class TrainingRun implements ApplicationListener<ApplicationReadyEvent> {

	private static final Log logger = LogFactory.getLog(TrainingRun.class);

	private static final int CLIENTS = 4;

	private static final int AUDIENCE = 20;

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		ConfigurableApplicationContext context = event.getApplicationContext();
		if (!(context instanceof WebServerApplicationContext)) {
			// a parent of the context with the server
			return;
		}
		int code = run(context) ? 0 : 1;
		System.exit(SpringApplication.exit(context, () -> code));
	}

	static boolean run(ConfigurableApplicationContext context) {
		SocketIoServer server = context.getBeanProvider(SocketIoServer.class).getIfAvailable();
		if (server == null) {
			logger.error("The training run needs a Socket.IO server, but there is none");
			return false;
		}
		TrainingHandlers.register(server.of(TrainingHandlers.NAMESPACE));
		long start = System.nanoTime();
		try {
			TrainingProperties training = Binder.get(context.getEnvironment())
				.bindOrCreate(TrainingProperties.PREFIX, TrainingProperties.class);
			TrainingClient.Count count = train(target(context, training), start + training.duration().toNanos());
			long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
			logger.info("The training had " + count.sessions() + " sessions and " + count.events() + " events in "
					+ millis + " ms");
			return true;
		}
		catch (RuntimeException ex) {
			Throwable cause = ex.getCause();
			logger.error("The training failed, and the application exits: "
					+ ((ex instanceof TrainingException) ? ex.getMessage() : ex)
					+ ((cause != null) ? ": " + cause : ""));
			return false;
		}
	}

	private static TrainingTarget target(ConfigurableApplicationContext context, TrainingProperties training) {
		Environment environment = context.getEnvironment();
		EngineWebOptions options = context.getBean(EngineWebOptions.class);
		String ownPort = environment.getProperty("local.socketio.port");
		String port = (ownPort != null) ? ownPort : environment.getRequiredProperty("local.server.port");
		String base = (ownPort != null) ? "" : environment.getProperty("spring.webflux.base-path",
				environment.getProperty("server.servlet.context-path", ""));
		String auth = training.auth();
		String address = environment.getProperty((ownPort != null) ? "socketio.server.address" : "server.address",
				"localhost");
		// an IPv6 address
		String host = address.contains(":") ? "[" + address + "]" : address;
		return TrainingTarget.of(host + ":" + port, base + options.path() + (options.addTrailingSlash() ? "/" : ""),
				training.headers(), context.getBean(PacketParser.class),
				(auth != null) ? JsonMapper.shared().readTree(auth) : null);
	}

	private static TrainingClient.Count train(TrainingTarget target, long end) {
		// a single client first, so that a refusal is reported only once
		TrainingClient.Count sum = new TrainingClient(target, "room", System.nanoTime()).call();
		for (int i = 0; i < AUDIENCE; i++) {
			TrainingSocket.audience(target);
		}
		ExecutorService executor = Executors.newFixedThreadPool(CLIENTS);
		List<Future<TrainingClient.Count>> clients = new ArrayList<>();
		for (int i = 0; i < CLIENTS; i++) {
			clients.add(executor.submit(new TrainingClient(target, "room " + i, end)));
		}
		try {
			for (Future<TrainingClient.Count> client : clients) {
				sum = sum.plus(client.get());
			}
			return sum;
		}
		catch (ExecutionException ex) {
			throw failure(ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new TrainingException("The training was interrupted", ex);
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static TrainingException failure(@Nullable Throwable cause) {
		return (cause instanceof TrainingException ex) ? ex : new TrainingException("A client failed", cause);
	}

}
