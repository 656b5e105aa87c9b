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

package io.github.springsocketio.socketio.packet;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Finds the placeholders of attachments while the scanner reads a packet. Placeholders
 * within a placeholder are ignored.
 */
final class PlaceholderTracker {

	static final int INVALID = -1;

	private static final int OTHER = 0;

	private static final int MARK = 1;

	private static final int NUM = 2;

	private boolean active;

	private int attachments;

	/**
	 * Start, end and number of each placeholder.
	 */
	private int[] found = new int[12];

	private int size;

	/**
	 * Start, mark and number of each open object, by depth.
	 */
	private int[] open = new int[3 * 16];

	private int name;

	/**
	 * Begin a packet.
	 * @param attachments the number of attachments; 0 if placeholders are ordinary data
	 */
	void reset(int attachments) {
		this.active = attachments > 0;
		this.attachments = attachments;
		this.size = 0;
	}

	boolean isActive() {
		return this.active;
	}

	void begin(int depth, int pos) {
		int at = 3 * depth;
		if (at + 3 > this.open.length) {
			this.open = Arrays.copyOf(this.open, 2 * at);
		}
		this.open[at] = pos;
		this.open[at + 1] = 0;
		this.open[at + 2] = INVALID;
	}

	void name(byte[] data, int from, int to) {
		this.name = JsonText.isEqual(data, from, to, "_placeholder") ? MARK
				: JsonText.isEqual(data, from, to, "num") ? NUM : OTHER;
	}

	// Read the value of the current property; the last one of equal names is used.
	void value(int depth, byte[] data, int pos, int end) {
		int at = 3 * depth;
		if (this.name == MARK) {
			this.open[at + 1] = (data[pos] == 't') ? 1 : 0;
		}
		else if (this.name == NUM) {
			this.open[at + 2] = number(data, pos, end);
		}
		this.name = OTHER;
	}

	private int number(byte[] data, int pos, int end) {
		int value = 0;
		int i = pos;
		while (i < end && data[i] >= '0' && data[i] <= '9' && value < this.attachments) {
			value = value * 10 + data[i++] - '0';
		}
		boolean whole = i > pos && (i == end || data[i] == ',' || data[i] == '}' || data[i] <= ' ' && data[i] > 0);
		return (whole && value < this.attachments) ? value : INVALID;
	}

	void end(int depth, int end) {
		int at = 3 * depth;
		if (this.open[at + 1] == 0) {
			return;
		}
		int start = this.open[at];
		while (this.size > 0 && this.found[this.size - 3] > start) {
			this.size -= 3;
		}
		if (this.size == this.found.length) {
			this.found = Arrays.copyOf(this.found, 2 * this.size);
		}
		this.found[this.size++] = start;
		this.found[this.size++] = end;
		this.found[this.size++] = this.open[at + 2];
	}

	/**
	 * Return the number of placeholders.
	 * @return the number of valid and invalid placeholders
	 */
	int count() {
		return this.size / 3;
	}

	/**
	 * Return whether each placeholder refers to an attachment.
	 * @return whether all placeholders are valid
	 */
	boolean isValid() {
		for (int i = 2; i < this.size; i += 3) {
			if (this.found[i] == INVALID) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Return whether each attachment has exactly one placeholder, if all are valid.
	 */
	boolean isComplete() {
		if (count() != this.attachments) {
			return false;
		}
		boolean[] seen = new boolean[this.attachments];
		for (int i = 2; i < this.size; i += 3) {
			if (seen[this.found[i]]) {
				return false;
			}
			seen[this.found[i]] = true;
		}
		return true;
	}

	/**
	 * Return the placeholders in their order.
	 * @return start, exclusive end and number of each placeholder, or {@code null} if
	 * there are none
	 */
	int @Nullable [] toArray() {
		return (this.size != 0) ? Arrays.copyOf(this.found, this.size) : null;
	}

	/**
	 * Release buffers that are unusually large.
	 */
	void trim() {
		if (this.found.length > 3 * 1024) {
			this.found = new int[12];
		}
	}

}
