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
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.testsupport.Await;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compression of payloads for permessage-deflate.
 */
@Tag("EIO-107")
class PayloadDeflaterTests {

	private static final byte[] TAIL = { 0, 0, (byte) 0xff, (byte) 0xff };

	private final Random random = new Random(7);

	@ParameterizedTest
	@ValueSource(ints = { 8, 9, 10, 12, 14, 15 })
	void payloadsAreInflatedOneAfterTheOther(int windowBits) throws DataFormatException {
		PayloadDeflater deflater = new PayloadDeflater(windowBits);
		Inflater inflater = new Inflater(true);
		for (int size : new int[] { 1, 0, 5, 255, 256, 257, 1000, 0, 4096, 100000, 3, 65536 }) {
			byte[] payload = payload(size);
			assertThat(inflate(inflater, deflater.deflate(payload), size)).isEqualTo(payload);
		}
		inflater.end();
		deflater.end();
	}

	@Test
	void payloadsReferToEarlierOnes() {
		PayloadDeflater deflater = new PayloadDeflater(15);
		byte[] payload = payload(1000);
		int first = deflater.deflate(payload).length;
		assertThat(deflater.deflate(payload).length).isLessThan(first / 4);
		deflater.reset();
		assertThat(deflater.deflate(payload).length).isEqualTo(first);
		deflater.end();
	}

	@Test
	void lastPayloadIsNotKept() {
		PayloadDeflater deflater = new PayloadDeflater(15);
		WeakReference<byte[]> payload = new WeakReference<>(payload(100_000));
		deflater.deflate(Objects.requireNonNull(payload.get()));
		Await.until("the payload is collected", () -> {
			System.gc();
			return payload.get() == null;
		});
		deflater.end();
	}

	@ParameterizedTest
	@ValueSource(ints = { 8, 10, 14 })
	void nothingRefersFurtherBackThanTheWindow(int windowBits) throws DataFormatException {
		PayloadDeflater deflater = new PayloadDeflater(windowBits);
		ByteArrayOutputStream plain = new ByteArrayOutputStream();
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		byte[] repeated = payload(300);
		for (int i = 0; i < 200; i++) {
			byte[] payload = (i % 3 == 0) ? payload(this.random.nextInt(3000)) : repeated;
			plain.writeBytes(payload);
			compressed.writeBytes(deflater.deflate(payload));
			compressed.writeBytes(TAIL);
		}
		deflater.end();
		assertThat(compressed.size()).isLessThan(plain.size());
		// what follows a full flush can be inflated without what comes before
		ByteArrayOutputStream inflated = new ByteArrayOutputStream();
		int window = 1 << windowBits;
		Inflater inflater = new Inflater(true);
		for (byte[] block : blocks(compressed.toByteArray())) {
			inflated.writeBytes(inflate(inflater, block, window));
			if (inflated.size() % window == 0) {
				inflater.reset();
			}
		}
		inflater.end();
		assertThat(inflated.toByteArray()).isEqualTo(plain.toByteArray());
	}

	/**
	 * Split at the ends of all flushes.
	 */
	private static List<byte[]> blocks(byte[] compressed) {
		List<byte[]> blocks = new ArrayList<>();
		int start = 0;
		for (int i = 0; i + TAIL.length <= compressed.length; i++) {
			if (Arrays.equals(compressed, i, i + TAIL.length, TAIL, 0, TAIL.length)) {
				blocks.add(Arrays.copyOfRange(compressed, start, i));
				start = i + TAIL.length;
			}
		}
		return blocks;
	}

	@Test
	void messageIsCompressedOnceForAllThatKeepNoContext() {
		AtomicInteger counted = new AtomicInteger();
		EncodedMessage message = EncodedMessage.of(payload(100), payload(200), payload(300));
		SharedCompression compression = new SharedCompression(15, 10, (counting, bytes) -> {
			assertThat(counting).isSameAs(message);
			counted.addAndGet(bytes);
		});
		byte[] text = compression.compress(message.text(), message, 0);
		byte[] second = compression.compress(message.binaries()[1], message, 2);
		byte[] first = compression.compress(message.binaries()[0], message, 1);
		assertThat(counted).hasValue(text.length + second.length + first.length);
		assertThat(compression.compress(message.text(), message, 0)).isSameAs(text);
		assertThat(compression.compress(message.binaries()[0], message, 1)).isSameAs(first);
		assertThat(compression.compress(message.binaries()[1], message, 2)).isSameAs(second);
		assertThat(counted).hasValue(text.length + second.length + first.length);
	}

	@Test
	void oneFormOfAMessageIsKept() throws DataFormatException {
		AtomicInteger counted = new AtomicInteger();
		SharedCompression compression = new SharedCompression(15, 10, (message, bytes) -> counted.addAndGet(bytes));
		SharedCompression keepsNothing = new SharedCompression(10, 10, null);
		SharedCompression ofAnotherServer = new SharedCompression(15, 10, (message, bytes) -> counted.addAndGet(bytes));
		EncodedMessage message = EncodedMessage.of(payload(100));
		byte[] small = keepsNothing.compress(message.text(), message, 0);
		assertThat(message.kept()).isNull();
		byte[] kept = compression.compress(message.text(), message, 0);
		assertThat(message.kept()).isNotNull();
		assertThat(keepsNothing.compress(message.text(), message, 0)).isEqualTo(small).isNotSameAs(small);
		byte[] other = ofAnotherServer.compress(message.text(), message, 0);
		assertThat(other).isNotSameAs(kept);
		assertThat(inflate(new Inflater(true), other, 100)).isEqualTo(message.text());
		assertThat(compression.compress(message.text(), message, 0)).isSameAs(kept);
		assertThat(counted).hasValue(kept.length);
	}

	@Test
	void otherFormOfAPayloadIsNotTakenForIt() {
		SharedCompression compression = keeping();
		EncodedMessage message = EncodedMessage.binary(payload(100));
		byte[] plain = compression.compress(message.binaries()[0], message, 0);
		assertThat(compression.compress(payload(100), message, -1)).isNotEqualTo(plain);
		assertThat(compression.compress(message.binaries()[0], message, 0)).isSameAs(plain);
	}

	@Test
	void payloadBelowTheThresholdAndMessageThatForbidsItAreNotCompressed() {
		SharedCompression compression = keeping();
		EncodedMessage message = EncodedMessage.text("123456789");
		assertThat(compression.compress(message.text(), message, 0)).isNull();
		message = EncodedMessage.text("1234567890");
		assertThat(compression.compress(message.text(), message, 0)).isNotNull();
		message = message.compress(false);
		assertThat(compression.compress(message.text(), message, 0)).isNull();
	}

	private static SharedCompression keeping() {
		return new SharedCompression(15, 10, (message, bytes) -> {
		});
	}

	/**
	 * Text that can be compressed, but is never the same.
	 */
	private byte[] payload(int size) {
		StringBuilder text = new StringBuilder();
		while (text.length() < size) {
			text.append("{\"number\":").append(this.random.nextInt(1000)).append('}');
		}
		return Arrays.copyOf(text.toString().getBytes(StandardCharsets.UTF_8), size);
	}

	private static byte[] inflate(Inflater inflater, byte[] compressed, int maxSize) throws DataFormatException {
		ByteArrayOutputStream input = new ByteArrayOutputStream();
		input.writeBytes(compressed);
		input.writeBytes(TAIL);
		inflater.setInput(input.toByteArray());
		byte[] output = new byte[maxSize + 1];
		return Arrays.copyOf(output, inflater.inflate(output));
	}

}
