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

import io.netty.handler.codec.DecoderResult;
import reactor.netty.http.logging.HttpMessageArgProvider;
import reactor.netty.http.logging.HttpMessageLogFactory;
import reactor.netty.http.logging.ReactorNettyHttpMessageLogFactory;

/**
 * What Reactor Netty logs of requests at level INFO and above: nothing that a client has
 * sent, which may contain control characters and session ids. At DEBUG and TRACE it is as
 * much as Reactor Netty logs itself.
 */
final class BrokenRequestLog implements HttpMessageLogFactory {

	private final HttpMessageLogFactory details = ReactorNettyHttpMessageLogFactory.INSTANCE;

	@Override
	public String trace(HttpMessageArgProvider message) {
		return this.details.trace(message);
	}

	@Override
	public String debug(HttpMessageArgProvider message) {
		return this.details.debug(message);
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

}
