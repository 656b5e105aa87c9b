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

package io.github.springsocketio.benchmarks.compare;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates what was compressed without context. What comes again is only compared, so
 * that a broadcast to many clients costs them little.
 */
final class LastInflated {

	private static final byte[] TAIL = { 0, 0, (byte) 0xff, (byte) 0xff };

	private byte[] compressed = {};

	private byte[] inflated = {};

	byte[] inflate(byte[] data, int from, int to) throws IOException {
		if (!Arrays.equals(data, from, to, this.compressed, 0, this.compressed.length)) {
			this.compressed = Arrays.copyOfRange(data, from, to);
			this.inflated = inflate(this.compressed);
		}
		return this.inflated;
	}

	private static byte[] inflate(byte[] compressed) throws IOException {
		Inflater inflater = new Inflater(true);
		try {
			byte[] input = Arrays.copyOf(compressed, compressed.length + TAIL.length);
			System.arraycopy(TAIL, 0, input, compressed.length, TAIL.length);
			inflater.setInput(input);
			ByteArrayOutputStream text = new ByteArrayOutputStream();
			byte[] chunk = new byte[4096];
			for (int count = inflater.inflate(chunk); count > 0; count = inflater.inflate(chunk)) {
				text.write(chunk, 0, count);
			}
			return text.toByteArray();
		}
		catch (DataFormatException ex) {
			throw new IOException(ex);
		}
		finally {
			inflater.end();
		}
	}

}
