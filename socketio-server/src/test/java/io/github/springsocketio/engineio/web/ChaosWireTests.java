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

package io.github.springsocketio.engineio.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.ChaosLink;
import io.github.springsocketio.testsupport.ChaosProxy;
import io.github.springsocketio.testsupport.PollingClient;
import io.github.springsocketio.testsupport.RawConnection;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawResponse;
import io.github.springsocketio.testsupport.RawWebSocket;
import io.github.springsocketio.testsupport.Recorder;
import io.github.springsocketio.testsupport.TestServer;
import io.github.springsocketio.testsupport.TestServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bad networks: connections that are slow, in pieces, repeated, broken or forgotten in
 * each phase of a session. Sessions end as they should, no other one notices, and nothing
 * is left.
 */
@Tag("SEC-128")
class ChaosWireTests {

	private static final Duration SLOW = Duration.ofMillis(2);

	@RegisterExtension
	final TestServers servers = new TestServers(this::customize);

	void customize(TestServer.Spec spec) {
		// for those who run the same tests with other options
	}

	@Test
	void shouldPollWhenEachByteComesAlone() {
		TestServer server = this.servers.start();
		server.proxy().shape(ChaosLink::split);
		PollingClient client = server.polling();
		assertThat(client.post("4h\u00e4llo\u001e4\ud83d\ude00\u001ebAQID").text()).isEqualTo("ok");
		assertThat(client.poll().text()).isEqualTo("4h\u00e4llo\u001e4\ud83d\ude00\u001ebAQID");
		CompletableFuture<RawResponse> hanging = client.hang();
		client.session().send("late");
		assertThat(Await.get("the poll", hanging).text()).isEqualTo("4late");
	}

	@Test
	void shouldSpeakWebsocketWhenEachByteComesAlone() {
		TestServer server = this.servers.start();
		server.proxy().shape(ChaosLink::split);
		RawWebSocket websocket = server.openWebsocket();
		websocket.sendText("4h\u00e4llo \ud83d\ude00");
		assertThat(websocket.readText()).isEqualTo("4h\u00e4llo \ud83d\ude00");
		byte[] data = new byte[3000];
		new Random(5).nextBytes(data);
		websocket.sendBinary(data);
		assertThat(websocket.readBinary()).isEqualTo(data);
		websocket.send(RawWebSocket.frame(RawWebSocket.TEXT, true, "4in ".getBytes(StandardCharsets.UTF_8)));
		websocket.send(RawWebSocket.frame(0x89, true, new byte[] { 1 }));
		websocket.send(RawWebSocket.frame(0x80, true, "pieces".getBytes(StandardCharsets.UTF_8)));
		assertThat(websocket.read().opcode()).isEqualTo(RawWebSocket.PONG);
		assertThat(websocket.readText()).isEqualTo("4in pieces");
		websocket.sendClose(1000);
		assertThat(websocket.readClose()).isEqualTo(1000);
	}

	@Test
	void shouldUpgradeWhenEachByteComesAlone() {
		TestServer server = this.servers.start();
		server.proxy().shape(ChaosLink::split);
		PollingClient client = server.polling();
		RawWebSocket websocket = client.upgrade();
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
	}

	@Test
	void shouldUpgradeOverASlowConnectionAndKeepWhatIsSentMeanwhile() {
		TestServer server = this.servers.start();
		server.proxy().throttle(16, SLOW);
		PollingClient client = server.polling();
		for (int i = 0; i < 20; i++) {
			client.session().send("before " + i);
		}
		RawWebSocket websocket = client.upgrade();
		client.session().send("after");
		for (int i = 0; i < 20; i++) {
			assertThat(websocket.readText()).isEqualTo("4before " + i);
		}
		assertThat(websocket.readText()).isEqualTo("4after");
	}

