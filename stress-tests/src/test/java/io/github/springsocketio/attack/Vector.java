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

package io.github.springsocketio.attack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

import io.github.springsocketio.testsupport.RawWebSocket;

/**
 * A way to attack a server.
 *
 * @param name the name in the table
 * @param count the number of connections, or requests. Where it is known how many once
 * ended such an application, these are ten times as many
 * @param options whether it needs an application with recovery and compression
 * @param body sends everything
 */
record Vector(String name, int count, boolean options, Body body) {

	private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz";

	private static final int MEGABYTE = 990_000;

	private static final int MAX_ATTACHMENTS = 10;

	private static final String ATTACHMENTS = attachments();

	private static final byte[] ATTACHMENT = RawWebSocket.frame(RawWebSocket.BINARY, new byte[900_000]);

	private static final byte[] BOMB = bomb();

	/**
	 * Return all vectors, in an order in which the cheaper ones come first.
	 */
	static List<Vector> all() {
		List<Vector> all = new ArrayList<>();
		http(all);
		websocket(all);
		socketIo(all);
		options(all);
		return all;
	}

	private static void http(List<Vector> all) {
		all.add(of("announced bodies", 16_150, (attack, count) -> attack.connections(count, (peer) -> {
			String target = peer.handshake();
			peer.post(target, MEGABYTE);
		})));
		all.add(of("slow request heads", 16_000, (attack, count) -> attack.connections(count,
				(peer) -> peer.send(Peer.head("GET", "/socket.io/", "X: " + "x".repeat(7000))))));
		all.add(of("slow bodies", 1280, (attack, count) -> attack.connections(count, (peer) -> {
			String target = peer.handshake();
			peer.post(target, MEGABYTE);
			peer.send(new byte[MEGABYTE - 1]);
		})));
		all.add(of("bodies that an auth payload points into", 1280,
				(attack, count) -> attack.connections(count, (peer) -> {
					String target = peer.handshake();
					String body = "40{\"a\":1}\u001e42[\"none\",\"" + "x".repeat(MEGABYTE - 100) + "\"]";
					peer.post(target, body.length());
					peer.send(body);
					peer.response();
				})));
		all.add(of("unread polls", 320, (attack, count) -> attack.connections(count, (peer) -> {
			String target = peer.handshake();
			post(peer, target, "40");
			post(peer, target, "42[\"big\",40]");
			peer.get(target);
		})));
		all.add(of("sessions that join nothing", 116_000,
				(attack, count) -> attack.connections(count / 1000 + 1, (peer) -> {
					for (int i = 0; i < Math.min(count, 1000); i++) {
						peer.handshake("Cookie: a=" + unique(i, 7000));
					}
				})));
		all.add(of("malformed HTTP", 2000, (attack, count) -> attack.connections(count, (peer) -> {
			peer.send("GET /\u0001\u001b[31m?sid=secret \u0000\r\nA\u0007: \r\n\r\n".repeat(10));
			attack.release(peer);
		})));
	}

	private static void websocket(List<Vector> all) {
		all.add(of("fragments", 1280, (attack, count) -> attack.connections(count, (peer) -> {
			peer.join();
			peer.send(RawWebSocket.frame(0x01, true, new byte[100_000]));
			for (int i = 0; i < 9; i++) {
				peer.send(RawWebSocket.frame(0x00, true, new byte[98_000]));
			}
		})));
		all.add(of("unread websockets", 320, (attack, count) -> attack.connections(count, (peer) -> {
			peer.join();
			peer.text("42[\"big\",40]");
		})));
	}

