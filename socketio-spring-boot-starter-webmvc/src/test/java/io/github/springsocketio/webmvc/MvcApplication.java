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

package io.github.springsocketio.webmvc;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.client.CookieStore;
import io.github.springsocketio.testsupport.Await;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A servlet application on a port of its own, with a browser's HTTP client and a tester.
 */
final class MvcApplication implements AutoCloseable {

	/** Without Spring Security, whose filters would refuse all requests. */
	static final String UNSECURED = "spring.autoconfigure.exclude="
			+ "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration";

	private static final String JETTY = "org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration";

	/** For applications on Tomcat: the tests have both containers. */
	static final String ON_TOMCAT = "spring.autoconfigure.exclude=" + JETTY;

	static final String UNSECURED_ON_TOMCAT = UNSECURED + "," + JETTY;

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

	private final ConfigurableApplicationContext context;

	private final String url;

	private final CookieManager cookies = new CookieManager();

	private final HttpClient http = HttpClient.newBuilder().cookieHandler(this.cookies).build();

	private final SocketIoTester tester;

	private MvcApplication(ConfigurableApplicationContext context) {
		this.context = context;
		this.url = "http://localhost:" + port();
		this.tester = SocketIoTester.bindToServer(this.url).timeout(Await.LIMIT);
	}

	static MvcApplication run(Class<?> configuration, String... properties) {
		return new MvcApplication(new SpringApplicationBuilder(configuration)
			.properties("server.port=0", "spring.main.banner-mode=off", "socketio.shutdown-timeout=2s")
			.properties(properties)
			.run());
	}

	int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	String url() {
		return this.url;
	}

	/**
	 * Return the name of the class of the web server.
	 */
	String server() {
		return ((WebServerApplicationContext) this.context).getWebServer().getClass().getName();
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * Return a tester without cookies.
	 */
	SocketIoTester tester() {
		return this.tester;
	}

	/**
	 * Return a tester with the cookies of the browser.
	 */
	SocketIoTester browser() {
		return this.tester.cookies(cookies());
	}

	/**
	 * Return the cookies of the browser for the host.
	 */
	CookieStore cookies() {
		CookieStore store = CookieStore.create();
		this.cookies.getCookieStore()
			.getCookies()
			.forEach((cookie) -> store.set(URI.create(this.url), cookie.getName(), cookie.getValue()));
		return store;
	}

	HttpResponse<String> get(String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.url + path)).GET();
		return send((headers.length != 0) ? request.headers(headers) : request);
	}

	HttpResponse<String> options(String path, String... headers) {
		return send(HttpRequest.newBuilder(URI.create(this.url + path))
			.method("OPTIONS", BodyPublishers.noBody())
			.headers(headers));
	}

	HttpResponse<String> post(String path, String body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.url + path))
			.POST(BodyPublishers.ofString(body));
		return send((headers.length != 0) ? request.headers(headers) : request);
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.http.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Log in by the form.
	 */
	void login(String user) {
		HttpResponse<String> response = form("/login", "/login", "username=" + user + "&password=secret&");
		assertThat(response.headers().firstValue("Location")).isPresent();
		assertThat(response.headers().firstValue("Location").get()).doesNotContain("error", "socket.io");
	}

	/**
	 * Submit a form that has the CSRF token of a page.
	 */
	HttpResponse<String> form(String page, String path, String fields) {
		String html = get(page).body();
		Matcher matcher = CSRF.matcher(html);
		assertThat(matcher.find()).as(html).isTrue();
		return post(path, fields + "_csrf=" + URLEncoder.encode(matcher.group(1), StandardCharsets.UTF_8),
				"Content-Type", "application/x-www-form-urlencoded");
	}

	/**
	 * Stop the application as a signal would.
	 */
	void stop() {
		this.context.close();
	}

	@Override
	public void close() {
		this.tester.close();
		this.context.close();
	}

}
