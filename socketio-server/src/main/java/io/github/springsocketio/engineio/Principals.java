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

package io.github.springsocketio.engineio;

import java.security.Principal;

import io.github.springsocketio.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a principal represents an authenticated user.
 *
 * @since 0.1.0
 */
@Internal
public final class Principals {

	private static final String ANONYMOUS = "org.springframework.security.authentication.AnonymousAuthenticationToken";

	private Principals() {
	}

	/**
	 * Return whether a principal is that of an authenticated user.
	 * @param principal the principal, or {@code null} if there is none
	 * @return {@code false} for {@code null} and for the anonymous authentication of
	 * Spring Security
	 */
	public static boolean isAuthenticated(@Nullable Principal principal) {
		if (principal == null) {
			return false;
		}
		for (Class<?> type = principal.getClass(); type != null; type = type.getSuperclass()) {
			if (type.getName().equals(ANONYMOUS)) {
				return false;
			}
		}
		return true;
	}

}
