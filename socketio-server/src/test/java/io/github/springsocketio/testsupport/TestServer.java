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
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import io.github.springsocketio.engineio.EngineConnectionHandler;
import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.EngineState;
import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.engineio.VirtualTimers;
import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.engineio.web.EngineWebOptions;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.SslProvider;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ContextPathCompositeHandler;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * A WebFlux application on a Reactor Netty server of its own, with an engine that sends
 * back every message and a last handler that answers 404. Its heartbeat is too slow to be
 * seen, unless a test asks for another.
 */
public final class TestServer implements AutoCloseable {

	private final EngineServer engine;

	private final EngineWebOptions webOptions;

	private final Recorder recorder;

	private final String contextPath;

	private final @Nullable SSLContext tls;

	private final boolean customized;

	private final DisposableServer server;

	private final List<AutoCloseable> clients = new ArrayList<>();

	private final BlockingQueue<ServerWebExchange> requests = new LinkedTransferQueue<>();

	private final AtomicInteger passedOn = new AtomicInteger();

	private @Nullable ChaosProxy proxy;

	private int receiveBuffer;

	private TestServer(Spec spec) {
		this.engine = spec.engineFactory.apply(spec.engine.build());
		this.webOptions = spec.web.build();
		this.recorder = spec.recorder;
		this.customized = spec.customized || spec.handler != null || !spec.webFilters.isEmpty();
		this.contextPath = spec.contextPath;
		this.tls = spec.tls ? TestCertificate.get().client() : null;
		this.engine.setConnectionHandler((spec.handler != null) ? spec.handler : this.recorder);
		this.engine.addListener(this.recorder.errorListener());
		EngineWebFilter.Builder filter = EngineWebFilter.builder(this.engine).options(this.webOptions);
		spec.filter.accept(filter);
		HttpHandler handler = handler(spec.webFilters, filter.build());
		HttpServer http = spec.http.apply(HttpServer.create().host("localhost").port(0));
		this.server = (spec.tls ? secure(http, spec) : http)
			.handle(new ReactorHttpHandlerAdapter(withContextPath(handler)))
			.bindNow(Await.LIMIT);
	}

	private static HttpServer secure(HttpServer http, Spec spec) {
		KeyManagerFactory keys = TestCertificate.get().keyManagers();
		SslProvider.GenericSslContextSpec<SslContextBuilder> context = spec.http2 ? Http2SslContextSpec.forServer(keys)
				: Http11SslContextSpec.forServer(keys);
		if (spec.clientCertificates) {
			context.configure((builder) -> builder.clientAuth(ClientAuth.OPTIONAL)
				.trustManager(TestCertificate.get().trustManagers()));
		}
		HttpServer secured = http.secure((ssl) -> ssl.sslContext(context));
		return spec.http2 ? secured.protocol(HttpProtocol.HTTP11, HttpProtocol.H2) : secured;
	}

	private HttpHandler withContextPath(HttpHandler handler) {
		return this.contextPath.isEmpty() ? handler
				: new ContextPathCompositeHandler(Map.of(this.contextPath, handler));
	}

	private HttpHandler handler(List<WebFilter> webFilters, EngineWebFilter engineFilter) {
		return WebHttpHandlerBuilder.webHandler(this::notFound).filters((filters) -> {
			filters.add(this::record);
			filters.addAll(webFilters);
			filters.add(engineFilter);
		}).build();
	}

	private Mono<Void> record(ServerWebExchange exchange, WebFilterChain chain) {
		Mono<Void> handling = chain.filter(exchange);
		// noted when the engine has begun to handle it, and waits for more
		return Mono.from((subscriber) -> {
			handling.subscribe(subscriber);
			this.requests.add(exchange);
		});
	}

	private Mono<Void> notFound(ServerWebExchange exchange) {
		this.passedOn.incrementAndGet();
		exchange.getResponse().setStatusCode(HttpStatus.NOT_FOUND);
		return exchange.getResponse().setComplete();
	}

	public int port() {
		return this.server.port();
	}

	public EngineServer engine() {
		return this.engine;
	}

	public Recorder recorder() {
		return this.recorder;
	}

