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
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Compresses responses to polls (EIO-103 to EIO-106).
 */
final class HttpCompression {

	private static final byte[] GZIP_HEADER = { 0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff };

	private final int threshold;

	private final int level;

	HttpCompression(int threshold, int level) {
		this.threshold = threshold;
		this.level = level;
	}

	/**
	 * Return the content encoding of a response, or {@code null} for none.
	 */
	@Nullable String encoding(HttpHeaders request, int length) {
		if (length < this.threshold) {
			return null;
		}
		String accepted = request.getFirst(HttpHeaders.ACCEPT_ENCODING);
		return (accepted != null) ? negotiate(accepted) : null;
	}

	/**
	 * Choose among {@code gzip} and {@code deflate} by their weights; {@code gzip} wins
	 * ties.
	 */
	static @Nullable String negotiate(String accepted) {
		double gzip = weight(accepted, "gzip");
		double deflate = weight(accepted, "deflate");
		if (gzip <= 0 && deflate <= 0) {
			return null;
		}
		return (gzip >= deflate) ? "gzip" : "deflate";
	}

	private static double weight(String accepted, String encoding) {
		double any = 0;
		for (String part : accepted.split(",", -1)) {
			String[] pieces = part.split(";", -1);
			String name = pieces[0].trim().toLowerCase(Locale.ROOT);
			if (name.equals(encoding)) {
				return weight(pieces);
			}
			if (name.equals("*")) {
				any = weight(pieces);
			}
		}
		return any;
	}

	private static double weight(String[] pieces) {
		for (int i = 1; i < pieces.length; i++) {
			String piece = pieces[i].trim();
			if (piece.startsWith("q=") || piece.startsWith("Q=")) {
				try {
					return Double.parseDouble(piece.substring(2));
				}
				catch (NumberFormatException ex) {
					return 0;
				}
			}
		}
		return 1;
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
