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

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * Handshakes for tests that look at sessions only.
 */
public final class Handshakes {

	private Handshakes() {
	}

	/**
	 * Return a handshake that tells nothing.
	 * @return the handshake
	 */
	public static HandshakeRequest none() {
		return from(null);
	}

	/**
	 * Return a handshake that tells the address of the client only.
	 * @param address the address
	 * @return the handshake
	 */
	public static HandshakeRequest from(@Nullable InetSocketAddress address) {
		return (HandshakeRequest) Proxy.newProxyInstance(HandshakeRequest.class.getClassLoader(),
				new Class<?>[] { HandshakeRequest.class },
				(proxy, method, arguments) -> method.isDefault()
						? InvocationHandler.invokeDefault(proxy, method, arguments)
						: method.getName().equals("remoteAddress") ? address : null);
	}

}