	@Test
	void shouldServeOthersWhileOneIsSlow() {
		TestServer server = this.servers.start();
		RawWebSocket healthy = server.openWebsocket();
		server.proxy().throttle(1024, SLOW);
		RawWebSocket slow = server.openWebsocket();
		byte[] data = new byte[100_000];
		new Random(6).nextBytes(data);
		slow.sendBinary(data);
		assertHealthy(healthy);
		assertThat(slow.readBinary()).isEqualTo(data);
		assertHealthy(healthy);
	}

	@Test
	@Tag("EIO-39")
	void shouldCloseASessionWhosePollIsRepeated() {
		TestServer server = this.servers.start();
		RawWebSocket healthy = server.openWebsocket();
		ChaosProxy proxy = server.proxy();
		PollingClient client = server.polling();
		proxy.link(client.gets().connection()).repeat();
		client.gets().send("GET", client.target(), null);
		assertThat(client.awaitClose().reason()).isEqualTo(CloseReason.TRANSPORT_ERROR);
		assertHealthy(healthy);
	}

	@Test
	void shouldServeBothWhenAWebsocketIsRepeated() {
		TestServer server = this.servers.start();
		server.proxy().shape(ChaosLink::repeat);
		RawWebSocket websocket = server.openWebsocket();
		websocket.sendText("4hello");
		assertThat(websocket.readText()).isEqualTo("4hello");
		assertThat(server.recorder().awaitMessage()).isEqualTo("hello");
		assertThat(server.recorder().awaitMessage()).isEqualTo("hello");
		assertThat(server.engine().clientsCount()).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource
	@Tag("SEC-19")
	void shouldLeaveNothingWhenAConnectionIsReset(Phase phase) {
		breakOff(phase, ChaosLink::reset);
	}

	@ParameterizedTest
	@EnumSource
	@Tag("SEC-37")
	void shouldLeaveNothingWhenTheClientEndsItsDirection(Phase phase) {
		breakOff(phase, ChaosLink::halfClose);
	}

	private void breakOff(Phase phase, End end) {
		TestServer server = this.servers.start();
		RawWebSocket healthy = server.openWebsocket();
		Peer peer = new Peer(server, server.proxy());
		RawConnection connection = phase.reach(peer);
		end.come(peer.proxy.link(connection));
		if (phase.reason != null) {
			assertThat(server.recorder().awaitClose(peer.sid()).reason()).isEqualTo(phase.reason);
		}
		else if (peer.polling != null) {
			assertThat(server.isAlive(peer.sid())).isTrue();
			assertThat(server.http().post(peer.polling.target(), "4still here").text()).isEqualTo("ok");
			assertThat(server.http().get(peer.polling.target()).text()).endsWith("4still here");
		}
		else {
			assertThat(server.engine().clientsCount()).isEqualTo(1);
		}
		assertHealthy(healthy);
	}

	@ParameterizedTest
	@EnumSource
	@Tag("SEC-37")
	void shouldLeaveNothingWhenAConnectionVanishes(Phase phase) {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> {
			engine.pingInterval(Duration.ofMillis(100));
			engine.pingTimeout(Duration.ofMillis(200));
		}));
		Peer peer = new Peer(server, server.proxy());
		RawConnection connection = phase.reach(peer);
		peer.proxy.link(connection).vanish();
		if (peer.sid != null || peer.polling != null) {
			assertThat(server.recorder().awaitClose(peer.sid()).reason()).isEqualTo(CloseReason.PING_TIMEOUT);
		}
		Await.until("no session is left", () -> server.engine().clientsCount() == 0);
		assertHealthy(server.openWebsocket());
	}

	@Test
	@Tag("SEC-37")
	void shouldCloseTheConnectionOfAWebsocketThatVanished() {
		TestServer server = this.servers.start((spec) -> spec.engine((engine) -> {
			engine.pingInterval(Duration.ofMillis(100));
			engine.pingTimeout(Duration.ofMillis(100));
		}));
		ChaosProxy proxy = server.proxy();
		RawWebSocket websocket = server.openWebsocket();
		String sid = server.recorder().awaitSession().id();
		ChaosLink link = proxy.link(websocket.connection());
		link.vanish();
		assertThat(server.recorder().awaitClose(sid)).isEqualTo(new Recorder.Closed(CloseReason.PING_TIMEOUT, null));
		// the server first gives the client time for its answer to the close frame
		Await.until("the server has closed the connection", link::isServerDone);
	}

	private static void assertHealthy(RawWebSocket websocket) {
		websocket.sendText("4how are you");
		String text = websocket.readText();
		assertThat(text.equals("2") ? websocket.readText() : text).isEqualTo("4how are you");
	}

	/**
	 * How a connection ends.
	 */
	@FunctionalInterface
	interface End {

		void come(ChaosLink link);

	}

	/**
	 * The client behind the proxy.
	 */
	static final class Peer {

		final TestServer server;

		final ChaosProxy proxy;

		@Nullable PollingClient polling;

		@Nullable String sid;

		Peer(TestServer server, ChaosProxy proxy) {
			this.server = server;
			this.proxy = proxy;
		}

		PollingClient poll() {
			PollingClient created = this.server.polling();
			this.polling = created;
			return created;
		}

		RawWebSocket websocket() {
			RawWebSocket websocket = this.server.websocket("");
			this.sid = PollingClient.sid(websocket.readText());
			return websocket;
		}

		String sid() {
			return (this.polling != null) ? this.polling.sid() : String.valueOf(this.sid);
		}

	}

	/**
	 * How far a client has come.
	 */
	enum Phase {

		HANDSHAKE_BEGUN(null) {

			@Override
			RawConnection reach(Peer peer) {
				RawHttp http = peer.server.http();
				http.connection().write("GET " + peer.server.target("transport=polling") + " HTTP/1.1\r\nHo");
				return http.connection();
			}

		},

		POLLS_IDLE(null) {

			@Override
			RawConnection reach(Peer peer) {
				return peer.poll().gets().connection();
			}

		},

		POLL_HANGS(CloseReason.TRANSPORT_ERROR) {

			@Override
			RawConnection reach(Peer peer) {
				PollingClient client = peer.poll();
				client.gets().send("GET", client.target(), null);
				Await.until("the poll hangs", () -> client.session().isWritable());
				return client.gets().connection();
			}

		},

		POST_BEGUN(CloseReason.TRANSPORT_ERROR) {

			@Override
			RawConnection reach(Peer peer) {
				PollingClient client = peer.poll();
				client.beginPost(100, "4begun");
				return client.posts().connection();
			}

		},

		WEBSOCKET_BEGUN(null) {

			@Override
			RawConnection reach(Peer peer) {
				RawHttp http = peer.server.http();
				http.connection()
					.write("GET " + peer.server.target("transport=websocket")
							+ " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConn");
				return http.connection();
			}

		},

		WEBSOCKET_OPEN(CloseReason.TRANSPORT_CLOSE) {

			@Override
			RawConnection reach(Peer peer) {
				return peer.websocket().connection();
			}

		},

		FRAME_BEGUN(CloseReason.TRANSPORT_CLOSE) {

			@Override
			RawConnection reach(Peer peer) {
				RawWebSocket websocket = peer.websocket();
				websocket.send(RawWebSocket.header(0x82, true, 100_000));
				websocket.send(new byte[50_000]);
				return websocket.connection();
			}

		},

		UPGRADE_PROBED(null) {

			@Override
			RawConnection reach(Peer peer) {
				return peer.poll().probedCandidate().connection();
			}

		},

		UPGRADED(CloseReason.TRANSPORT_CLOSE) {

			@Override
			RawConnection reach(Peer peer) {
				PollingClient client = peer.poll();
				RawWebSocket websocket = client.upgrade();
				assertThat(client.session().transportType()).isEqualTo(TransportType.WEBSOCKET);
				return websocket.connection();
			}

		};

		/** What the end of the connection then does; {@code null} for nothing. */
		final @Nullable CloseReason reason;

		Phase(@Nullable CloseReason reason) {
			this.reason = reason;
		}

		abstract RawConnection reach(Peer peer);

	}

}
