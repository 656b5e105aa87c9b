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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.springsocketio.socketio.NamespaceConfigurer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ExitCodeEvent;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * An application whose handlers use up the memory or block their thread.
 */
@SpringBootConfiguration
@EnableAutoConfiguration(exclude = { ReactiveWebSecurityAutoConfiguration.class,
		ReactiveUserDetailsServiceAutoConfiguration.class, ReactiveManagementWebSecurityAutoConfiguration.class })
public class FaultyApplication {

	private static final List<byte[]> HELD = new ArrayList<>();

	private static final int SPARE = 4_000_000;

	private static volatile byte @Nullable [] spare;

	private int exhausted;

	/**
	 * Start the application on a free port, and print the port.
	 * @param arguments properties
	 */
	public static void main(String[] arguments) {
		new SpringApplicationBuilder(FaultyApplication.class).web(WebApplicationType.REACTIVE)
			.properties("server.port=0")
			.run(arguments);
	}

	@Bean
	NamespaceConfigurer events() {
		return (io) -> io.on("exhaust", (socket, event) -> exhaust())
			.on("fill", (socket, event) -> fill())
			.on("block", (socket, event) -> block())
			.on("print", (socket, event) -> print("PRINTED"));
	}

	private void exhaust() {
		this.exhausted++;
		List<byte[]> held = new ArrayList<>();
		try {
			while (true) {
				held.add(new byte[100_000]);
			}
		}
		catch (OutOfMemoryError ex) {
			held.clear();
			print("EXHAUSTED " + this.exhausted);
			throw ex;
		}
	}

	private static void fill() {
		spare = new byte[SPARE];
		try {
			while (true) {
				HELD.add(new byte[100_000]);
			}
		}
		catch (OutOfMemoryError ex) {
			// with nothing at all left, the virtual machine does not even see signals
			spare = null;
			print("FILLED");
			throw ex;
		}
	}

	private static void block() {
		print("BLOCKED");
		AtomicBoolean forever = new AtomicBoolean(true);
		while (forever.get()) {
			Thread.onSpinWait();
		}
	}

	private static void print(String line) {
		System.out.println(line);
	}

	@Bean
	ApplicationListener<WebServerInitializedEvent> port() {
		return (event) -> print("PORT " + event.getWebServer().getPort());
	}

	@Bean
	ApplicationListener<AvailabilityChangeEvent<LivenessState>> liveness() {
		return new LivenessListener();
	}

	@Bean
	ApplicationListener<ExitCodeEvent> exitCode() {
		return (event) -> print("EXIT CODE " + event.getExitCode());
	}

	@Bean
	DisposableBean end(Environment environment) {
		return () -> {
			if (environment.getProperty("test.hang", Boolean.class, false)) {
				new CountDownLatch(1).await();
			}
			print("CONTEXT CLOSED");
		};
	}

	/**
	 * Not a lambda, whose type argument Spring could not see.
	 */
	private static final class LivenessListener implements ApplicationListener<AvailabilityChangeEvent<LivenessState>> {

		@Override
		public void onApplicationEvent(AvailabilityChangeEvent<LivenessState> event) {
			print("LIVENESS " + event.getState());
		}

	}

}
