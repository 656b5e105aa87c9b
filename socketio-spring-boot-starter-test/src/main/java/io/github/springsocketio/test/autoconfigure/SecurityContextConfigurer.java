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

import io.github.springsocketio.test.SocketIoTesterConfigurer;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Applies the authentication of the test that creates a client, such as the one of
 * {@code @WithMockUser}.
 */
final class SecurityContextConfigurer {

	private SecurityContextConfigurer() {
	}

	static SocketIoTesterConfigurer ofTest() {
		return (tester) -> tester.client((client) -> {
			Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
			if (authentication != null) {
				MockPrincipals.apply(client, authentication);
			}
		});
	}

}
