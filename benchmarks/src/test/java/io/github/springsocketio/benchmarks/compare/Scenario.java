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

/**
 * A kind of load.
 */
enum Scenario {

	ECHO("echo", 100, 1, "echo, 1 under way on each of 100 websockets"),

	ECHO_5000("echo", 100, 1, "echo, 5,000 a second of 100 websockets"),

	ECHO_10("echo", 100, 10, "echo, 10 under way"),

	ACK("ack", 100, 1, "acknowledgement"),

	BINARY("binary", 100, 1, "echo of an attachment"),

	BROADCAST("broadcast", 500, 1, "broadcast to 500, for each delivery"),

	BROADCAST_1K("broadcast", 1000, 1, "broadcast of 1 kB to 1,000, for each delivery"),

	BROADCAST_1K_COMPRESSED("broadcast", 1000, 1, "broadcast of 1 kB to 1,000, compressed without context"),

	POLLING("polling", 50, 1, "echo over long-polling, 50 clients"),

	CONNECT("connect", 32, 1, "connect and disconnect, websocket"),

	IDLE("idle", 5000, 1, "5,000 idle websockets");

	private final String kind;

	private final int clients;

	private final int window;

	private final String title;

	Scenario(String kind, int clients, int window, String title) {
		this.kind = kind;
		this.clients = clients;
		this.window = window;
		this.title = title;
	}

	/**
	 * Return whether the payload has 1 kB.
	 */
	boolean isLarge() {
		return this == BROADCAST_1K || this == BROADCAST_1K_COMPRESSED;
	}

	boolean isCompressed() {
		return this == BROADCAST_1K_COMPRESSED;
	}

	String kind() {
		return this.kind;
	}

	int clients() {
		return this.clients;
	}

	int window() {
		return this.window;
	}

	String title() {
		return this.title;
	}

}
