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

package io.github.springsocketio.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.springsocketio.test.client.ClientSocket;
import io.github.springsocketio.test.client.ConnectErrorException;
import io.github.springsocketio.test.client.CookieStore;
import io.github.springsocketio.test.client.HandshakeException;
import io.github.springsocketio.test.client.HandshakeResponse;
import io.github.springsocketio.test.client.SocketIoClient;
import io.github.springsocketio.test.client.SocketIoClientBuilder;
import io.github.springsocketio.test.client.SocketIoClientException;
import io.github.springsocketio.test.client.Transport;

import org.springframework.util.Assert;

/**
 * Tests a Socket.IO server with a client, in the style of {@code WebTestClient}: a test
 * reads like the conversation.
 *
 * <pre class="code">
 * SocketTester ann = tester.namespace("/chat").auth(Map.of("token", "…")).connect();
 * SocketTester bob = tester.namespace("/chat").connect();
 * ann.emitWithAck("send", "hello").expectAck(Receipt.class);
 * bob.expectEvent("message", String.class).isEqualTo("hello");
 * tester.handshake().expectCookie("io").httpOnly().sameSite("Lax");
 * </pre>
 *
 * <p>
 * Testers are immutable and thread-safe: each method for a setting returns another
 * tester. Each {@link #connect()} creates a new client, with separate cookies unless
 * {@link #cookies(CookieStore)} is set. A failed assertion throws an
 * {@link AssertionError} with the conversation in its message.
 *
 * @since 0.1.0
 */
public final class SocketIoTester implements AutoCloseable {

	private final Supplier<String> url;

	private final String nsp;

	private final List<Consumer<SocketIoClientBuilder>> settings;

	private final Queue<SocketIoClient> clients;

	private SocketIoTester(Supplier<String> url, String nsp, List<Consumer<SocketIoClientBuilder>> settings,
			Queue<SocketIoClient> clients) {
		this.url = url;
		this.nsp = nsp;
		this.settings = settings;
		this.clients = clients;
	}

	/**
	 * Create a tester for a running server.
	 * @param url the address, such as {@code http://localhost:8080}
	 * @return the tester
	 */
	public static SocketIoTester bindToServer(String url) {
		return bindToServer(() -> url);
	}

	/**
	 * Create a tester for a server whose address is not known before a client connects.
	 * @param url supplies the address, such as {@code http://localhost:8080}
	 * @return the tester
	 */
	public static SocketIoTester bindToServer(Supplier<String> url) {
		Assert.notNull(url, "'url' must not be null");
		return new SocketIoTester(url, "/", List.of(), new ConcurrentLinkedQueue<>());
	}

	/**
	 * Set the namespace. The default is the main namespace.
	 * @param nsp the namespace
	 * @return a tester with this setting
	 */
	public SocketIoTester namespace(String nsp) {
		Assert.hasText(nsp, "'nsp' must not be empty");
		return new SocketIoTester(this.url, nsp, this.settings, this.clients);
	}

	/**
	 * Set the {@code auth} payload of the CONNECT packet.
	 * @param auth the payload
	 * @return a tester with this setting
	 */
	public SocketIoTester auth(Map<String, ?> auth) {
		return client((client) -> client.auth(auth));
	}

	/**
	 * Set a supplier of the {@code auth} payload of each CONNECT packet.
	 * @param auth supplies the payload; must not block
	 * @return a tester with this setting
	 */
	public SocketIoTester auth(Supplier<? extends Map<String, ?>> auth) {
		return client((client) -> client.auth(auth));
	}

	/**
	 * Set a header of all requests.
	 * @param name the name
	 * @param values the values
	 * @return a tester with this setting
	 */
	public SocketIoTester header(String name, String... values) {
		return client((client) -> client.extraHeader(name, values));
	}

	/**
	 * Set a query parameter of all requests.
	 * @param name the name
	 * @param value the value
	 * @return a tester with this setting
	 */
	public SocketIoTester query(String name, String value) {
		return client((client) -> client.query(name, value));
	}

	/**
	 * Set the store for cookies, so that several clients share them like the tabs of a
	 * browser.
	 * @param cookies the store
	 * @return a tester with this setting
	 */
	public SocketIoTester cookies(CookieStore cookies) {
		return client((client) -> client.cookies(cookies));
	}

	/**
	 * Set the origin of the page from which the client connects.
	 * @param origin such as {@code https://app.example}
	 * @return a tester with this setting
	 */
	public SocketIoTester origin(String origin) {
		return client((client) -> client.origin(origin));
	}

