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

import java.security.Principal;

import io.github.springsocketio.socketio.ReactorContextCustomizer;
import io.github.springsocketio.socketio.Socket;
import reactor.util.context.Context;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;

/**
 * Adds the reactive security context with the authentication of the handshake, so that
 * method security applies to publishers that handlers return or subscribe to.
 */
final class SecurityContextCustomizer implements ReactorContextCustomizer {

	@Override
	public Context customize(Context context, Socket socket) {
		Principal principal = socket.handshake().principal();
		if (principal instanceof Authentication authentication) {
			return context.putAll(ReactiveSecurityContextHolder.withAuthentication(authentication).readOnly());
		}
		// the context of the request does not apply if an authenticator has set another
		// principal
		return (principal == null || principal == socket.conn().request().principal()) ? context
				: context.delete(SecurityContext.class);
	}

}
