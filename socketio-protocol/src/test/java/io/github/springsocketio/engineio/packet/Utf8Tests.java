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

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * {@link Utf8} against the JDK's decoder.
 */
class Utf8Tests {

	private static final int[] CONTINUATIONS = { 0x00, 0x7f, 0x80, 0x8f, 0xbf, 0xc0, 0xff };

	private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

	private final CharBuffer chars = CharBuffer.allocate(100);

	@ParameterizedTest
	@ValueSource(ints = { 0, 7 })
	void everyLeadAndEverySecondByte(int before) {
		for (int after : new int[] { 0, 12 }) {
			byte[] data = new byte[before + 4 + after];
			Arrays.fill(data, (byte) 'a');
			for (int lead = 0; lead < 0x10000; lead++) {
				data[before] = (byte) (lead >>> 8);
				data[before + 1] = (byte) lead;
				for (int third : CONTINUATIONS) {
					data[before + 2] = (byte) third;
					// the fourth byte matters only where a character has four
					for (int fourth : (lead >= 0xf000) ? CONTINUATIONS : new int[] { 'a' }) {
						data[before + 3] = (byte) fourth;
						check(data, 0, data.length);
					}
				}
			}
		}
	}

	@Test
	void everyCharacter() {
		StringBuilder all = new StringBuilder();
		for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
			if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
				all.appendCodePoint(point);
			}
		}
		byte[] data = all.toString().getBytes(StandardCharsets.UTF_8);
		assertThat(Utf8.isValid(data, 0, data.length)).isTrue();
	}

	@Test
	void everyPartOfAText() {
		byte[] data = "häßlich, 日本語 привет 👋🏽 and plain text at its end".getBytes(StandardCharsets.UTF_8);
		for (int from = 0; from <= data.length; from++) {
			for (int to = from; to <= data.length; to++) {
				check(data, from, to - from);
			}
		}
	}

	@Test
	void sequencesEndWhereAsciiBegins() {
		byte[] data = "é日👋a".getBytes(StandardCharsets.UTF_8);
		assertThat(Utf8.sequences(data, 0, data.length)).isEqualTo(9);
		assertThat(Utf8.sequences(data, 0, 9)).isEqualTo(9);
		assertThat(Utf8.sequences(data, 0, 8)).isEqualTo(-1);
		assertThat(Utf8.sequences(data, 1, data.length)).isEqualTo(-1);
		assertThat(Utf8.sequences(data, 9, data.length)).isEqualTo(9);
	}

	private void check(byte[] data, int offset, int length) {
		boolean actual = Utf8.isValid(data, offset, length);
		// no assertion for each of millions
		if (actual != isValid(data, offset, length)) {
			fail("Wrongly %s: %s", actual ? "valid" : "invalid",
					HexFormat.of().formatHex(data, offset, offset + length));
		}
	}

	private boolean isValid(byte[] data, int offset, int length) {
		this.decoder.reset();
		this.chars.clear();
		return !this.decoder.decode(ByteBuffer.wrap(data, offset, length), this.chars, true).isError();
	}

}
