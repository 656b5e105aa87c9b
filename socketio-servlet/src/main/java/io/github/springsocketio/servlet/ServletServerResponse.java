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

import java.io.IOException;
import java.util.List;
import java.util.Map;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;

/**
 * The endpoint's view of a response of the container. Status and headers are copied to
 * the container's response before the first byte is written, after the filters ahead have
 * returned.
 */
final class ServletServerResponse extends AbstractServerHttpResponse {

	private static final Log logger = LogFactory.getLog(ServletServerResponse.class);

	private final HttpServletResponse response;

	private final AsyncRequest async;

	private final ResponseOutput output;

	/** Whether the write of the container's response has started. */
	private volatile boolean begun;

	ServletServerResponse(HttpServletResponse response, AsyncRequest async) {
		super(DefaultDataBufferFactory.sharedInstance);
		this.response = response;
		this.async = async;
		this.output = new ResponseOutput(async, unwrapped(response));
	}

	/**
	 * Return the container's own response. The wrappers of filters are no longer needed
	 * after the filters have returned. Some of them block when the response is written,
	 * such as the one of Spring Session, which saves the session again.
	 */
	private static ServletResponse unwrapped(HttpServletResponse response) {
		ServletResponse current = response;
		while (current instanceof ServletResponseWrapper wrapper) {
			current = wrapper.getResponse();
		}
		return current;
	}

	/**
	 * Register the write listener, so that the response is written after the filters
	 * ahead have returned. Called in the servlet.
	 */
	void openLater() {
		this.output.openLater();
	}

	/**
	 * Abort the response after the container has ended it.
	 */
	void abort() {
		this.output.onError(new IOException("The request has ended"));
	}

	/**
	 * Return whether the write of the container's response has started.
	 */
	boolean isBegun() {
		return this.begun;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> T getNativeResponse() {
		return (T) this.response;
	}

	@Override
	protected Mono<Void> writeWithInternal(Publisher<? extends DataBuffer> body) {
		return Mono.defer(() -> {
			this.begun = true;
			return new BodyWriter(this.async, this.output, this::setHead, body);
		});
	}

	@Override
	protected Mono<Void> writeAndFlushWithInternal(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		return writeWithInternal(Flux.from(body).concatMap((part) -> part));
	}

	@Override
	protected void applyStatusCode() {
		// See setHead()
	}

	@Override
	protected void applyHeaders() {
		// See setHead()
	}

	@Override
	protected void applyCookies() {
		// See setHead()
	}

	/**
	 * Set status and headers. Headers that filters have set remain, unless the endpoint
	 * sets them as well.
	 */
	void setHead() {
		HttpStatusCode status = getStatusCode();
		if (status != null) {
			this.response.setStatus(status.value());
		}
		for (Map.Entry<String, List<String>> header : getHeaders().headerSet()) {
			setHeader(header.getKey(), header.getValue());
		}
		for (List<ResponseCookie> cookies : getCookies().values()) {
			for (ResponseCookie cookie : cookies) {
				this.response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
			}
		}
	}

	private void setHeader(String name, List<String> values) {
		boolean added = name.equalsIgnoreCase(HttpHeaders.SET_COOKIE) || name.equalsIgnoreCase(HttpHeaders.VARY);
		for (String value : values) {
			if (added) {
				if (!this.response.getHeaders(name).contains(value)) {
					this.response.addHeader(name, value);
				}
			}
			else {
				this.response.setHeader(name, value);
				added = true;
			}
		}
	}

	/**
	 * Upgrade the connection, with the headers of this response.
	 * @return completes when the container has been called
	 */
	Mono<Void> upgrade(AsyncRequest.Step action) {
		return doCommit(() -> {
			AsyncRequest.Step step = () -> {
				setHead();
				try {
					action.run();
				}
				catch (IOException | RuntimeException ex) {
					logger.warn("A request could not be upgraded to a websocket", ex);
					setInternalError();
					throw ex;
				}
			};
			this.begun = true;
			return this.async.isDispatching() ? now(step) : new ContainerCall(this.async, this.output, step);
		});
	}

	private Mono<Void> now(AsyncRequest.Step step) {
		try {
			return this.async.perform(step) ? Mono.empty() : Mono.error(new IOException("The request has ended"));
		}
		catch (IOException | RuntimeException ex) {
			return Mono.error(ex);
		}
	}

	/**
	 * End the response when the endpoint has handled the request.
	 */
	void end() {
		if (this.begun) {
			this.async.complete();
		}
		else {
			this.begun = true;
			new BodyWriter(this.async, this.output, this::setHead, Flux.empty()).subscribe(null,
					(error) -> this.async.complete(), this.async::complete);
		}
	}

	/**
	 * End the response after an error.
	 */
	void fail(Throwable error) {
		if (error instanceof IOException || this.begun) {
			logger.debug("A response could not be written", error);
		}
		else {
			logger.error("A request to the Socket.IO endpoint could not be handled", error);
		}
		if (this.begun) {
			this.async.complete();
			return;
		}
		this.begun = true;
		new BodyWriter(this.async, this.output, this::setInternalError, Flux.empty()).subscribe(null,
				(ex) -> this.async.complete(), this.async::complete);
	}

	private void setInternalError() {
		this.response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
		this.response.setContentLength(0);
	}

}
