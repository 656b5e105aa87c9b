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

package io.github.springsocketio.servlet;

import java.net.URISyntaxException;
import java.util.concurrent.atomic.AtomicReference;

import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.engineio.web.EngineWebOptions;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.util.Assert;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;

/**
 * The endpoint of an Engine.IO server as a servlet. It delegates requests to an
 * {@link EngineWebFilter}, without blocking threads of the container. The servlet and all
 * filters ahead of it must support asynchronous requests. The servlet has to be mapped to
 * the {@linkplain #urlPattern path} of the endpoint and everything below. It responds
 * with status 404 to requests that the endpoint does not handle.
 *
 * @since 0.1.0
 */
public final class EngineServlet extends HttpServlet {

	private static final long serialVersionUID = 1L;

	private static final Log logger = LogFactory.getLog(EngineServlet.class);

	private static final WebFilterChain NOT_FOUND = (exchange) -> {
		exchange.getResponse().setStatusCode(HttpStatus.NOT_FOUND);
		return exchange.getResponse().setComplete();
	};

	private final transient EngineWebFilter endpoint;

	/**
	 * Create a servlet.
	 * @param endpoint the endpoint; it should have a {@link ServletWebSocketService}
	 */
	public EngineServlet(EngineWebFilter endpoint) {
		Assert.notNull(endpoint, "'endpoint' must not be null");
		this.endpoint = endpoint;
	}

	/**
	 * Return the URL pattern for the mappings of this servlet and of filters for its
	 * requests.
	 * @param options the options of the endpoint
	 * @return the path of the endpoint and everything below, such as
	 * {@code "/socket.io/*"}
	 */
	public static String urlPattern(EngineWebOptions options) {
		String path = options.path();
		return path.endsWith("/") ? path + "*" : path + "/*";
	}

	@Override
	protected void service(HttpServletRequest request, HttpServletResponse response) {
		if (request.getDispatcherType() == DispatcherType.ERROR || response.isCommitted()) {
			return;
		}
		Assert.state(request.isAsyncSupported(),
				() -> "Asynchronous processing is not supported for " + request.getRequestURI()
						+ ": the Socket.IO servlet and each filter ahead of it have to be "
						+ "registered with 'asyncSupported'");
		AsyncRequest async = AsyncRequest.start(request, response);
		try {
			handle(request, response, async);
		}
		finally {
			async.leave();
		}
	}

	private void handle(HttpServletRequest request, HttpServletResponse response, AsyncRequest async) {
		ServletServerRequest serverRequest;
		try {
			serverRequest = new ServletServerRequest(request, async);
		}
		catch (URISyntaxException | IllegalArgumentException ex) {
			response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
			async.complete();
			return;
		}
		ServletServerResponse serverResponse = new ServletServerResponse(response, async);
		ServletExchange exchange = new ServletExchange(request, serverRequest, serverResponse, async);
		ResponseSubscriber subscriber = new ResponseSubscriber(serverResponse);
		async.onAborted(() -> {
			subscriber.dispose();
			serverResponse.abort();
		});
		observed(request, exchange).subscribe(subscriber);
		if (!serverResponse.isBegun()) {
			serverRequest.readLater();
		}
		serverResponse.openLater();
	}

	/**
	 * Handle a request, and add its path pattern to the application's observation of HTTP
	 * requests.
	 */
	private Mono<Void> observed(HttpServletRequest request, ServletExchange exchange) {
		org.springframework.http.server.observation.ServerRequestObservationContext observation = ServerHttpObservationFilter
			.findObservationContext(request)
			.orElse(null);
		if (observation == null) {
			return filter(exchange);
		}
		ServerRequestObservationContext described = new ServerRequestObservationContext(exchange.getRequest(),
				exchange.getResponse(), exchange.getAttributes());
		exchange.getAttributes().put(ServerRequestObservationContext.CURRENT_OBSERVATION_CONTEXT_ATTRIBUTE, described);
		Mono<Void> handled = filter(exchange);
		String pattern = described.getPathPattern();
		if (pattern != null) {
			observation.setPathPattern(pattern);
		}
		return handled;
	}

	private Mono<Void> filter(ServerWebExchange exchange) {
		try {
			return this.endpoint.filter(exchange, NOT_FOUND);
		}
		catch (RuntimeException ex) {
			return Mono.error(ex);
		}
	}

	/**
	 * Completes the response after the endpoint has handled the request. An error after
	 * the container has ended the request is only logged, because it results from a write
	 * to a disconnected client.
	 */
	private static final class ResponseSubscriber implements CoreSubscriber<Void> {

		private final ServletServerResponse response;

		private final AtomicReference<@Nullable Subscription> upstream = new AtomicReference<>();

		ResponseSubscriber(ServletServerResponse response) {
			this.response = response;
		}

		void dispose() {
			Subscription current = this.upstream.getAndSet(Operators.cancelledSubscription());
			if (current != null) {
				current.cancel();
			}
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			if (this.upstream.compareAndSet(null, subscription)) {
				subscription.request(Long.MAX_VALUE);
			}
			else {
				subscription.cancel();
			}
		}

		@Override
		public void onNext(Void none) {
			// There are no values
		}

		@Override
		public void onComplete() {
			if (end()) {
				try {
					this.response.end();
				}
				catch (RuntimeException ex) {
					this.response.fail(ex);
				}
			}
		}

		@Override
		public void onError(Throwable error) {
			if (end()) {
				this.response.fail(error);
			}
			else {
				logger.debug("The response to a request that has ended could not be written", error);
			}
		}

		private boolean end() {
			Subscription cancelled = Operators.cancelledSubscription();
			return this.upstream.getAndSet(cancelled) != cancelled;
		}

	}

}
