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

package io.github.springsocketio.test.autoconfigure;

import java.io.IOException;
import java.security.Principal;
import java.util.List;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.Ordered;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sets the principal of requests of test clients in a servlet application, like
 * {@link MockPrincipalFilter}.
 */
final class MockPrincipalServletFilter extends OncePerRequestFilter implements Ordered {

	private final boolean security;

	MockPrincipalServletFilter(boolean security) {
		this.security = security;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String key = request.getHeader(MockPrincipals.HEADER);
		Principal principal = (key != null) ? MockPrincipals.get(key) : null;
		if (principal == null) {
			chain.doFilter(request, response);
			return;
		}
		if (this.security) {
			SecurityContexts.set(request, principal);
		}
		chain.doFilter(new HttpServletRequestWrapper(request) {
			@Override
			public Principal getUserPrincipal() {
				return principal;
			}
		}, response);
	}

	/**
	 * A separate class, because Spring Security may not be on the class path.
	 */
	private static final class SecurityContexts {

		/** The attribute of {@code RequestAttributeSecurityContextRepository}. */
		private static final String ATTRIBUTE = "org.springframework.security.web.context."
				+ "RequestAttributeSecurityContextRepository.SPRING_SECURITY_CONTEXT";

		private SecurityContexts() {
		}

		static void set(HttpServletRequest request, Principal principal) {
			Authentication authentication = (principal instanceof Authentication given) ? given
					: UsernamePasswordAuthenticationToken.authenticated(principal, null, List.of());
			request.setAttribute(ATTRIBUTE, new SecurityContextImpl(authentication));
		}

	}

}
