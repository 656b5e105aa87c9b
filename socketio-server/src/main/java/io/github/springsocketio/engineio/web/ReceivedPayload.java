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

package io.github.springsocketio.engineio.web;

import java.util.Arrays;
import java.util.function.Consumer;

import io.github.springsocketio.engineio.EngineLimit;
import io.github.springsocketio.engineio.TransportHandler;
import io.github.springsocketio.engineio.packet.EnginePacketType;
import io.github.springsocketio.engineio.packet.PayloadCodec;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Passes the packets of one request body to the session. After as many packets as a
 * {@link WorkLimit} allows, the event loop processes other channels first. All methods
 * are called on the event loop of the request, if it has one.
 */
final class ReceivedPayload implements PayloadCodec.Sink {

	/** The number of bytes that a packet may retain in addition to its own. */
	private static final int MAX_SURPLUS = 512;

	private final DataRequest data;

	private final PollingTransport transport;

	private final PayloadCodec.@Nullable Reader reader;

	private final WorkLimit limit = new WorkLimit();

	/**
	 * Create a payload.
	 * @param reader reads the packets; {@code null} if there are none
	 */
	ReceivedPayload(DataRequest data, PollingTransport transport, PayloadCodec.@Nullable Reader reader) {
		this.data = data;
		this.transport = transport;
		this.reader = reader;
	}

	private TransportHandler session() {
		return this.transport.session();
	}

	/**
	 * Pass the packets to the session.
	 * @param passed called when all packets were passed
	 * @param failed called with a failure that occurs after this call has returned
	 */
	void pass(Runnable passed, Consumer<RuntimeException> failed) {
		EventLoop loop = this.data.request().eventLoop();
		boolean more = this.reader != null;
		while (more && this.reader != null && (loop == null || !this.limit.isReached())) {
			more = this.reader.next(this);
		}
		if (!more || loop == null) {
			passed.run();
			return;
		}
		WorkLimit.afterOthers(loop, () -> {
			try {
				this.limit.reset();
				pass(passed, failed);
			}
			catch (RuntimeException ex) {
				failed.accept(ex);
			}
		});
	}

	private void passing(int bytes) {
		this.limit.add(bytes);
		this.data.passing(bytes);
	}

	@Override
	public boolean text(byte[] data, int offset, int length) {
		if (EnginePacketType.CLOSE.isTypeOf(data, offset, length)) {
			session().onClose(this.transport);
			return false;
		}
		passing(length);
		if (data.length > 2L * length + MAX_SURPLUS) {
			// A retained small packet must not retain a large body
			session().onText(this.transport, Arrays.copyOfRange(data, offset, offset + length), 0, length);
		}
		else {
			session().onText(this.transport, data, offset, length);
		}
		return true;
	}

	@Override
	public boolean binary(byte[] data) {
		passing(data.length);
		session().onBinary(this.transport, data);
		return true;
	}

	@Override
	public void malformed() {
		session().onParseError(this.transport);
	}

	@Override
	public void tooMany() {
		session().limitExceeded(EngineLimit.MAX_PACKETS_PER_PAYLOAD);
		malformed();
	}

}
