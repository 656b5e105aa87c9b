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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Requests one after the other; a connection that the server has closed is made anew.
 */
abstract class HttpConnection implements Wire.Reader {

	private static final byte[] NONE = {};

	private final Wire wire;

	private Wire.Link link;

	/** What was sent and not answered. */
	private byte @Nullable [] request;

	HttpConnection(Wire wire) throws IOException {
		this.wire = wire;
		this.link = wire.new Link(this);
	}

	abstract void body(byte[] data, int from, int to) throws IOException;

	/**
	 * The request was refused.
	 */
	abstract void lost(IOException cause) throws IOException;

	void get(String path) throws IOException {
		send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: benchmark\r\n\r\n", NONE);
	}

	void send(String head, byte[] body) throws IOException {
		byte[] bytes = Client.ascii(head);
		byte[] all = Arrays.copyOf(bytes, bytes.length + body.length);
		System.arraycopy(body, 0, all, bytes.length, body.length);
		this.request = all;
		write(all);
	}

	void close() throws IOException {
		this.link.close();
	}

	private void write(byte[] data) throws IOException {
		this.link.write(data, 0, data.length);
		this.link.flush();
	}

	@Override
	public int read(byte[] data, int from, int to) throws IOException {
		int end = from;
		while (end + 4 <= to && !(data[end] == '\r' && data[end + 2] == '\r')) {
			end++;
		}
		if (end + 4 > to) {
			return 0;
		}
		String head = new String(data, from, end - from, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
		if (!head.startsWith("http/1.1 200")) {
			lost(Client.wrong("Unexpected answer", data, from, to));
			return to - from;
		}
		int start = end + 4;
		int at = head.indexOf("content-length:");
		if (at < 0) {
			return chunked(data, from, start, to);
		}
		int line = head.indexOf('\r', at);
		int length = Integer.parseInt(head.substring(at + 15, (line < 0) ? head.length() : line).trim());
		if (to - start < length) {
			return 0;
		}
		this.request = null;
		body(data, start, start + length);
		return start + length - from;
	}

	private int chunked(byte[] data, int from, int start, int to) throws IOException {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		int at = start;
		while (true) {
			int line = at;
			while (line < to && data[line] != '\n') {
				line++;
			}
			if (line >= to) {
				return 0;
			}
			int size = Integer.parseInt(new String(data, at, line - at, StandardCharsets.ISO_8859_1).trim(), 16);
			if (line + 1 + size + 2 > to) {
				return 0;
			}
			all.write(data, line + 1, size);
			at = line + 1 + size + 2;
			if (size == 0) {
				this.request = null;
				body(all.toByteArray(), 0, all.size());
				return at - from;
			}
		}
	}

	@Override
	public void closed() throws IOException {
		this.link = this.wire.new Link(this);
		byte[] unanswered = this.request;
		if (unanswered != null) {
			write(unanswered);
		}
	}

}
