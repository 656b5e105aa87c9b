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
 * A complete packet of a peer, checked by the rules of SIO-12.
 *
 * @param type the type; binary variants are told as {@link PacketType#EVENT} and
 * {@link PacketType#ACK}
 * @param nsp the namespace, such as {@code "/"}
 * @param id the id of the acknowledgement, or -1
 * @param event the name of the event (a numeric name as its digits); {@code null} unless
 * it is an event
 * @param numericName whether the name was a number on the wire (SIO-61)
 * @param arguments the arguments of an event or acknowledgement; for {@code CONNECT} the
 * one argument is the auth payload, where there is one
 * @since 0.1.0
 */
public record Packet(PacketType type, String nsp, long id, @Nullable String event, boolean numericName,
		Arguments arguments) implements Decoded {

}
