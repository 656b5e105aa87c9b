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

import java.util.List;

/**
 * What is done by a few of many clients.
 */
enum GrowthMeasure {

	ECHO("echo", List.of("42[\"echo\",VALUE]"), List.of("42[\"echo\",VALUE]")),

	BROADCAST("broadcast", List.of("42[\"broadcast\",VALUE]"), List.of("42[\"broadcast\",VALUE]")),

	ROOM("room", List.of("42[\"room\",\"ten\",VALUE]"), List.of("42[\"room\",VALUE]")),

	MEMBERSHIP("join-leave", List.of("421[\"join\",\"lobby\"]", "422[\"leave\",\"lobby\"]"), List.of("431[]", "432[]")),

	CONNECT("connect", List.of(), List.of()),

	RECOVERY("recovery", List.of(), List.of());

	private static final String VALUE = "{\"text\":\"how are you?\",\"ok\":true}";

	private final String id;

	private final List<byte[]> requests;

	private final List<byte[]> responses;

	GrowthMeasure(String id, List<String> requests, List<String> responses) {
		this.id = id;
		this.requests = bytes(requests);
		this.responses = bytes(responses);
	}

	private static List<byte[]> bytes(List<String> packets) {
		return packets.stream().map((packet) -> Client.ascii(packet.replace("VALUE", VALUE))).toList();
	}

	/**
	 * Return the name in the file of results.
	 */
	String id() {
		return this.id;
	}

	/**
	 * Return what a client sends one after the other.
	 */
	List<byte[]> requests() {
		return this.requests;
	}

	/**
	 * Return what comes back.
	 */
	List<byte[]> responses() {
		return this.responses;
	}

	/**
	 * Return whether one client sends and several receive.
	 */
	boolean isShared() {
		return this == BROADCAST || this == ROOM;
	}

}
