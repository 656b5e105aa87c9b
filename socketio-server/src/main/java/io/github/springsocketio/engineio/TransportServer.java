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

import io.github.springsocketio.Internal;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The view of an engine for its web endpoint.
 *
 * @since 0.1.0
 */
@Internal
public interface TransportServer extends EngineServer {

	@Override
	@Nullable TransportSession session(String sid);

	/**
	 * Locate a session that {@link #session(String)} did not return.
	 * @param sid the session id
	 * @return emits the session; {@link Mono#empty()} itself if there is no session
	 * locator
	 */
	Mono<TransportSession> locate(String sid);

	/**
	 * Return the node that a session id comes from, if it is another one.
	 * @param sid the session id, as the client sent it
	 * @return the tag of the node, or {@code null} if the id is one of this node or has
	 * no tag, or if this node has none
	 */
	@Nullable String otherNode(String sid);

	/**
	 * Call the listeners because a request was received for a session of another node.
	 * @param outcome the outcome
	 */
	void onMisroutedRequest(MisroutedRequest outcome);

	/**
	 * Return why a new session would be refused at this moment.
	 * @param request the handshake
	 * @return the reason, or {@code null} if it would not be refused
	 */
	@Nullable String refusal(HandshakeRequest request);

	/**
	 * Count memory that belongs to no session, or that is not caused by the client of a
	 * session.
	 * @param bytes the size in bytes; negative when the memory is released
	 */
	@Override
	void countMemory(long bytes);

	/**
	 * Count the growth of the kept form of a message, as long as outbound buffers hold
	 * the message.
	 * @param message the message
	 * @param bytes the size in bytes of the part that was added to the form
	 */
	void countKept(EncodedMessage message, int bytes);

	/**
	 * Return whether there is memory for optional data, such as compression contexts.
	 * Half of {@link EngineOptions#maxMemory()} is reserved for other data.
	 * @param bytes the size in bytes
	 * @return whether there is enough memory
	 */
	boolean hasSpareMemory(long bytes);

	/**
	 * Return whether the engine refuses all new sessions.
	 * @return whether it does
	 */
	boolean isRefusingNewSessions();

	/**
	 * Generate an id for a new session.
	 * @param request the handshake
	 * @return emits an id that is not in use, or an error if there is none
	 */
	Mono<String> generateId(HandshakeRequest request);

	/**
	 * Return the first messages of a session: the open packet and the initial packet, if
	 * there is one.
	 * @param id the id of the session
	 * @param type the first transport
	 * @return one or two messages
	 */
	List<EncodedMessage> greeting(String id, TransportType type);

	/**
	 * Open a session, which is found by its id from now on. The session sends the
	 * greeting, except to a polled transport: in this case the caller writes it as the
	 * response to the handshake.
	 * @param id the id
	 * @param protocol the revision of the protocol
	 * @param request the handshake
	 * @param transport the first transport
	 * @return the session, or {@code null} if the id is in use by now, there are too many
	 * sessions (which is reported to the listeners) or the engine refuses all new
	 * sessions
	 */
	@Nullable TransportSession open(String id, int protocol, HandshakeRequest request, Transport transport);

	/**
	 * Return a {@code Mono} that completes when the engine has been closed and no session
	 * is left.
	 * @return completes at once if this is already the case; never fails
	 */
	Mono<Void> closed();

	/**
	 * Call the listeners for a request that was refused.
	 * @param error the refused request and the reason
	 */
	void onConnectionError(ConnectionError error);

}
