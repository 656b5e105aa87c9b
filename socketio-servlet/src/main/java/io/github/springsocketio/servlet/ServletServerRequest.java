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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.X509Certificate;
import java.util.Enumeration;

import io.github.springsocketio.engineio.web.Cookies;
import io.netty.util.NetUtil;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * The endpoint's view of a request of the container. Everything but the body is copied
 * before the servlet returns, because the container reuses its objects.
 */
final class ServletServerRequest extends AbstractServerHttpRequest {

	private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

	private final HttpServletRequest request;

	private final @Nullable InetSocketAddress remoteAddress;

	private final @Nullable InetSocketAddress localAddress;

	private final @Nullable SslInfo sslInfo;

	private final RequestBody body;

	ServletServerRequest(HttpServletRequest request, AsyncRequest async) throws URISyntaxException {
		super(HttpMethod.valueOf(request.getMethod()), uri(request), request.getContextPath(), headers(request));
		this.request = request;
		this.remoteAddress = address(request.getRemoteAddr(), request.getRemotePort());
		this.localAddress = address(request.getLocalAddr(), request.getLocalPort());
		this.sslInfo = sslInfo(request);
		this.body = new RequestBody(async, request);
	}

	private static URI uri(HttpServletRequest request) throws URISyntaxException {
		StringBuffer url = request.getRequestURL();
		String query = request.getQueryString();
		return new URI((query != null) ? url.append('?').append(query).toString() : url.toString());
	}

	/**
	 * Return an address, or {@code null} if the connection is not a network connection. A
	 * host name, such as one from a header of a proxy, is not resolved.
	 */
	private static @Nullable InetSocketAddress address(@Nullable String address, int port) {
		if (address == null || address.isEmpty() || port < 0) {
			return null;
		}
		InetAddress literal = NetUtil.createInetAddressFromIpAddressString(address);
		return (literal != null) ? new InetSocketAddress(literal, port)
				: InetSocketAddress.createUnresolved(address, port);
	}

	private static HttpHeaders headers(HttpServletRequest request) {
		HttpHeaders headers = new HttpHeaders();
		Enumeration<String> names = request.getHeaderNames();
		while (names.hasMoreElements()) {
			String name = names.nextElement();
			Enumeration<String> values = request.getHeaders(name);
			while (values.hasMoreElements()) {
				headers.add(name, values.nextElement());
			}
		}
		return headers;
	}

	private static @Nullable SslInfo sslInfo(HttpServletRequest request) {
		if (!request.isSecure()) {
			return null;
		}
		X509Certificate[] certificates = (X509Certificate[]) request.getAttribute(CERTIFICATES);
		return (certificates != null) ? SslInfo.from("", certificates) : null;
	}

	@Override
	public @Nullable InetSocketAddress getRemoteAddress() {
		return this.remoteAddress;
	}

	@Override
	public @Nullable InetSocketAddress getLocalAddress() {
		return this.localAddress;
	}

	@Override
	protected MultiValueMap<String, HttpCookie> initCookies() {
		MultiValueMap<String, HttpCookie> cookies = new LinkedMultiValueMap<>();
		Cookies.parse(getHeaders()).forEach((name, value) -> cookies.add(name, new HttpCookie(name, value)));
		return cookies;
	}

	@Override
	protected @Nullable SslInfo initSslInfo() {
		return this.sslInfo;
	}

	/**
	 * Register the listener that reads the body after the servlet has returned. Called in
	 * the servlet.
	 */
	void readLater() {
		if (getMethod() == HttpMethod.POST) {
			this.body.listen();
		}
	}

	@Override
	public Flux<DataBuffer> getBody() {
		return this.body;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> T getNativeRequest() {
		return (T) this.request;
	}

}
