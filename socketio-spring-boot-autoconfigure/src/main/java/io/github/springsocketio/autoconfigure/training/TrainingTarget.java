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

package io.github.springsocketio.autoconfigure.training;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.util.Map;

import io.github.springsocketio.socketio.packet.PacketParser;
import org.jspecify.annotations.Nullable;

/**
 * The server to which the clients of a training run connect. They use the HTTP client of
 * the JDK, which shares no code with the server, so that the JVM records only the
 * server's own use of its libraries.
 *
 * @param http sends the requests
 * @param authority the address and the port
 * @param path the path of the endpoint
 * @param headers the headers of all requests
 * @param parser the parser of the server
 * @param auth the {@code auth} payload
 */
record TrainingTarget(HttpClient http, String authority, String path, Map<String, String> headers, PacketParser parser,
		@Nullable Object auth) {

	static TrainingTarget of(String authority, String path, Map<String, String> headers, PacketParser parser,
			@Nullable Object auth) {
		HttpClient http = HttpClient.newBuilder().version(Version.HTTP_1_1).proxy(HttpClient.Builder.NO_PROXY).build();
		return new TrainingTarget(http, authority, path, headers, parser, auth);
	}

	URI uri(String scheme, String transport, @Nullable String sid) {
		return URI.create(scheme + "://" + this.authority + this.path + "?EIO=4&transport=" + transport
				+ ((sid != null) ? "&sid=" + sid : ""));
	}

}
