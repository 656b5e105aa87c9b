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

import java.util.List;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * An engine, seen from its web endpoint.
 *
 * @since 0.1.0
 */
public interface TransportServer extends EngineServer {

	@Override
	@Nullable TransportSession session(String sid);

	/**
	 * Return whether new sessions are taken, and how they are refused.
	 * @param request the handshake
	 * @return {@code null} if one more is taken, else the reason for an answer of 503
	 */
	@Nullable String refusal(HandshakeRequest request);

	/**
	 * Return whether the engine does not take sessions any more.
	 * @return whether it refuses all
	 */
	boolean isRefusingNewSessions();

	/**
	 * Make an id for a new session.
	 * @param request the handshake
	 * @return an id that is not in use; an error if there is none
	 */
	Mono<String> generateId(HandshakeRequest request);

	/**
	 * Return what a session begins with: the open packet (EIO-30) and the initial packet
	 * (EIO-33), if there is one.
	 * @param id the id of the session
	 * @param type the first transport
	 * @return one or two messages
	 */
	List<EncodedMessage> greeting(String id, TransportType type);

	/**
	 * Open a session: from now on it is found by its id. A websocket is sent the greeting
	 * from here; a poll is answered with it by the caller.
	 * @param id the id
	 * @param protocol the revision of the protocol
	 * @param request the handshake
	 * @param transport the first transport
	 * @return the session, or {@code null} if the id is in use by now, there are too many
	 * sessions (of which the listeners are told) or the engine does not take sessions any
	 * more
	 */
	@Nullable TransportSession open(String id, int protocol, HandshakeRequest request, SessionTransport transport);

	/**
	 * Tell the listeners of a request that was refused.
	 * @param error what was refused
	 */
	void onConnectionError(ConnectionError error);

	/**
	 * Gives a transport its session, before anything is sent.
	 */
	interface SessionTransport extends Transport {

		/**
		 * Set the session.
		 * @param session the session
		 */
		void attach(TransportSession session);

	}

}
