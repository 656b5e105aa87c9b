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

package io.github.springsocketio.engineio.packet;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.springsocketio.engineio.packet.PayloadCodec.Payload;

/**
 * Any body of protocol 3, in its text or in its binary form, is a sequence of packets,
 * which are the same once they were encoded again, or malformed.
 */
class PayloadV3Fuzz {

	@FuzzTest(maxDuration = "60s")
	void fuzz(byte[] body) {
		boolean binary = body.length > 0 && (body[0] == 0 || body[0] == 1);
		PayloadCodecV3 codec = new PayloadCodecV3(false);
		DecodedPayload decoded = DecodedPayload.of(codec, body, binary);
		if (!decoded.messages().isEmpty()) {
			Payload payload = codec.encode(decoded.messages());
			DecodedPayload again = DecodedPayload.of(codec, payload.body(), payload.binary());
			if (again.isMalformed() || !again.texts().equals(decoded.texts())) {
				throw new IllegalStateException("Other packets");
			}
		}
	}

}
