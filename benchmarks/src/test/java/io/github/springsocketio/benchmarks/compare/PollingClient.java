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

import org.jspecify.annotations.Nullable;

/**
 * A client on long-polling: a {@code GET} that waits on one connection, a {@code POST} at
 * a time on another.
 */
final class PollingClient extends Client {

	/** The path of the request that opens a session. */
	static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";

	private static final int SEPARATOR = 0x1e;

	private final HttpConnection polls;

	private final HttpConnection posts;

	private final ByteArrayOutputStream body = new ByteArrayOutputStream();

	private String path = HANDSHAKE;

	private boolean posting;

	private boolean closing;

	private Wire.@Nullable Task upgrade;

	PollingClient(Wire wire, Receiver receiver) throws IOException {
		super(receiver);
		this.polls = new HttpConnection(wire) {

			@Override
			void body(byte[] data, int from, int to) throws IOException {
				polled(data, from, to);
			}

			@Override
			void lost(IOException cause) throws IOException {
				refused(cause);
			}

		};
		this.posts = new HttpConnection(wire) {

			@Override
			void body(byte[] data, int from, int to) throws IOException {
				posted(data, from, to);
			}

			@Override
			void lost(IOException cause) throws IOException {
				refused(cause);
			}

		};
		poll();
	}

	private void refused(IOException cause) throws IOException {
		closeLinks();
		receiver().onLost(cause);
	}

	private void poll() throws IOException {
		this.polls.get(this.path);
	}

	private void polled(byte[] data, int from, int to) throws IOException {
		if (this.closing) {
			return;
		}
		if (this.upgrade != null) {
			closeLinks();
			this.upgrade.run();
			return;
		}
		if (data[from] == '0') {
			String open = new String(data, from, to - from, StandardCharsets.UTF_8);
			this.path += "&sid=" + open.replaceAll("(?s).*\"sid\":\"([^\"]*)\".*", "$1");
		}
		poll();
		int start = from;
		for (int i = from; i <= to; i++) {
			if (i == to || data[i] == SEPARATOR) {
				onText(data, start, i);
				start = i + 1;
			}
		}
		flush();
	}

	private void posted(byte[] data, int from, int to) throws IOException {
		if (to - from != 2 || data[from] != 'o' || data[from + 1] != 'k') {
			throw wrong("Unexpected answer to a POST", data, from, to);
		}
		this.posting = false;
		if (this.closing) {
			closeLinks();
			return;
		}
		flush();
	}

	private void closeLinks() throws IOException {
		this.polls.close();
		this.posts.close();
	}

	/**
	 * Return the part of the path that names the session.
	 */
	String session() {
		return this.path.substring(this.path.indexOf("&sid="));
	}

	/**
	 * Poll no more.
	 * @param upgrade called when the last poll has been answered
	 */
	void upgrade(Wire.Task upgrade) {
		this.upgrade = upgrade;
	}

	@Override
	void text(byte[] packet, int length) {
		if (this.body.size() > 0) {
			this.body.write(SEPARATOR);
		}
		this.body.write(packet, 0, length);
	}

	@Override
	void binary(byte[] data) {
		throw new UnsupportedOperationException();
	}

	@Override
	void flush() throws IOException {
		if (this.posting || this.body.size() == 0) {
			return;
		}
		this.posting = true;
		this.posts.send(
				"POST " + this.path + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: benchmark\r\n"
						+ "Content-Type: text/plain;charset=UTF-8\r\nContent-Length: " + this.body.size() + "\r\n\r\n",
				this.body.toByteArray());
		this.body.reset();
	}

	@Override
	void close() throws IOException {
		this.closing = true;
		text(ascii("1"), 1);
		flush();
	}

}
