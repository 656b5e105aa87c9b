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

package io.github.springsocketio.socketio.adapter;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Packets in the order of their positions: appended at the end, removed from the start,
 * and found by position. Not thread-safe.
 */
final class PacketLog {

	private static final int MIN_CAPACITY = 8;

	private @Nullable StoredPacket[] ring = new StoredPacket[MIN_CAPACITY];

	private int start;

	private int size;

	int size() {
		return this.size;
	}

	boolean isEmpty() {
		return this.size == 0;
	}

	/**
	 * Append a packet with a higher position than all others.
	 */
	void add(StoredPacket packet) {
		if (this.size == this.ring.length) {
			resize(this.ring.length * 2);
		}
		this.ring[index(this.size++)] = packet;
	}

	private int index(int i) {
		return (this.start + i) & (this.ring.length - 1);
	}

	private void resize(int capacity) {
		StoredPacket[] resized = new StoredPacket[capacity];
		for (int i = 0; i < this.size; i++) {
			resized[i] = get(i);
		}
		this.ring = resized;
		this.start = 0;
	}

	/**
	 * Return a packet.
	 * @param i the index, from 0 for the first
	 */
	StoredPacket get(int i) {
		StoredPacket packet = this.ring[index(i)];
		if (i >= this.size || packet == null) {
			throw new IndexOutOfBoundsException(i);
		}
		return packet;
	}

	/**
	 * Return the first packet, or {@code null} if there is none.
	 */
	@Nullable StoredPacket first() {
		return (this.size != 0) ? this.ring[this.start] : null;
	}

	/**
	 * Remove the first packet.
	 */
	StoredPacket removeFirst() {
		StoredPacket removed = get(0);
		this.ring[this.start] = null;
		this.start = index(1);
		this.size--;
		if (this.ring.length > MIN_CAPACITY && this.size <= this.ring.length / 4) {
			resize(this.ring.length / 2);
		}
		return removed;
	}

	/**
	 * Return the index of the first packet after a position.
	 * @return the number of packets if there is none
	 */
	int indexAfter(long position) {
		int low = 0;
		int high = this.size;
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (get(middle).position() > position) {
				high = middle;
			}
			else {
				low = middle + 1;
			}
		}
		return low;
	}

	/**
	 * Return the packet at a position, or {@code null} if there is none.
	 */
	@Nullable StoredPacket find(long position) {
		int index = indexAfter(position) - 1;
		return (index >= 0 && get(index).position() == position) ? get(index) : null;
	}

	void clear() {
		Arrays.fill(this.ring, null);
		this.start = 0;
		this.size = 0;
	}

}
