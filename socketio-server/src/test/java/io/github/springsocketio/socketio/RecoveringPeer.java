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

package io.github.springsocketio.socketio;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that may recover, as it knows itself.
 *
 * @param answer the response to its CONNECT packet
 * @param prefix the namespace as packets have it
 * @param sid the id of the socket
 * @param pid the private id
 * @param socket the socket on the server
 */
record RecoveringPeer(String answer, String prefix, String sid, String pid, Socket socket) {

	static final Pattern CONNECT = Pattern.compile("0(?:/\\w+,)?\\{\"sid\":\"([\\w-]{20})\",\"pid\":\"([\\w-]{20})\"}");

	static RecoveringPeer join(SocketIoServer io, TestSession session, String nsp) {
		Namespace namespace = io.of(nsp);
		String prefix = "/".equals(nsp) ? "" : nsp + ",";
		session.receive("0" + prefix);
		String answer = session.sent().get(0);
		Matcher matcher = CONNECT.matcher(answer);
		assertThat(matcher.matches()).as(answer).isTrue();
		Socket socket = namespace.sockets().get(matcher.group(1));
		return new RecoveringPeer(answer, prefix, matcher.group(1), matcher.group(2), socket);
	}

	/**
	 * Return the offset of an event that is sent now.
	 */
	String lastOffset(TestSession session) {
		session.sent();
		this.socket.emit("marker");
		String packet = session.sent().get(0);
		return packet.substring(packet.lastIndexOf(",\"") + 2, packet.length() - 2);
	}

	/**
	 * Connect again.
	 */
	TestSession comeBack(TestSession session, @Nullable String offset) {
		return session.receive(connect(offset));
	}

	String connect(@Nullable String offset) {
		return "0" + this.prefix + "{\"pid\":\"" + this.pid + "\""
				+ ((offset != null) ? ",\"offset\":\"" + offset + "\"" : "") + "}";
	}

}
