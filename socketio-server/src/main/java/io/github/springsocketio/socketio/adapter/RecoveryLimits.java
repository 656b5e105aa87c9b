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

package io.github.springsocketio.socketio.adapter;

import java.time.Duration;

/**
 * What is kept for clients that come back (SIO-90).
 *
 * @param maxDisconnectionDuration how long sessions and packets are kept
 * @param maxSessions how many disconnected sessions are kept for a namespace; beyond it
 * the oldest is forgotten
 * @param maxPackets how many packets are kept for a namespace; beyond it the oldest is
 * forgotten
 * @param maxOutboundBytes how many bytes may wait for one client
 * @param maxOutboundPackets how many packets may wait for one client; who has missed more
 * is not to be restored, as it would be cut off at once, and again each time it comes
 * back
 * @since 0.1.0
 */
public record RecoveryLimits(Duration maxDisconnectionDuration, int maxSessions, int maxPackets, int maxOutboundBytes,
		int maxOutboundPackets) {

}
