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

import io.github.springsocketio.socketio.packet.Decoded.Malformed;

/**
 * Validates JSON text against RFC 8259 and the limits, without recursion and without
 * creating values, and finds the elements of an array and the placeholders of
 * attachments. Reusable; not thread-safe.
 */
final class JsonScanner {

	private static final byte[] NONE = {};

	private final int maxDepth;

	private final int maxString;

	private final int maxNumber;

	private final int maxName;

	private final int maxElements;

	private final PlaceholderTracker placeholders = new PlaceholderTracker();

	private byte[] data = NONE;

	private int end;

	/**
	 * The closing character of each open array and object.
	 */
	private byte[] closings = new byte[32];

	private int depth;

	private Malformed problem = Malformations.INVALID_PAYLOAD;

	private boolean fresh;

	private boolean array;

	private int[] elements = new int[16];

	private int elementsSize;

	/**
	 * Create a scanner for the packets of peers.
	 */
	JsonScanner(ParserOptions options, int maxDepth) {
		// the name of an event is an element too
		this(maxDepth, options.maxStringLength(), options.maxNumberLength(), options.maxNameLength(),
				(int) Math.min(Integer.MAX_VALUE, options.maxArguments() + 1L));
	}

	JsonScanner(int maxDepth, int maxString, int maxNumber, int maxName, int maxElements) {
		this.maxDepth = maxDepth;
		this.maxString = maxString;
		this.maxNumber = maxNumber;
		this.maxName = maxName;
		this.maxElements = maxElements;
	}

	/**
	 * Validate a text.
	 * @param data contains the text
	 * @param start the start of the text, which is the first character of a value
	 * @param end the end of the text
	 * @param attachments the number of attachments to which placeholders may refer; 0 if
	 * placeholders are ordinary data
	 * @return whether the text is valid JSON within the limits
	 */
	boolean scan(byte[] data, int start, int end, int attachments) {
		this.data = data;
		this.end = end;
		this.depth = 0;
		this.problem = Malformations.INVALID_PAYLOAD;
		this.elementsSize = 0;
		this.array = start < end && data[start] == '[';
		this.placeholders.reset(attachments);
		int pos = value(start);
		while (pos >= 0 && this.depth > 0) {
			pos = next(pos);
		}
		boolean valid = pos >= 0 && blank(pos) == end;
		this.data = NONE;
		return valid;
	}

	/**
	 * Return why the last text is not valid.
	 */
	Malformed problem() {
		return this.problem;
	}

	private int exceeded(Malformed limit) {
		this.problem = limit;
		return -1;
	}

	/**
	 * Return the number of elements if the text is an array.
	 * @return zero or more
	 */
	int elementCount() {
		return this.elementsSize / 2;
	}

	int elementStart(int index) {
		return this.elements[2 * index];
	}

	int elementEnd(int index) {
		return this.elements[2 * index + 1];
	}

	/**
	 * Return the bounds of the elements.
	 * @param first the index of the first element to return
	 * @return start and exclusive end of each element
	 */
	int[] elementsFrom(int first) {
		return Arrays.copyOfRange(this.elements, 2 * first, this.elementsSize);
	}

	PlaceholderTracker placeholders() {
		return this.placeholders;
	}

	/**
	 * Release buffers that are unusually large.
	 */
	void trim() {
		if (this.elements.length > 4096) {
			this.elements = new int[16];
		}
		this.placeholders.trim();
	}

	// Read what follows a value or the start of an array or object, and the next value.
	private int next(int from) {
		int pos = blank(from);
		if (pos >= this.end) {
			return -1;
		}
		byte closing = this.closings[this.depth - 1];
		if (this.data[pos] == closing) {
			return close(pos + 1);
		}
		if (!this.fresh) {
			if (this.data[pos] != ',') {
				return -1;
			}
			pos = blank(pos + 1);
		}
		this.fresh = false;
		if (closing == '}') {
			pos = name(pos);
			if (pos < 0) {
				return -1;
			}
		}
		return value(pos);
	}

