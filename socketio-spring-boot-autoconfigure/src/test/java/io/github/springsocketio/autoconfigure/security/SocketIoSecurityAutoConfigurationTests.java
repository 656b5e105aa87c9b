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

package io.github.springsocketio.autoconfigure.security;

import io.github.springsocketio.autoconfigure.SocketIoAutoConfiguration;
import io.github.springsocketio.socketio.ReactorContextCustomizer;
import io.github.springsocketio.socketio.SocketAuthenticator;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.github.springsocketio.socketio.SocketIoServer;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SocketIoSecurityAutoConfiguration}.
 */
class SocketIoSecurityAutoConfigurationTests {

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(SocketIoAutoConfiguration.class, SocketIoSecurityAutoConfiguration.class));

	private final ReactiveWebApplicationContextRunner withDecoder = this.runner.withBean(ReactiveJwtDecoder.class,
			() -> (token) -> Mono.empty());

	@Test
	void isRegistered() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
			.contains(SocketIoSecurityAutoConfiguration.class.getName());
	}

	@Test
	void passesTheUserOn() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(SocketIoServerLogoutHandler.class).hasBean("socketIoCorsFilter");
			assertThat(context.getBean(SocketIoOptions.class).handlers().reactorContextCustomizers())
				.hasAtLeastOneElementOfType(SecurityContextCustomizer.class);
		});
	}

	@Test
	void withoutSpringSecurityThereIsNothingOfIt() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(SocketIoServer.class)
				.doesNotHaveBean(SocketIoSecurityAutoConfiguration.class)
				.doesNotHaveBean(ReactorContextCustomizer.class)
				.doesNotHaveBean(SocketAuthenticator.class));
	}

	@Test
	void withoutTheResourceServerThereIsNoAuthenticatorForTokens() {
		for (Class<?> missing : new Class<?>[] { ReactiveJwtDecoder.class, BearerTokenAuthenticationToken.class }) {
			this.runner.withClassLoader(new FilteredClassLoader(missing))
				.run((context) -> assertThat(context).hasNotFailed()
					.hasSingleBean(SocketIoServerLogoutHandler.class)
					.doesNotHaveBean(SocketAuthenticator.class));
		}
	}

	@Test
	void withoutAServerThereIsNothing() {
		this.runner.withPropertyValues("socketio.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SocketIoServerLogoutHandler.class));
	}

	@Test
	void withADecoderBearerTokensAreAccepted() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(BearerTokenSocketAuthenticator.class));
		this.withDecoder.run((context) -> assertThat(context.getBean(SocketIoOptions.class).security().authenticators())
			.hasExactlyElementsOfTypes(BearerTokenSocketAuthenticator.class, RequestTokenAuthenticator.class));
		this.withDecoder.withPropertyValues("socketio.security.bearer-token.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(BearerTokenSocketAuthenticator.class));
	}

	@Test
	void authenticatorsOfTheApplicationComeFirst() {
		SocketAuthenticator own = (namespace, handshake) -> Mono.empty();
		this.withDecoder.withBean("own", SocketAuthenticator.class, () -> own)
			.run((context) -> assertThat(context.getBean(SocketIoOptions.class).security().authenticators()).hasSize(3)
				.first()
				.isSameAs(own));
	}

	@Test
	void ownAuthenticatorForTokensReplacesTheOther() {
		BearerTokenSocketAuthenticator own = new BearerTokenSocketAuthenticator((authentication) -> Mono.empty());
		this.withDecoder.withBean(BearerTokenSocketAuthenticator.class, () -> own)
			.run((context) -> assertThat(context.getBean(BearerTokenSocketAuthenticator.class)).isSameAs(own));
	}

}
