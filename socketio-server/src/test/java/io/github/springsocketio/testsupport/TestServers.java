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

package io.github.springsocketio.testsupport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.github.springsocketio.socketio.SocketIoServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;
import reactor.netty.http.HttpResources;

/**
 * Starts servers for a test. After it, sees that no event loop is blocked and that a
 * session of somebody else is served; stops the servers and sees that nothing is left: no
 * session, no timer, no error in the log, nothing in it that is not printable, and no
 * leaked buffer.
 */
public final class TestServers implements BeforeEachCallback, AfterEachCallback {

	private static final String OWN = "io.github.springsocketio";

	private final Consumer<TestServer.Spec> defaults;

	private final List<TestServer> servers = new ArrayList<>();

	private final List<SocketIoServer> tops = new ArrayList<>();

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private boolean errorsExpected;

	public TestServers() {
		this((spec) -> {
		});
	}

	/**
	 * Create servers that have something in common.
	 * @param defaults sets what is different from the defaults
	 */
	public TestServers(Consumer<TestServer.Spec> defaults) {
		this.defaults = defaults;
	}

	/**
	 * Start a server with default options.
	 * @return the server
	 */
	public TestServer start() {
		return start((spec) -> {
		});
	}

	/**
	 * Start a server.
	 * @param customizer sets what is different from the defaults
	 * @return the server
	 */
	public TestServer start(Consumer<TestServer.Spec> customizer) {
		TestServer.Spec spec = new TestServer.Spec();
		this.defaults.andThen(customizer).accept(spec);
		TestServer server = spec.start();
		this.servers.add(server);
		return server;
	}

	/**
	 * Put Socket.IO on top of a server, and see after the test that no socket and no room
	 * is left.
	 * @param server the server
	 * @return what is on top of it
	 */
	public SocketIoServer socketIo(TestServer server) {
		return socketIo(server, SocketIoOptions.defaults());
	}

	/**
	 * Put Socket.IO on top of a server, as {@link #socketIo(TestServer)} does.
	 * @param server the server
	 * @param options the options of Socket.IO
	 * @return what is on top of it
	 */
	public SocketIoServer socketIo(TestServer server, SocketIoOptions options) {
		SocketIoServer io = SocketIoServer.create(server.engine(), options);
		this.tops.add(io);
		return io;
	}

	/**
	 * Expect warnings and errors in the log, such as for code of the application that
	 * fails, or for an origin that is refused.
	 */
	public void expectErrors() {
		this.errorsExpected = true;
	}

	/**
	 * Return the warnings of the server itself.
	 * @return the messages in their order
	 */
	public List<String> warnings() {
		return List.copyOf(this.log.list)
			.stream()
			.filter((event) -> event.getLevel() == Level.WARN && event.getLoggerName().startsWith(OWN))
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		this.errorsExpected = false;
		this.log.list.clear();
		this.log.start();
		root().addAppender(this.log);
		// what a peer sent is logged at this level, if at all
		own().setLevel(Level.DEBUG);
		own().setAdditive(false);
		own().addAppender(this.log);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		try {
			checkEventLoops();
			this.servers.forEach(TestServer::checkHealth);
			this.servers.forEach(TestServer::close);
			this.tops.stream().flatMap((io) -> io.namespaces().stream()).forEach(TestServers::checkEmpty);
			List<String> bad = List.copyOf(this.log.list).stream().filter(this::isBad).map(this::text).toList();
			if (!bad.isEmpty()) {
				throw new AssertionError("The log has " + bad);
			}
		}
		finally {
			this.servers.clear();
			this.tops.clear();
			root().detachAppender(this.log);
			own().detachAppender(this.log);
			own().setAdditive(true);
			own().setLevel(null);
		}
	}

	private static void checkEmpty(Namespace namespace) {
		Await.until("no socket is left in " + namespace, () -> namespace.sockets().isEmpty());
		Await.until("no room is left in " + namespace, () -> namespace.rooms().isEmpty());
	}

	private static void checkEventLoops() {
		List<Future<?>> answers = new ArrayList<>();
		HttpResources.get().onServer(true).forEach((loop) -> answers.add(loop.submit(() -> {
		})));
		answers.forEach((answer) -> Await.get("an answer of an event loop", answer));
	}

	private boolean isBad(ILoggingEvent event) {
		boolean own = event.getLoggerName().startsWith(OWN);
		if (own && (hasControls(event.getFormattedMessage()) || hasControls(event.getThrowableProxy()))) {
			return true;
		}
		if (event.getLoggerName().endsWith(".MemoryWarnings")) {
			// What is closed or refused for want of memory has to be warned of
			return event.getLevel() != Level.WARN;
		}
		Level worst = own ? Level.WARN : Level.ERROR;
		return event.getFormattedMessage().contains("LEAK:")
				|| (event.getLevel().isGreaterOrEqual(worst) && !this.errorsExpected);
	}

	private static boolean hasControls(@Nullable IThrowableProxy thrown) {
		return thrown != null && (hasControls(thrown.getMessage()) || hasControls(thrown.getCause()));
	}

	private static boolean hasControls(@Nullable String text) {
		return text != null && text.chars().anyMatch(Character::isISOControl);
	}

	private String text(ILoggingEvent event) {
		String cause = (event.getThrowableProxy() != null)
				? ": " + event.getThrowableProxy().getClassName() + ": " + event.getThrowableProxy().getMessage() : "";
		return event.getLoggerName() + ": " + event.getFormattedMessage() + cause;
	}

	private static Logger own() {
		return (Logger) LoggerFactory.getLogger(OWN);
	}

	private static Logger root() {
		return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
	}

}
