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

import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.test.SocketIoTesterConfigurer;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.util.Assert;

/**
 * Configurers of authenticated users for {@link SocketIoTester#mutateWith}, in the style
 * of Spring Security's {@code SecurityMockServerConfigurers}. All requests of the client
 * are authenticated as the user, without a login or a token, regardless of the web
 * environment of the test. The server has to run in the JVM of the test.
 *
 * <pre class="code">
 * tester.mutateWith(mockUser("ann").roles("ADMIN")).connect();
 * tester.mutateWith(mockJwt().jwt((jwt) -&gt; jwt.subject("bob"))).connect();
 * </pre>
 *
 * @since 0.1.0
 */
public final class SocketIoMockUsers {

	private SocketIoMockUsers() {
	}

	/**
	 * Authenticate as a principal. Does not need Spring Security.
	 * @param principal the principal of the handshake; with Spring Security, a principal
	 * that is not an authentication is wrapped into an authentication without authorities
	 * @return the configurer
	 */
	public static SocketIoTesterConfigurer mockPrincipal(Principal principal) {
		Assert.notNull(principal, "'principal' must not be null");
		return (tester) -> MockPrincipals.apply(tester, principal);
	}

	/**
	 * Authenticate as a user of Spring Security, with the role {@code USER}.
	 * @param username the name
	 * @return the configurer
	 */
	public static UserConfigurer mockUser(String username) {
		return new UserConfigurer(username);
	}

	/**
	 * Authenticate as a user of Spring Security.
	 * @param user the user
	 * @return the configurer
	 */
	public static SocketIoTesterConfigurer mockUser(UserDetails user) {
		return UserConfigurer.of(user);
	}

	/**
	 * Use an authentication of Spring Security.
	 * @param authentication the authentication
	 * @return the configurer
	 */
	public static SocketIoTesterConfigurer mockAuthentication(Authentication authentication) {
		return mockPrincipal(authentication);
	}

	/**
	 * Authenticate with a JWT, as if the resource server of Spring Security had validated
	 * it. By default, it has the subject {@code user} and the scope {@code read}.
	 * @return the configurer
	 */
	public static JwtConfigurer mockJwt() {
		return new JwtConfigurer();
	}

	/**
	 * A user with a name and roles.
	 */
	public static final class UserConfigurer implements SocketIoTesterConfigurer {

		private final String username;

		private Collection<? extends GrantedAuthority> authorities = AuthorityUtils.createAuthorityList("ROLE_USER");

		private UserConfigurer(String username) {
			Assert.hasText(username, "'username' must not be empty");
			this.username = username;
		}

		/**
		 * In this class, so that the outer class does not need Spring Security.
		 */
		private static SocketIoTesterConfigurer of(UserDetails user) {
			return mockAuthentication(
					UsernamePasswordAuthenticationToken.authenticated(user, user.getPassword(), user.getAuthorities()));
		}

		/**
		 * Set the roles, and replace all authorities.
		 * @param roles the roles, without {@code ROLE_}
		 * @return this configurer
		 */
		public UserConfigurer roles(String... roles) {
			List<GrantedAuthority> granted = new ArrayList<>();
			for (String role : roles) {
				Assert.isTrue(!role.startsWith("ROLE_"), "A role must not begin with ROLE_");
				granted.add(new SimpleGrantedAuthority("ROLE_" + role));
			}
			this.authorities = granted;
			return this;
		}

		/**
		 * Set the authorities, and replace all roles.
		 * @param authorities the authorities
		 * @return this configurer
		 */
		public UserConfigurer authorities(GrantedAuthority... authorities) {
			this.authorities = List.copyOf(Arrays.asList(authorities));
			return this;
		}

		@Override
		public SocketIoTester configure(SocketIoTester tester) {
			UserDetails user = User.withUsername(this.username)
				.password("password")
				.authorities(this.authorities)
				.build();
			return mockUser(user).configure(tester);
		}

	}

	/**
	 * A user with a JWT.
	 */
	public static final class JwtConfigurer implements SocketIoTesterConfigurer {

		private Consumer<Jwt.Builder> settings = (jwt) -> {
		};

		private @Nullable Collection<GrantedAuthority> authorities;

		private JwtConfigurer() {
		}

		/**
		 * Set claims and headers of the JWT.
		 * @param settings called with the builder
		 * @return this configurer
		 */
		public JwtConfigurer jwt(Consumer<Jwt.Builder> settings) {
			this.settings = settings;
			return this;
		}

		/**
		 * Set the authorities. By default, they are derived from the scopes.
		 * @param authorities the authorities
		 * @return this configurer
		 */
		public JwtConfigurer authorities(GrantedAuthority... authorities) {
			this.authorities = List.copyOf(Arrays.asList(authorities));
			return this;
		}

		@Override
		public SocketIoTester configure(SocketIoTester tester) {
			Instant now = Instant.now();
			Jwt.Builder builder = Jwt.withTokenValue("token")
				.header("alg", "none")
				.subject("user")
				.claim("scope", "read")
				.issuedAt(now)
				.expiresAt(now.plusSeconds(3600));
			this.settings.accept(builder);
			Jwt jwt = builder.build();
			Collection<GrantedAuthority> granted = (this.authorities != null) ? this.authorities
					: new JwtGrantedAuthoritiesConverter().convert(jwt);
			return mockAuthentication(new JwtAuthenticationToken(jwt, granted)).configure(tester);
		}

	}

}