	private int value(int pos) {
		if (pos >= this.end) {
			return -1;
		}
		byte first = this.data[pos];
		if (this.placeholders.isActive() && this.depth > 0 && this.closings[this.depth - 1] == '}') {
			this.placeholders.value(this.depth - 1, this.data, pos, this.end);
		}
		boolean element = this.depth == 1 && this.array;
		if (element) {
			if (elementCount() == this.maxElements) {
				return exceeded(Malformations.TOO_MANY_ARGUMENTS);
			}
			addElement(pos);
		}
		if (first == '{' || first == '[') {
			return open(pos, first);
		}
		int after = scalar(pos, first);
		if (element) {
			addElement(after);
		}
		return after;
	}

	private int scalar(int pos, byte first) {
		return switch (first) {
			case '"' -> {
				int quote = JsonText.string(this.data, pos + 1, this.end);
				yield (quote < 0) ? -1 : JsonText.isLonger(this.data, pos + 1, quote, this.maxString)
						? exceeded(Malformations.STRING_TOO_LONG) : quote + 1;
			}
			case 't' -> literal(pos, "true");
			case 'f' -> literal(pos, "false");
			case 'n' -> literal(pos, "null");
			default -> number(pos);
		};
	}

	private int open(int pos, byte first) {
		if (this.depth == this.maxDepth) {
			return exceeded(Malformations.TOO_DEEP);
		}
		if (this.depth == this.closings.length) {
			this.closings = Arrays.copyOf(this.closings, 2 * this.depth);
		}
		boolean object = first == '{';
		if (object && this.placeholders.isActive()) {
			this.placeholders.begin(this.depth, pos);
		}
		this.closings[this.depth++] = (byte) (object ? '}' : ']');
		this.fresh = true;
		return pos + 1;
	}

	private int close(int after) {
		this.depth--;
		this.fresh = false;
		if (this.placeholders.isActive() && this.closings[this.depth] == '}') {
			this.placeholders.end(this.depth, after);
		}
		if (this.depth == 1 && this.array) {
			addElement(after);
		}
		return after;
	}

	private int name(int pos) {
		if (pos >= this.end || this.data[pos] != '"') {
			return -1;
		}
		int quote = JsonText.string(this.data, pos + 1, this.end);
		if (quote < 0) {
			return -1;
		}
		if (JsonText.isLonger(this.data, pos + 1, quote, this.maxName)) {
			return exceeded(Malformations.NAME_TOO_LONG);
		}
		if (this.placeholders.isActive()) {
			this.placeholders.name(this.data, pos + 1, quote);
		}
		int colon = blank(quote + 1);
		return (colon < this.end && this.data[colon] == ':') ? blank(colon + 1) : -1;
	}

	private int literal(int pos, String text) {
		int length = text.length();
		if (pos + length > this.end) {
			return -1;
		}
		for (int i = 1; i < length; i++) {
			if (this.data[pos + i] != text.charAt(i)) {
				return -1;
			}
		}
		return pos + length;
	}

	private int number(int start) {
		int pos = (this.data[start] == '-') ? start + 1 : start;
		int after = digits(pos);
		if (after == pos || after > pos + 1 && this.data[pos] == '0') {
			return -1;
		}
		pos = after;
		if (pos < this.end && this.data[pos] == '.') {
			after = digits(pos + 1);
			if (after == pos + 1) {
				return -1;
			}
			pos = after;
		}
		if (pos < this.end && (this.data[pos] | 0x20) == 'e') {
			pos = exponent(pos + 1);
		}
		return (pos - start <= this.maxNumber) ? pos : exceeded(Malformations.NUMBER_TOO_LONG);
	}

	private int exponent(int pos) {
		int first = (pos < this.end && (this.data[pos] == '+' || this.data[pos] == '-')) ? pos + 1 : pos;
		int after = digits(first);
		return (after != first) ? after : -1;
	}

	private int digits(int from) {
		int pos = from;
		while (pos < this.end && this.data[pos] >= '0' && this.data[pos] <= '9') {
			pos++;
		}
		return pos;
	}

	private int blank(int from) {
		int pos = from;
		while (pos < this.end && this.data[pos] <= ' ' && (this.data[pos] == ' ' || this.data[pos] == '\n'
				|| this.data[pos] == '\r' || this.data[pos] == '\t')) {
			pos++;
		}
		return pos;
	}

	private void addElement(int pos) {
		if (this.elementsSize == this.elements.length) {
			this.elements = Arrays.copyOf(this.elements, 2 * this.elementsSize);
		}
		this.elements[this.elementsSize++] = pos;
	}

}
