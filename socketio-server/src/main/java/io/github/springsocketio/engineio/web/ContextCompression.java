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

import io.github.springsocketio.engineio.packet.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The compression of one websocket whose client keeps the context from one message to the
 * next. As in the JavaScript server, every message is compressed.
 */
final class ContextCompression implements PayloadCompression {

	private final PayloadDeflater deflater;

	ContextCompression(int windowBits) {
		this.deflater = new PayloadDeflater(windowBits);
	}

	@Override
	public byte[] compress(byte[] payload, @Nullable EncodedMessage message, int index) {
		return this.deflater.deflate(payload);
	}

	@Override
	public void close() {
		this.deflater.end();
	}

}