	/**
	 * Return a session, which must be there.
	 * @param sid its id
	 * @return the session
	 */
	public EngineSession session(String sid) {
		EngineSession session = this.engine.session(sid);
		if (session == null) {
			throw new AssertionError("There is no session " + sid);
		}
		return session;
	}

	public boolean isAlive(String sid) {
		return this.engine.session(sid) != null;
	}

	/**
	 * Wait until a request has reached the engine and waits there for more input or for
	 * something to send, or is answered.
	 * @param mark what the query of the request holds, and that of no other
	 */
	public void awaitRequest(String mark) {
		String query;
		do {
			query = Await.next("the request " + mark, this.requests).getRequest().getURI().getRawQuery();
		}
		while (query == null || !query.contains(mark));
	}

	/**
	 * Return how many requests the engine left to others.
	 * @return the number
	 */
	public int passedOn() {
		return this.passedOn.get();
	}

	/**
	 * Return the request target of the engine.
	 * @param query the query; without {@code EIO} for protocol 4
	 * @return path and query
	 */
	public String target(String query) {
		return path() + "?" + (query.contains("EIO=") ? "" : "EIO=4&") + query;
	}

	public String path() {
		return this.contextPath + this.webOptions.path() + "/";
	}

	/**
	 * Put a proxy between this server and the clients that are opened from now on.
	 * @return the proxy
	 */
	public ChaosProxy proxy() {
		ChaosProxy created = track(new ChaosProxy(port()));
		this.proxy = created;
		return created;
	}

	/**
	 * Let the systems of the clients that are opened from now on accept little before it
	 * is read.
	 * @param bytes how much
	 */
	public void receiveBuffer(int bytes) {
		this.receiveBuffer = bytes;
	}

	/**
	 * Return what clients encrypt with.
	 * @return their context
	 */
	public SSLContext tls() {
		return Objects.requireNonNull(this.tls);
	}

	/**
	 * Open a connection.
	 * @return a client with a connection of its own
	 */
	public RawHttp http() {
		ChaosProxy between = this.proxy;
		int port = (between != null) ? between.port() : port();
		return track(new RawHttp(new RawConnection(port, this.tls, this.receiveBuffer)));
	}

	/**
	 * Make a polling handshake.
	 * @param headers further headers
	 * @return the session's client
	 */
	public PollingClient polling(String... headers) {
		return new PollingClient(this, "", headers);
	}

	/**
	 * Open a websocket.
	 * @param query the query, without {@code EIO} and the transport; may be empty
	 * @param headers further headers
	 * @return the websocket, before anything was read from it
	 */
	public RawWebSocket websocket(String query, String... headers) {
		return RawWebSocket.open(http(), target("transport=websocket" + (query.isEmpty() ? "" : "&" + query)), headers);
	}

	/**
	 * Open a websocket that begins a session, and read its open packet.
	 * @return the websocket
	 */
	public RawWebSocket openWebsocket() {
		RawWebSocket websocket = websocket("");
		String open = websocket.readText();
		if (!open.startsWith("0{")) {
			throw new AssertionError("No open packet: " + open);
		}
		return websocket;
	}

	/**
	 * See that the server is up and serves others after what a test did to it: a session
	 * is opened and gets a message. Where the test's own code decides about sessions,
	 * nothing is tried.
	 */
	void checkHealth() {
		if (this.customized || this.engine.options().idGenerator() != null) {
			return;
		}
		RawHttp http = http();
		if (http.upgrade(target("transport=websocket")).status() != 101) {
			return;
		}
		RawWebSocket websocket = new RawWebSocket(http.connection());
		String text = websocket.readText();
		EngineSession session = session(PollingClient.sid(text));
		session.send("healthy");
		while (!text.equals("4healthy")) {
			text = websocket.readText();
		}
		websocket.sendText("1");
	}

	private <T extends AutoCloseable> T track(T client) {
		this.clients.add(client);
		return client;
	}

	/**
	 * Close all clients, see that no session is left, and stop the server.
	 */
	@Override
	public void close() {
		try {
			endPollingSessions();
			closeClients();
			Await.until("every session is gone: " + this.engine.clientsCount(),
					() -> this.engine.clientsCount() == 0 && this.engine.sessions().isEmpty());
			Await.until("no timer is left", () -> EngineState.liveTimers(this.engine) == 0);
			Await.until("no memory is counted any more", () -> EngineState.countedMemory(this.engine) == 0);
		}
		finally {
			this.server.disposeNow(Await.LIMIT);
		}
	}

