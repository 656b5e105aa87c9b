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

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.github.springsocketio.engineio.CloseReason;
import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.engineio.SilentHandler;
import io.github.springsocketio.engineio.TransportServer;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.testsupport.Await;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.adapter.DefaultServerWebExchange;
import org.springframework.web.server.i18n.AcceptHeaderLocaleContextResolver;
import org.springframework.web.server.session.DefaultWebSessionManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What threads do to a waiting poll at the same moment.
 */
class PollingTransportTests {

	private static final String TARGET = "/socket.io/?EIO=4&transport=polling";

	private static final Executor THREADS = (task) -> new Thread(task, "polling-transport").start();

	private final TransportServer server = (TransportServer) EngineServer.create(EngineOptions.defaults());

	private final DataRate rate = new DataRate(this.server, EngineWebOptions.defaults());

	private final EngineRequest request = new EngineRequest(
			new DefaultServerWebExchange(new Request(), new MockServerHttpResponse(), new DefaultWebSessionManager(),
					ServerCodecConfigurer.create(), new AcceptHeaderLocaleContextResolver()),
			TARGET, this.rate);

	private final PollingTransport transport = new PollingTransport(PollingFormat.of(this.request),
			new UploadWatch(this.rate), null, 1000000);

	private final CompletableFuture<String> closed = new CompletableFuture<>();

	private final List<String> answers = new CopyOnWriteArrayList<>();

	private EngineSession session;

	@BeforeEach
	void open() {
		this.server.setConnectionHandler((opened) -> new Handler());
		this.session = this.server.open("id", 4, this.request.toHandshake(), this.transport);
		assertThat(this.session).isNotNull();
	}

	@AfterEach
	void close() {
		this.server.close().block(Await.LIMIT);
	}

	@Test
	void pollWaitsOnWhenThereIsOnlyAMark() throws Exception {
		for (int i = 0; i < 3000; i++) {
			PendingPoll poll = poll();
			CompletableFuture<Void> flushed = new CompletableFuture<>();
			CompletableFuture<Void> other = CompletableFuture.runAsync(() -> this.session.flushed()
				.subscribe(null, flushed::completeExceptionally, () -> flushed.complete(null)), THREADS);
			poll.subscribe();
			other.get(10, TimeUnit.SECONDS);
			flushed.get(10, TimeUnit.SECONDS);
			assertThat(this.answers).isEmpty();
			this.session.send("done");
			assertThat(this.answers).containsExactly("4done");
			this.answers.clear();
		}
	}

	@Test
	@Tag("EIO-41")
	void pollThatIsGivenUpAsItBeginsEndsTheSession() throws Exception {
		poll().subscribe(new BaseSubscriber<>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				subscription.cancel();
			}

		});
		assertThat(this.closed.get(10, TimeUnit.SECONDS))
			.isEqualTo(CloseReason.TRANSPORT_ERROR + ": poll connection closed prematurely");
	}

	private PendingPoll poll() {
		return new PendingPoll(this.request, this.transport, this::write);
	}

	private Mono<Void> write(PendingPoll poll, List<EncodedMessage> messages) {
		return Mono.fromRunnable(() -> this.answers.add(new String(this.transport.format().encode(messages).body())));
	}

	/**
	 * A request of a server that has no event loops.
	 */
	private static final class Request extends AbstractServerHttpRequest {

		Request() {
			super(HttpMethod.GET, URI.create(TARGET), null, new HttpHeaders());
		}

		@Override
		protected MultiValueMap<String, HttpCookie> initCookies() {
			return new LinkedMultiValueMap<>();
		}

		@Override
		protected @Nullable SslInfo initSslInfo() {
			return null;
		}

		@Override
		@SuppressWarnings("unchecked")
		public <T> T getNativeRequest() {
			return (T) "none";
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return Flux.empty();
		}

	}

	private final class Handler extends SilentHandler {

		@Override
		public void onClose(CloseReason reason, @Nullable String detail) {
			PollingTransportTests.this.closed.complete(reason + ": " + detail);
		}

	}

}
