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

package io.github.springsocketio.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.X509TrustManager;

import io.github.springsocketio.testsupport.TestCertificate;
import io.socket.client.IO;
import io.socket.client.Socket;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The official Java clients against servers with TLS, and with HTTP/2.
 */
@Timeout(60)
class JavaClientDeploymentIT extends JavaClientSupport {

	private static final Map<Deployment, ConfigurableApplicationContext> servers = new EnumMap<>(Deployment.class);

	@TempDir
	private static Path folder;

	static Stream<Arguments> deployments() {
		return Stream.of(Deployment.values())
			.flatMap((deployment) -> transports().map((transports) -> Arguments.of(deployment, transports)));
	}

	@BeforeAll
	static void start() {
		for (Deployment deployment : Deployment.values()) {
			servers.put(deployment, ConformanceApplication
				.start(Settings.of(Map.of("PROFILE", "java-client", "PORT", "0")), properties(deployment)));
		}
	}

	@AfterAll
	static void stop() {
		servers.values().forEach(ConfigurableApplicationContext::close);
	}

	@ParameterizedTest
	@MethodSource("deployments")
	@Tag("SEC-130")
	@Tag("SIO-36")
	@Tag("CK-160")
	void shouldServeTheClient(Deployment deployment, List<String> transports) throws Exception {
		Exchanges exchanges = new Exchanges();
		Socket socket = open(deployment, transports, client(deployment, exchanges));
		BlockingQueue<Object[]> disconnections = events(socket, Socket.EVENT_DISCONNECT);
		connected(socket);
		if (transports.contains("websocket")) {
			assertThat(exchanges.next("websocket").protocol()).isEqualTo(Protocol.HTTP_1_1);
		}
		shouldEcho(socket);
		JSONObject handshake = (JSONObject) ask(socket, "getHandshake", "")[0];
		assertThat(handshake.getBoolean("secure")).isEqualTo(deployment.secure);
		socket.emit("requestDisconnect");
		assertThat(next(disconnections)[0]).isEqualTo("io server disconnect");
		exchanges.shouldHaveUsed(deployment.protocol, transports);
	}

	private static void shouldEcho(Socket socket) throws InterruptedException {
		assertThat(ask(socket, "ack", 5, "é🦊")).containsExactly(5, "é🦊");
		byte[] bytes = { 0, 1, -1, 127 };
		assertThat((byte[]) ask(socket, "ack", bytes)[0]).isEqualTo(bytes);
		String text = "x".repeat(999_000);
		assertThat(ask(socket, "ack", text)).containsExactly(text);
		byte[] large = new byte[740_000];
		assertThat((byte[]) ask(socket, "ack", large)[0]).isEqualTo(large);
	}

	@Test
	@Tag("SEC-130")
	void shouldBeShunnedByClientsThatDoNotTrustIt() throws Exception {
		BlockingQueue<Exception> failures = new LinkedTransferQueue<>();
		OkHttpClient http = new OkHttpClient.Builder().addInterceptor((chain) -> {
			try {
				return chain.proceed(chain.request());
			}
			catch (IOException ex) {
				failures.add(ex);
				throw ex;
			}
		}).build();
		for (String transport : List.of("polling", "websocket")) {
			Socket socket = open(Deployment.TLS, List.of(transport), http);
			socket.connect();
			assertThat(next(failures)).isInstanceOf(SSLHandshakeException.class);
			socket.close();
		}
	}

	private Socket open(Deployment deployment, List<String> transports, OkHttpClient http) {
		String port = servers.get(deployment).getEnvironment().getProperty("local.server.port");
		IO.Options options = new IO.Options();
		options.reconnection = false;
		return openAt((deployment.secure ? "https" : "http") + "://localhost:" + port, transports, options, http);
	}

	private static String[] properties(Deployment deployment) {
		List<String> properties = new ArrayList<>(List.of("--socketio.allow-eio3=" + OLD,
				"--socketio.cookie.enabled=true", "--spring.reactor.netty.shutdown-quiet-period=0s",
				"--server.http2.enabled=" + deployment.http2));
		if (deployment.secure) {
			properties.addAll(List.of("--server.ssl.key-store=" + TestCertificate.get().store(folder),
					"--server.ssl.key-store-type=PKCS12",
					"--server.ssl.key-store-password=" + TestCertificate.PASSWORD));
		}
		return properties.toArray(String[]::new);
	}

	private static OkHttpClient client(Deployment deployment, Exchanges exchanges) throws Exception {
		OkHttpClient.Builder client = new OkHttpClient.Builder().readTimeout(1, TimeUnit.MINUTES)
			.cookieJar(new ListCookieJar(new CopyOnWriteArrayList<>()))
			.addInterceptor(exchanges);
		if (deployment.secure) {
			client.sslSocketFactory(TestCertificate.get().client().getSocketFactory(),
					(X509TrustManager) TestCertificate.get().trustManagers().getTrustManagers()[0]);
		}
		else {
			client.protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
		}
		return client.build();
	}

	private enum Deployment {

		TLS(true, false, Protocol.HTTP_1_1), HTTP_2_WITH_TLS(true, true, Protocol.HTTP_2),
		HTTP_2_WITHOUT_TLS(false, true, Protocol.H2_PRIOR_KNOWLEDGE);

		private final boolean secure;

		private final boolean http2;

		private final Protocol protocol;

		Deployment(boolean secure, boolean http2, Protocol protocol) {
			this.secure = secure;
			this.http2 = http2;
			this.protocol = protocol;
		}

	}

	private record Exchange(String transport, boolean first, Protocol protocol, String cookie) {

	}

	/**
	 * What the client sent, and the protocol that it was answered in.
	 */
	private static final class Exchanges implements Interceptor {

		private final List<Exchange> all = new CopyOnWriteArrayList<>();

		private final BlockingQueue<Exchange> latest = new LinkedTransferQueue<>();

		@Override
		public Response intercept(Chain chain) throws IOException {
			Response response = chain.proceed(chain.request());
			Request sent = response.networkResponse().request();
			Exchange exchange = new Exchange(sent.url().queryParameter("transport"),
					sent.url().queryParameter("sid") == null, response.protocol(), sent.header("Cookie"));
			this.all.add(exchange);
			this.latest.add(exchange);
			return response;
		}

		private Exchange next(String transport) throws InterruptedException {
			Exchange exchange = JavaClientSupport.next(this.latest);
			return exchange.transport().equals(transport) ? exchange : next(transport);
		}

		private void shouldHaveUsed(Protocol protocol, List<String> transports) {
			List<Exchange> polls = this.all.stream().filter((each) -> each.transport().equals("polling")).toList();
			assertThat(polls).hasSizeGreaterThanOrEqualTo(transports.contains("polling") ? 2 : 0)
				.allSatisfy((each) -> assertThat(each.protocol()).isEqualTo(protocol));
			assertThat(this.all).allSatisfy((each) -> {
				if (each.first()) {
					assertThat(each.cookie()).isNull();
				}
				else {
					assertThat(each.cookie()).matches("io=[\\w-]{20}");
				}
			});
		}

	}

}
