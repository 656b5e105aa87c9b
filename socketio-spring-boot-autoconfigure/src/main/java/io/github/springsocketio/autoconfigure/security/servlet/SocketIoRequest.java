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

package io.github.springsocketio.autoconfigure.security.servlet;

import java.util.function.Supplier;

import io.github.springsocketio.engineio.web.EngineWebOptions;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.security.web.servlet.ApplicationContextRequestMatcher;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Factory for matchers and customizers of Spring Security for the requests to the
 * Socket.IO server of a servlet application.
 *
 * @since 0.1.0
 */
public final class SocketIoRequest {

	private SocketIoRequest() {
	}

	/**
	 * Return a matcher for the requests to the server, including those for client files.
	 * It takes the property {@code socketio.path} and the context path into account.
	 * @return the matcher
	 */
	public static RequestMatcher toEndpoint() {
		return new EndpointMatcher();
	}

	/**
	 * Return a customizer that prepares a separate {@code SecurityFilterChain} for the
	 * server, with the matcher {@link #toEndpoint()}. Requests without authentication are
	 * responded to with status 401 instead of a login page, and are not saved for a
	 * redirect after the login. CSRF protection is disabled, because long-polling uses
	 * {@code POST}, and such a request needs the session id, which is not known to other
	 * sites.
	 * @return the customizer, for {@code SocketIoRequest.withDefaults().customize(http)}
	 */
	public static Customizer<HttpSecurity> withDefaults() {
		return (http) -> http.securityMatcher(toEndpoint())
			.exceptionHandling(
					(handling) -> handling.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED)))
			.requestCache((cache) -> cache.requestCache(new NullRequestCache()))
			.csrf(CsrfConfigurer::disable);
	}

	private static final class EndpointMatcher extends ApplicationContextRequestMatcher<EngineWebOptions> {

		private EndpointMatcher() {
			super(EngineWebOptions.class);
		}

		@Override
		protected boolean matches(HttpServletRequest request, Supplier<EngineWebOptions> options) {
			String path = options.get().path();
			String prefix = path.endsWith("/") ? path : path + "/";
			String context = request.getContextPath();
			String uri = request.getRequestURI();
			return uri.startsWith(context) && (uri.startsWith(prefix, context.length())
					|| (uri.length() == context.length() + path.length() && uri.endsWith(path)));
		}

	}

}
