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

import java.util.List;

import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;

/**
 * Configures a single websocket. The server checks the origin before the upgrade.
 */
final class EndpointConfigurator extends ServerEndpointConfig.Configurator {

	private final WebSocketEndpoint endpoint;

	private final boolean compression;

	EndpointConfigurator(WebSocketEndpoint endpoint, boolean compression) {
		this.endpoint = endpoint;
		this.compression = compression;
	}

	@Override
	public <T> T getEndpointInstance(Class<T> endpointClass) {
		return endpointClass.cast(this.endpoint);
	}

	@Override
	public boolean checkOrigin(String origin) {
		return true;
	}

	@Override
	public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
		for (String protocol : requested) {
			if (supported.contains(protocol)) {
				return protocol;
			}
		}
		return "";
	}

	@Override
	public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
		if (!this.compression) {
			return List.of();
		}
		return requested.stream()
			.filter((extension) -> extension.getName().equals("permessage-deflate"))
			.filter((extension) -> installed.stream().anyMatch((own) -> own.getName().equals(extension.getName())))
			.toList();
	}

	@Override
	public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
		// ServletServerResponse sets the headers before the upgrade
	}

}
