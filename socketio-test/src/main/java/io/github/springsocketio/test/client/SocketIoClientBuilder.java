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

package io.github.springsocketio.test.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.github.springsocketio.socketio.packet.JsonPacketParser;
import io.github.springsocketio.socketio.packet.MsgpackPacketParser;
import io.github.springsocketio.socketio.packet.Packet;
import io.github.springsocketio.socketio.packet.PacketParser;
import io.github.springsocketio.socketio.packet.ParserOptions;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * Builds a {@link SocketIoClient}. The names of the options are those of the JavaScript
 * client.
 *
 * @since 0.1.0
 */
public final class SocketIoClientBuilder {

	private static final int MAX_MESSAGE = 100_000_000;

	private static final PacketParser JSON = JsonPacketParser.create(JsonMapper.builder().build(), limits());

	private static final PacketParser MSGPACK = MsgpackPacketParser.create(JsonMapper.builder().build(), limits());

	static {
		// the mapper initializes itself at the first value under a lock, which must not
		// happen on an event loop
		byte[] connect = "0{}".getBytes(StandardCharsets.US_ASCII);
		if (JSON.newDecoder().text(connect, 0, connect.length) instanceof Packet packet) {
			packet.arguments().get(0);
		}
	}

	private final URI url;

	private @Nullable String name;

	private int conversation = 300;

	private String path = "/socket.io/";

	private List<Transport> transports = List.of(Transport.POLLING, Transport.WEBSOCKET);

	private boolean upgrade = true;

	private int protocol = 4;

	private PacketParser parser = JSON;

	private Duration timeout = Duration.ofSeconds(5);

	private final Map<String, List<String>> headers = new LinkedHashMap<>();

	private final Map<String, String> query = new LinkedHashMap<>();

	private Supplier<? extends Map<String, ?>> auth = Map::of;

	private CookieStore cookies = CookieStore.create();

	private boolean withCredentials = true;

	private @Nullable String origin;

	private UnaryOperator<HttpClient> httpClient = UnaryOperator.identity();

	SocketIoClientBuilder(URI url) {
		Assert.isTrue("http".equals(url.getScheme()) || "https".equals(url.getScheme()),
				"'url' must begin with http:// or https://");
		this.url = url;
	}

	private static ParserOptions limits() {
		return ParserOptions.builder()
			.maxAttachments(10_000)
			.maxMessageBytes(MAX_MESSAGE)
			.maxStringLength(MAX_MESSAGE)
			.maxArguments(10_000)
			.build();
	}

	/**
	 * Set the name of the client in the conversation.
	 * @param name the name; the default is the address
	 * @return this builder
	 */
	public SocketIoClientBuilder name(String name) {
		this.name = name;
		return this;
	}

	/**
	 * Set the maximum number of lines of the conversation, and of stored responses.
	 * @param lines the number of lines; 300 by default, 0 for no conversation
	 * @return this builder
	 */
	public SocketIoClientBuilder conversation(int lines) {
		Assert.isTrue(lines >= 0, "'lines' must not be negative");
		this.conversation = lines;
		return this;
	}

	/**
	 * Set the path of the server.
	 * @param path the path; the default is {@code /socket.io/}
	 * @return this builder
	 */
	public SocketIoClientBuilder path(String path) {
		Assert.isTrue(path.startsWith("/"), "'path' must begin with a slash");
		this.path = path.endsWith("/") ? path : path + "/";
		return this;
	}

	/**
	 * Set the transports. The session starts with the first one.
	 * @param transports the transports; the default is polling and then websocket
	 * @return this builder
	 */
	public SocketIoClientBuilder transports(Transport... transports) {
		Assert.isTrue(transports.length > 0, "'transports' must not be empty");
		this.transports = List.copyOf(Arrays.asList(transports));
		return this;
	}

	/**
	 * Set whether a polling session is upgraded to a WebSocket as soon as it is open, if
	 * WebSocket is one of the transports. Otherwise, use
	 * {@link SocketIoClient#upgrade()}.
	 * @param upgrade {@code true} by default
	 * @return this builder
	 */
	public SocketIoClientBuilder upgrade(boolean upgrade) {
		this.upgrade = upgrade;
		return this;
	}

