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

import java.time.Duration;
import java.util.Arrays;

import io.github.springsocketio.engineio.packet.ControlPackets;
import io.github.springsocketio.engineio.packet.EnginePacketType;
import org.jspecify.annotations.Nullable;

/**
 * An upgrade in progress (EIO-72 to EIO-80): from the {@code 101} to the {@code 5} of the
 * client. All methods are called in the session's turn.
 */
final class Upgrade {

	private static final Duration CHECK = Duration.ofMillis(100);

	/**
	 * The maximum number of probes. Clients send one; the limit bounds the responses that
	 * are buffered for a client that does not read.
	 */
	private static final int MAX_PROBES = 100;

	private final DefaultEngineSession session;

	private final Transport candidate;

	private final Timers.Timeout timeout;

	private Timers.@Nullable Timeout check;

	private int probes;

	private boolean done;

	Upgrade(DefaultEngineSession session, Transport candidate) {
		this.session = session;
		this.candidate = candidate;
		this.timeout = session.timers()
			.schedule(session.options().upgradeTimeout(),
					() -> candidate.executeAfterReading(() -> session.onTimer(this::timedOut)));
	}

	Transport candidate() {
		return this.candidate;
	}

	void onText(byte[] data, int offset, int length) {
		if (isProbe(data, offset, length) && ++this.probes <= MAX_PROBES) {
			this.candidate.sendControl(ControlPackets.PROBE_PONG);
			this.session.upgradeProbed(this.candidate);
			endPolls();
		}
		else if (EnginePacketType.UPGRADE.isTypeOf(data, offset, length)
				&& this.session.readyState() != ReadyState.CLOSED) {
			finish();
			this.session.upgradeCompleted(this.candidate);
		}
		else {
			fail();
		}
	}

	private void timedOut() {
		if (!this.done) {
			this.session.limitExceeded(EngineLimit.UPGRADE_TIMEOUT);
			fail();
		}
	}

	/**
	 * Cancel the upgrade; the session continues with polling.
	 */
	void fail() {
		if (this.done) {
			return;
		}
		finish();
		this.session.upgradeFailed();
		this.candidate.close(CloseReason.FORCED_CLOSE);
	}

	private void finish() {
		this.done = true;
		this.timeout.cancel();
		if (this.check != null) {
			this.check.cancel();
		}
	}

	/**
	 * End the waiting poll, and repeat this for later polls. The client sends its
	 * {@code 5} only after its poll has returned (EIO-82).
	 */
	private void endPolls() {
		if (this.done) {
			return;
		}
		if (this.check != null) {
			this.check.cancel();
		}
		this.session.currentTransport().endPoll();
		this.check = this.session.timers().schedule(CHECK, () -> this.session.onTimer(this::endPolls));
	}

	private static boolean isProbe(byte[] data, int offset, int length) {
		byte[] probe = ControlPackets.PROBE_PING.text();
		return Arrays.equals(data, offset, offset + length, probe, 0, probe.length);
	}

}