	private void closeClients() {
		for (AutoCloseable client : this.clients) {
			try {
				client.close();
			}
			catch (Exception ex) {
				throw new AssertionError(ex);
			}
		}
	}

	/**
	 * The end of its connections does not end a polling session, so say good-bye.
	 */
	private void endPollingSessions() {
		for (EngineSession session : List.copyOf(this.engine.sessions())) {
			if (session.transportType() == TransportType.POLLING) {
				try (RawHttp http = new RawHttp(port(), this.tls)) {
					boolean old = session.protocol() == 3;
					http.post(target((old ? "EIO=3&" : "") + "transport=polling&sid=" + session.id()),
							old ? "1:1" : "1");
				}
			}
		}
	}

	/**
	 * What a server is made of.
	 */
	public static final class Spec {

		private final EngineOptions.Builder engine = EngineOptions.builder();

		private final EngineWebOptions.Builder web = EngineWebOptions.builder();

		private final List<WebFilter> webFilters = new ArrayList<>();

		private final Recorder recorder = new Recorder();

		private Consumer<EngineWebFilter.Builder> filter = (builder) -> {
		};

		private @Nullable EngineConnectionHandler handler;

		private Function<EngineOptions, EngineServer> engineFactory = EngineServer::create;

		private UnaryOperator<HttpServer> http = UnaryOperator.identity();

		private String contextPath = "";

		private boolean tls;

		private boolean http2;

		private boolean clientCertificates;

		private boolean customized;

		Spec() {
		}

		/**
		 * Serve the application below a path.
		 * @param path the path, without a slash at its end
		 * @return this spec
		 */
		public Spec contextPath(String path) {
			this.contextPath = path;
			return this;
		}

		/**
		 * Encrypt.
		 * @return this spec
		 */
		public Spec tls() {
			this.tls = true;
			return this;
		}

		/**
		 * Encrypt, and accept certificates of clients.
		 * @return this spec
		 */
		public Spec clientCertificates() {
			this.clientCertificates = true;
			return tls();
		}

		/**
		 * Encrypt, and speak HTTP/2 with those who ask for it.
		 * @return this spec
		 */
		public Spec http2() {
			this.http2 = true;
			return tls();
		}

		/**
		 * Set options of the engine.
		 * @param options sets them
		 * @return this spec
		 */
		public Spec engine(Consumer<EngineOptions.Builder> options) {
			options.accept(this.engine);
			return this;
		}

		/**
		 * Set options of the endpoint.
		 * @param options sets them
		 * @return this spec
		 */
		public Spec web(Consumer<EngineWebOptions.Builder> options) {
			options.accept(this.web);
			return this;
		}

		/**
		 * Set the listeners of the endpoint.
		 * @param listeners sets them
		 * @return this spec
		 */
		public Spec endpoint(Consumer<EngineWebFilter.Builder> listeners) {
			this.filter = this.filter.andThen(listeners);
			this.customized = true;
			return this;
		}

		/**
		 * Add a filter of the application.
		 * @param webFilter the filter
		 * @return this spec
		 */
		public Spec webFilter(WebFilter webFilter) {
			this.webFilters.add(webFilter);
			return this;
		}

		/**
		 * Put something on top of the engine, in place of the recorder.
		 * @param connectionHandler the handler
		 * @return this spec
		 */
		public Spec handler(EngineConnectionHandler connectionHandler) {
			this.handler = connectionHandler;
			return this;
		}

		/**
		 * Let the time of the engine pass by hand.
		 * @param clock its clock
		 * @return this spec
		 */
		public Spec clock(VirtualTimers clock) {
			this.engineFactory = (options) -> EngineServer.create(options, clock);
			return this;
		}

		/**
		 * Record messages, but do not send them back.
		 * @return this spec
		 */
		public Spec silent() {
			this.recorder.silence();
			return this;
		}

		/**
		 * Change the HTTP server.
		 * @param customizer changes it
		 * @return this spec
		 */
		public Spec http(UnaryOperator<HttpServer> customizer) {
			this.http = customizer;
			return this;
		}

		TestServer start() {
			return new TestServer(this);
		}

	}

}
