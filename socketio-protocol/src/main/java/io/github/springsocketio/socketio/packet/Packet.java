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

package io.github.springsocketio.socketio.packet;

import org.jspecify.annotations.Nullable;

/**
 * A valid packet of a peer with all of its attachments.
 *
 * @param type the type; binary variants are reported as {@link PacketType#EVENT} and
 * {@link PacketType#ACK}
 * @param nsp the namespace, such as {@code "/"}
 * @param id the id of the acknowledgement, or -1
 * @param event the name of the event (for a numeric name its digits); {@code null} if the
 * packet is not an event
 * @param numericName whether the name was a number on the wire
 * @param arguments the arguments of an event or acknowledgement; for {@code CONNECT} the
 * only argument is the {@code auth} payload, if any
 * @since 0.1.0
 */
public record Packet(PacketType type, String nsp, long id, @Nullable String event, boolean numericName,
		Arguments arguments) implements Decoded {

}
