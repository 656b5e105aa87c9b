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

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.springsocketio.benchmarks.Histogram;

/**
 * What clients send and what has to come back: every message has a number, is compared
 * byte for byte and must come in order, once.
 */
final class Traffic implements Receiver {

	private static final int FIRST = 1_000_000;

	private static final String JSON = "{\"seq\":1000000,\"text\":\"" + "lorem \\\"ipsum\\\" ".repeat(5)
			+ "\",\"ok\":true,\"half\":0.5}";

	private static final String JSON_1K = "{\"seq\":1000000,\"rows\":[" + rows(new Random(1)) + "]}";

	private final Scenario scenario;

	private final Histogram times = new Histogram();

	private final List<Client> ready = new ArrayList<>();

	private final byte[] request;

	private final byte[] answer;

	private final int requestDigits;

	private final int answerDigits;

	private final byte[] attachment = new byte[128];

	private boolean running;

	private long count;

	private int missing;

	Traffic(Scenario scenario) {
		this.scenario = scenario;
		String event = scenario.kind().equals("polling") ? "echo" : scenario.kind();
		boolean ack = event.equals("ack");
		String json = scenario.isLarge() ? JSON_1K : JSON;
		String out = "42" + (ack ? FIRST : "") + "[\"" + event + "\"," + json + "]";
		String in = ack ? "43" + FIRST + "[" + json + "]" : out;
		if (event.equals("binary")) {
			out = "451-[\"attachment\",{\"_placeholder\":true,\"num\":0}]";
			in = out;
		}
		this.request = Client.ascii(out);
		this.answer = Client.ascii(in);
		this.requestDigits = out.indexOf("1000000", ack ? 10 : 0);
		this.answerDigits = in.indexOf("1000000", ack ? 10 : 0);
		Arrays.fill(this.attachment, (byte) 0x55);
	}

	/**
	 * Return records that resemble each other as those of an application do.
	 */
	private static String rows(Random random) {
		return IntStream.range(0, 19)
			.mapToObj((row) -> String.format(Locale.ROOT, "{\"id\":%d,\"name\":\"%s\",\"price\":%.2f,\"open\":%b}",
					random.nextInt(100_000), Long.toString(random.nextLong(1L << 40), 36), random.nextDouble() * 1000,
					random.nextBoolean()))
			.collect(Collectors.joining(","));
	}

	@Override
	public boolean isCompressing() {
		return this.scenario.isCompressed();
	}

	@Override
	public int window() {
		return this.scenario.window();
	}

	List<Client> ready() {
		return this.ready;
	}

	long count() {
		return this.count;
	}

	Histogram times() {
		return this.times;
	}

	@Override
	public void onReady(Client client) throws IOException {
		this.ready.add(client);
		this.count++;
	}

	/**
	 * Begin to send, and go on until {@link #stop()}.
	 */
	void start() throws IOException {
		this.running = true;
		if (isBroadcast()) {
			next();
			return;
		}
		for (Client client : this.ready) {
			for (int i = 0; i < window(); i++) {
				send(client);
			}
			client.flush();
		}
	}

	void stop() {
		this.running = false;
	}

	/**
	 * Return whether nothing is under way any more.
	 */
	boolean isQuiet() {
		return this.missing == 0;
	}

	private boolean isBroadcast() {
		return this.scenario.kind().equals("broadcast");
	}

	private void next() throws IOException {
		Client sender = this.ready.get(0);
		send(sender);
		this.missing = this.ready.size();
		sender.flush();
	}

	private void send(Client client) throws IOException {
		client.sentAt[client.sent % window()] = System.nanoTime();
		number(this.request, this.requestDigits, client.sent);
		client.text(this.request, this.request.length);
		if (this.scenario == Scenario.BINARY) {
			number(this.attachment, 0, client.sent);
			client.binary(this.attachment);
		}
		client.sent++;
		this.missing++;
	}

	private void number(byte[] data, int at, int number) {
		if (at < 0) {
			return;
		}
		int rest = FIRST + number;
		boolean twice = data == this.request && this.scenario == Scenario.ACK;
		for (int i = 6; i >= 0; i--) {
			byte digit = (byte) ('0' + rest % 10);
			data[at + i] = digit;
			if (twice || data == this.answer && this.scenario == Scenario.ACK) {
				data[2 + i] = digit;
			}
			rest /= 10;
		}
	}

	@Override
	public void onText(Client client, byte[] data, int from, int to) throws IOException {
		number(this.answer, this.answerDigits, client.received);
		if (!Arrays.equals(data, from, to, this.answer, 0, this.answer.length)) {
			throw Client.wrong(
					"Expected " + new String(this.answer, java.nio.charset.StandardCharsets.UTF_8) + "\nbut got", data,
					from, to);
		}
		if (this.scenario == Scenario.BINARY) {
			client.attachmentDue = true;
			return;
		}
		received(client);
	}

	@Override
	public void onBinary(Client client, byte[] data, int from, int to) throws IOException {
		// netty-socketio puts a 4 before attachments, as Engine.IO 3 did
		int start = (to - from == this.attachment.length + 1 && data[from] == 4) ? from + 1 : from;
		number(this.attachment, 0, client.received);
		if (!client.attachmentDue || !Arrays.equals(data, start, to, this.attachment, 0, this.attachment.length)) {
			throw Client.wrong("Unexpected attachment", data, from, to);
		}
		client.attachmentDue = false;
		received(client);
	}

	private void received(Client client) throws IOException {
		if (this.missing == 0) {
			throw new IOException("A message came twice");
		}
		long sentAt = (isBroadcast() ? this.ready.get(0) : client).sentAt[client.received % window()];
		this.times.add(System.nanoTime() - sentAt);
		client.received++;
		this.count++;
		this.missing--;
		if (!this.running) {
			return;
		}
		if (!isBroadcast()) {
			send(client);
			client.flush();
		}
		else if (this.missing == 0) {
			next();
		}
	}

}
