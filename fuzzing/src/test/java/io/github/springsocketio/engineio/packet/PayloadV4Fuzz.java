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

import java.util.Arrays;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Any body of protocol 4 is a sequence of packets, which make the same body again, or
 * malformed.
 */
class PayloadV4Fuzz {

	@FuzzTest(maxDuration = "60s")
	void fuzz(byte[] body) {
		PayloadCodecV4 codec = new PayloadCodecV4();
		DecodedPayload decoded = DecodedPayload.of(codec, body, false);
		if (!decoded.isMalformed() && !Arrays.equals(codec.encode(decoded.messages()).body(), body)) {
			throw new IllegalStateException("Another body");
		}
	}

}