	/**
	 * Set the transports. The default is polling and an upgrade to websocket.
	 * @param transports the transports, the first one for the handshake
	 * @return a tester with this setting
	 */
	public SocketIoTester transports(Transport... transports) {
		return client((client) -> client.transports(transports));
	}

	/**
	 * Set the time limit of all methods that wait.
	 * @param timeout the time limit; 5 seconds by default
	 * @return a tester with this setting
	 */
	public SocketIoTester timeout(Duration timeout) {
		return client((client) -> client.timeout(timeout));
	}

	/**
	 * Set the name of the client in the messages of errors.
	 * @param name the name
	 * @return a tester with this setting
	 */
	public SocketIoTester name(String name) {
		return client((client) -> client.name(name));
	}

	/**
	 * Set other options of the client, such as its path, parser or protocol.
	 * @param settings called with the builder of each client
	 * @return a tester with these settings
	 */
	public SocketIoTester client(Consumer<SocketIoClientBuilder> settings) {
		List<Consumer<SocketIoClientBuilder>> all = new ArrayList<>(this.settings);
		all.add(settings);
		return new SocketIoTester(this.url, this.nsp, List.copyOf(all), this.clients);
	}

	/**
	 * Apply a configurer, such as one for an authenticated user.
	 * @param configurer the configurer
	 * @return the configured tester
	 */
	public SocketIoTester mutateWith(SocketIoTesterConfigurer configurer) {
		return configurer.configure(this);
	}

	/**
	 * Connect a client to the namespace.
	 * @return the connected client
	 * @throws AssertionError if the connection is refused or not established within the
	 * time limit
	 */
	public SocketTester connect() {
		ClientSocket socket = newClient().socket(this.nsp);
		try {
			return new SocketTester(socket.connect());
		}
		catch (SocketIoClientException ex) {
			throw new AssertionError(ex.getMessage(), ex);
		}
	}

	/**
	 * Expect that the server refuses a client in the namespace.
	 * @return the refusal
	 * @throws AssertionError if the client is connected, the handshake is refused, or
	 * there is no response within the time limit
	 */
	public ConnectErrorSpec expectConnectError() {
		SocketIoClient client = newClient();
		try {
			client.connect(this.nsp);
		}
		catch (ConnectErrorException ex) {
			return new ConnectErrorSpec(ex);
		}
		catch (SocketIoClientException ex) {
			throw new AssertionError(ex.getMessage(), ex);
		}
		throw new AssertionError("Expected that the server refuses the connection to the namespace " + this.nsp
				+ ", but it is accepted\n" + client.conversation());
	}

	/**
	 * Perform a handshake and close the session, for assertions on the response, whether
	 * it is a success or a refusal.
	 * @return the response
	 * @throws AssertionError if there is no response within the time limit
	 */
	public HandshakeSpec handshake() {
		SocketIoClient client = newClient();
		try {
			client.open();
		}
		catch (HandshakeException ex) {
			return new HandshakeSpec(ex.response(), client.conversation());
		}
		catch (SocketIoClientException ex) {
			throw new AssertionError(ex.getMessage(), ex);
		}
		HandshakeResponse response = client.handshake();
		Assert.state(response != null, "An open session has a response");
		client.close();
		return new HandshakeSpec(response, client.conversation());
	}

	/**
	 * Create a client with the settings of this tester. It is closed with the tester.
	 * @return the client, which is not connected yet
	 */
	public SocketIoClient newClient() {
		SocketIoClientBuilder builder = SocketIoClient.builder(this.url.get());
		this.settings.forEach((setting) -> setting.accept(builder));
		SocketIoClient client = builder.build();
		this.clients.add(client);
		return client;
	}

	/**
	 * Return the clients of this tester and of those that were derived from the same one.
	 * @return the clients that were created and not closed by {@link #close()}
	 */
	public List<SocketIoClient> clients() {
		return List.copyOf(this.clients);
	}

	/**
	 * Close all clients of this tester and of those that were derived from the same one.
	 * @throws AssertionError if a listener of a client has thrown an exception or error
	 */
	@Override
	public void close() {
		AssertionError failure = null;
		for (SocketIoClient client = this.clients.poll(); client != null; client = this.clients.poll()) {
			try {
				client.close();
			}
			catch (SocketIoClientException ex) {
				if (failure == null) {
					failure = new AssertionError(ex.getMessage(), ex);
				}
				else {
					failure.addSuppressed(ex);
				}
			}
		}
		if (failure != null) {
			throw failure;
		}
	}

}
