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

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import io.netty.handler.codec.DecoderResult;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.logging.HttpMessageArgProvider;
import reactor.netty.http.logging.HttpMessageLogFactory;
import reactor.netty.http.logging.ReactorNettyHttpMessageLogFactory;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerState;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerConfiguration;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;

/**
 * Logs requests that Reactor Netty cannot decode. Reactor Netty logs a line at WARN for
 * each of them, so that clients control the size of the log. These lines are replaced
 * with at most one line per minute, which contains the number of requests. At INFO and
 * above, no data of clients is logged, because it may contain control characters and
 * session ids. At DEBUG and TRACE, the messages of Reactor Netty are logged with control
 * characters escaped.
 */
final class BrokenRequestLog
		implements HttpMessageLogFactory, ConnectionObserver, NettyServerCustomizer, DisposableBean {

	private static final Log logger = LogFactory.getLog(BrokenRequestLog.class);

	/**
	 * The logger of Reactor Netty. Between DEBUG and ERROR, it only logs the lines for
	 * broken requests.
	 */
	private static final String REACTOR_NETTY = "reactor.netty.http.server.HttpServerOperations";

	private static final long INTERVAL = Duration.ofMinutes(1).toNanos();

	/** The number of instances that have switched off the lines of Reactor Netty. */
	private static final AtomicInteger replacements = new AtomicInteger();

	private final HttpMessageLogFactory details = ReactorNettyHttpMessageLogFactory.INSTANCE;

	private final LongSupplier nanoTime;

	private final @Nullable LoggingSystem loggingSystem;

	private final AtomicLong next;

	private final AtomicLong count = new AtomicLong();

	private final AtomicBoolean replaces = new AtomicBoolean();

	/**
	 * Create the log, and switch off the lines of Reactor Netty unless the level of their
	 * logger is configured, or is inherited and neither INFO nor WARN.
	 * @param nanoTime the time in nanoseconds
	 * @param loggingSystem sets the level, or {@code null} to leave it unchanged
	 */
	BrokenRequestLog(LongSupplier nanoTime, @Nullable LoggingSystem loggingSystem) {
		this.nanoTime = nanoTime;
		this.next = new AtomicLong(nanoTime.getAsLong());
		this.loggingSystem = loggingSystem;
		if (loggingSystem != null) {
			replaceLines(loggingSystem);
		}
	}

	private void replaceLines(LoggingSystem system) {
		LoggerConfiguration configuration = system.getLoggerConfiguration(REACTOR_NETTY);
		LogLevel configured = (configuration != null) ? configuration.getConfiguredLevel() : null;
		if (configuration == null || (configured == null
				&& Set.of(LogLevel.INFO, LogLevel.WARN).contains(configuration.getEffectiveLevel()))) {
			system.setLogLevel(REACTOR_NETTY, LogLevel.ERROR);
		}
		else if (configured != LogLevel.ERROR || replacements.get() == 0) {
			return;
		}
		this.replaces.set(true);
		replacements.incrementAndGet();
	}

	/**
	 * Restore the logging of Reactor Netty if no other application of the virtual machine
	 * has switched it off.
	 */
	@Override
	public void destroy() {
		if (this.replaces.getAndSet(false) && replacements.decrementAndGet() == 0 && this.loggingSystem != null) {
			LoggerConfiguration configuration = this.loggingSystem.getLoggerConfiguration(REACTOR_NETTY);
			if (configuration != null && configuration.getConfiguredLevel() == LogLevel.ERROR) {
				this.loggingSystem.setLogLevel(REACTOR_NETTY, null);
			}
		}
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return server.httpMessageLogFactory(this).childObserve(this);
	}

	@Override
	public void onStateChange(Connection connection, State state) {
		if (state == HttpServerState.REQUEST_DECODING_FAILED) {
			onBrokenRequest();
		}
	}

	void onBrokenRequest() {
		this.count.incrementAndGet();
		long now = this.nanoTime.getAsLong();
		long due = this.next.get();
		if (now - due >= 0 && this.next.compareAndSet(due, now + INTERVAL)) {
			logger.warn("HTTP requests refused since the last warning, because they could not be decoded: "
					+ this.count.getAndSet(0) + ". The logger '" + REACTOR_NETTY
					+ "' names each of them at level DEBUG");
		}
	}

	@Override
	public String trace(HttpMessageArgProvider message) {
		return escaped(this.details.trace(message));
	}

	@Override
	public String debug(HttpMessageArgProvider message) {
		return escaped(this.details.debug(message));
	}

	@Override
	public String info(HttpMessageArgProvider message) {
		return summary(message);
	}

	@Override
	public String warn(HttpMessageArgProvider message) {
		return summary(message);
	}

	@Override
	public String error(HttpMessageArgProvider message) {
		return summary(message);
	}

	private static String summary(HttpMessageArgProvider message) {
		DecoderResult result = message.decoderResult();
		Throwable cause = (result != null) ? result.cause() : null;
		return message.httpMessageType() + ((cause != null) ? " (" + cause.getClass().getSimpleName() + ")" : "");
	}

	/**
	 * Escape control characters, except the line breaks between headers. Names and values
	 * of headers cannot contain line breaks.
	 */
	private static String escaped(String text) {
		StringBuilder escaped = new StringBuilder(text.length());
		text.chars().forEach((c) -> {
			if (Character.isISOControl(c) && c != '\n') {
				escaped.append(String.format("\\u%04x", c));
			}
			else {
				escaped.append((char) c);
			}
		});
		return escaped.toString();
	}

}