	/**
	 * Set the version of the Engine.IO protocol.
	 * @param protocol 4, the default, or 3 for Socket.IO 2
	 * @return this builder
	 */
	public SocketIoClientBuilder protocol(int protocol) {
		Assert.isTrue(protocol == 3 || protocol == 4, "'protocol' must be 3 or 4");
		this.protocol = protocol;
		return this;
	}

	/**
	 * Set the parser.
	 * @param parser the parser; the default is JSON with attachments
	 * @return this builder
	 */
	public SocketIoClientBuilder parser(PacketParser parser) {
		Assert.notNull(parser, "'parser' must not be null");
		this.parser = parser;
		return this;
	}

	/**
	 * Send and receive packets as MessagePack.
	 * @return this builder
	 */
	public SocketIoClientBuilder msgpack() {
		return parser(MSGPACK);
	}

	/**
	 * Set the time limit of the methods that wait.
	 * @param timeout the time limit; 5 seconds by default
	 * @return this builder
	 */
	public SocketIoClientBuilder timeout(Duration timeout) {
		Assert.isTrue(timeout.toMillis() > 0, "'timeout' must be at least 1 ms");
		this.timeout = timeout;
		return this;
	}

	/**
	 * Add a header to all requests.
	 * @param name the name
	 * @param values the values
	 * @return this builder
	 */
	public SocketIoClientBuilder extraHeader(String name, String... values) {
		this.headers.put(name, List.of(values));
		return this;
	}

	/**
	 * Add a query parameter to all requests.
	 * @param name the name
	 * @param value the value
	 * @return this builder
	 */
	public SocketIoClientBuilder query(String name, String value) {
		this.query.put(name, value);
		return this;
	}

	/**
	 * Set the {@code auth} payload of the sockets.
	 * @param auth the payload
	 * @return this builder
	 */
	public SocketIoClientBuilder auth(Map<String, ?> auth) {
		return auth(() -> auth);
	}

	/**
	 * Set a supplier of the {@code auth} payload of each connection of a socket.
	 * @param auth supplies the payload; must not block
	 * @return this builder
	 */
	public SocketIoClientBuilder auth(Supplier<? extends Map<String, ?>> auth) {
		Assert.notNull(auth, "'auth' must not be null");
		this.auth = auth;
		return this;
	}

	/**
	 * Set the store for cookies. Clients that share a store behave like the tabs of a
	 * browser.
	 * @param cookies the store; the default is a separate store
	 * @return this builder
	 */
	public SocketIoClientBuilder cookies(CookieStore cookies) {
		Assert.notNull(cookies, "'cookies' must not be null");
		this.cookies = cookies;
		return this;
	}

	/**
	 * Set whether the client stores and sends cookies.
	 * @param withCredentials {@code true} by default
	 * @return this builder
	 */
	public SocketIoClientBuilder withCredentials(boolean withCredentials) {
		this.withCredentials = withCredentials;
		return this;
	}

	/**
	 * Set the origin of the page from which the client connects. It is sent with all
	 * requests, and the {@code SameSite} attribute of cookies is applied.
	 * @param origin such as {@code https://app.example}; {@code null}, the default, for a
	 * client without a page, whose requests are all same-site
	 * @return this builder
	 */
	public SocketIoClientBuilder origin(@Nullable String origin) {
		this.origin = origin;
		return this;
	}

	/**
	 * Customize the client of Reactor Netty, such as for certificates.
	 * @param customizer returns the customized client; called once when the client is
	 * built; may block
	 * @return this builder
	 */
	public SocketIoClientBuilder httpClient(UnaryOperator<HttpClient> customizer) {
		Assert.notNull(customizer, "'customizer' must not be null");
		this.httpClient = customizer;
		return this;
	}

	/**
	 * Build the client.
	 * @return the client, which is not connected yet
	 */
	public SocketIoClient build() {
		return new SocketIoClient(new ClientOptions((this.name != null) ? this.name : this.url.toString(),
				this.conversation, this.url, this.path, this.transports, this.upgrade, this.protocol, this.parser,
				this.timeout, new LinkedHashMap<>(this.headers), new LinkedHashMap<>(this.query), this.auth,
				this.cookies, this.withCredentials, this.origin, this.httpClient.apply(SessionPool.client())));
	}

}