	private static void socketIo(List<Vector> all) {
		all.add(of("attachments under way", 140, (attack, count) -> attack.connections(count, (peer) -> {
			peer.join();
			peer.text(ATTACHMENTS);
			for (int i = 0; i < MAX_ATTACHMENTS - 1; i++) {
				peer.send(ATTACHMENT);
			}
		})));
		all.add(of("attachments named 3,000 times", 100, (attack, count) -> attack.connections(count, (peer) -> {
			peer.join();
			peer.text("451-[\"say\"" + ",{\"_placeholder\":true,\"num\":0}".repeat(3000) + "]");
			peer.send(ATTACHMENT);
		})));
		all.add(of("relayed attachments", 100, Vector::relay));
		all.add(of("outboxes with tiny packets", 1400, (attack, count) -> attack.connections(count, (peer) -> {
			peer.join();
			peer.text("42[\"tiny\",9999]");
		})));
		all.add(of("dynamic namespaces", 2010, (attack, count) -> attack.connections(count, (peer) -> {
			peer.websocket();
			int number = peer.hashCode();
			for (int i = 0; i < 50; i++) {
				peer.text("40/dynamic-" + number + "-" + i + ",");
			}
			peer.drain(200);
		})));
		all.add(of("rooms", 100, (attack, count) -> attack.connections(count, (peer) -> {
			peer.join();
			String prefix = unique(peer.hashCode(), 900);
			for (int i = 0; i < 11_000; i++) {
				peer.text("42[\"join\",\"" + prefix + i + "\"]");
			}
		})));
		all.add(of("pending acknowledgements", 4000, (attack, count) -> attack.connections(count, (peer) -> {
			peer.join();
			peer.send(repeated("42[\"ask\"]", 1000));
		})));
		byte[] misfits = repeated("42[\"typed\",\"x\"]", 20_000);
		all.add(of("events of the wrong type", 80, (attack, count) -> attack.connections(count, (peer) -> {
			peer.join();
			peer.send(misfits);
		})));
		byte[] refused = repeated("42[\"join\",\"" + "r".repeat(1100) + "\"]", 1000);
		all.add(of("refused events", 80, (attack, count) -> attack.connections(count, (peer) -> {
			peer.join();
			for (int i = 0; i < 20; i++) {
				peer.send(refused);
			}
		})));
	}

	private static void options(List<Vector> all) {
		all.add(new Vector("compressed bombs", 80, true, (attack, count) -> attack.connections(count, (peer) -> {
			peer.join("Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover");
			for (int i = 0; i < 40; i++) {
				peer.send(BOMB);
			}
		})));
		all.add(new Vector("state for recovery", 20_000, true, (attack, count) -> attack.connections(count, (peer) -> {
			peer.join();
			for (int i = 0; i < 5; i++) {
				peer.text("42[\"join\",\"" + unique(peer.hashCode(), 500) + i + "\"]");
			}
			peer.text("42[\"say\",\"" + "x".repeat(5000) + "\"]");
			peer.text("420[\"echo\"]");
			peer.drain(100);
			attack.release(peer);
		})));
	}

	/**
	 * A few receivers read nothing while many senders send all the attachments that they
	 * may.
	 */
	private static void relay(Attack attack, int count) {
		attack.connections(5, (peer) -> {
			peer.join();
			peer.text("42[\"join\",\"room\"]");
		});
		attack.connections(count, (peer) -> {
			peer.join();
			peer.text(ATTACHMENTS);
			for (int i = 0; i < MAX_ATTACHMENTS; i++) {
				peer.send(ATTACHMENT);
			}
		});
	}

	private static Vector of(String name, int count, Body body) {
		return new Vector(name, count, false, body);
	}

	private static void post(Peer peer, String target, String body) throws IOException {
		peer.post(target, body.length());
		peer.send(body);
		peer.response();
	}

	/**
	 * Return an event with as many attachments as are allowed.
	 */
	private static String attachments() {
		StringBuilder packet = new StringBuilder("45" + MAX_ATTACHMENTS + "-[\"say\"");
		for (int i = 0; i < MAX_ATTACHMENTS; i++) {
			packet.append(",{\"_placeholder\":true,\"num\":").append(i).append('}');
		}
		return packet.append(']').toString();
	}

	private static byte[] repeated(String text, int times) {
		byte[] frame = RawWebSocket.frame(RawWebSocket.TEXT, text.getBytes(StandardCharsets.UTF_8));
		byte[] frames = new byte[frame.length * times];
		for (int i = 0; i < times; i++) {
			System.arraycopy(frame, 0, frames, i * frame.length, frame.length);
		}
		return frames;
	}

	/**
	 * Return a text that no other has, so that nothing can be shared.
	 */
	private static String unique(int number, int length) {
		StringBuilder text = new StringBuilder(number + "-" + System.nanoTime() + "-");
		while (text.length() < length) {
			text.append(ALPHABET.charAt(text.length() % ALPHABET.length()));
		}
		return text.toString();
	}

	/**
	 * Return an event of a megabyte that is a kilobyte on the wire.
	 */
	private static byte[] bomb() {
		byte[] text = ("420[\"echo\",\"" + "a".repeat(MEGABYTE) + "\"]").getBytes(StandardCharsets.UTF_8);
		Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
		try {
			deflater.setInput(text);
			byte[] buffer = new byte[20_000];
			int length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
			// without the empty block at the end, RFC 7692, section 7.2.1
			byte[] message = new byte[length - 4];
			System.arraycopy(buffer, 0, message, 0, message.length);
			return RawWebSocket.frame(0xc1, true, message);
		}
		finally {
			deflater.end();
		}
	}

	/**
	 * Sends what there is to send, and returns with the connections open.
	 */
	@FunctionalInterface
	interface Body {

		void run(Attack attack, int count);

	}

}
