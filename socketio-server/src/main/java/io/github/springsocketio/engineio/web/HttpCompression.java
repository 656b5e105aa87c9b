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

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Compresses responses to polls (EIO-103 to EIO-106).
 */
final class HttpCompression {

	static final List<String> ENCODINGS = List.of("gzip", "deflate");

	private static final byte[] GZIP_HEADER = { 0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff };

	private final int threshold;

	private final int level;

	HttpCompression(HttpCompressionOptions options) {
		this.threshold = options.threshold();
		this.level = options.level();
	}

	/**
	 * Return the content encoding of a response, or {@code null} for none.
	 */
	@Nullable String encoding(HttpHeaders request, int length) {
		if (length < this.threshold) {
			return null;
		}
		return AcceptEncoding.select(request.getFirst(HttpHeaders.ACCEPT_ENCODING), ENCODINGS);
	}

	byte[] compress(byte[] body, String encoding) {
		boolean gzip = encoding.equals("gzip");
		Deflater deflater = new Deflater(this.level, gzip);
		try {
			ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 2 + 32);
			if (gzip) {
				out.writeBytes(GZIP_HEADER);
			}
			deflater.setInput(body);
			deflater.finish();
			byte[] chunk = new byte[8192];
			while (!deflater.finished()) {
				out.write(chunk, 0, deflater.deflate(chunk));
			}
			if (gzip) {
				CRC32 crc = new CRC32();
				crc.update(body);
				writeInt(out, (int) crc.getValue());
				writeInt(out, body.length);
			}
			return out.toByteArray();
		}
		finally {
			deflater.end();
		}
	}

	private static void writeInt(ByteArrayOutputStream out, int value) {
		for (int shift = 0; shift < 32; shift += 8) {
			out.write(value >>> shift);
		}
	}

}
