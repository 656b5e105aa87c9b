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

package io.github.springsocketio.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Properties of the parser of packets: limits for what a client may send. They do not
 * apply to a parser that is a bean of the application.
 *
 * @since 0.1.0
 */
public class ParserProperties {

	/**
	 * Format of packets. Clients must use the same.
	 */
	private ParserType type = ParserType.JSON;

	/**
	 * Maximum number of binary attachments of one packet.
	 */
	private int maxAttachments = 10;

	/**
	 * Maximum size of one packet together with its attachments. If not set, ten times the
	 * maximum size of a message.
	 */
	private @Nullable DataSize maxMessageBytes;

	/**
	 * Maximum depth of nested arrays and objects.
	 */
	private int maxDepth = 64;

	/**
	 * Maximum length of one string, in characters. If not set, as many as the maximum
	 * size of a message has bytes.
	 */
	private @Nullable Integer maxStringLength;

	/**
	 * Maximum length of one number, in characters.
	 */
	private int maxNumberLength = 100;

	/**
	 * Maximum length of the name of an event or a field, in characters.
	 */
	private int maxNameLength = 1000;

	/**
	 * Maximum length of the name of a namespace, in bytes.
	 */
	private int maxNamespaceLength = 256;

	public ParserType getType() {
		return this.type;
	}

	public void setType(ParserType type) {
		this.type = type;
	}

	public int getMaxAttachments() {
		return this.maxAttachments;
	}

	public void setMaxAttachments(int maxAttachments) {
		this.maxAttachments = maxAttachments;
	}

	public @Nullable DataSize getMaxMessageBytes() {
		return this.maxMessageBytes;
	}

	public void setMaxMessageBytes(@Nullable DataSize maxMessageBytes) {
		this.maxMessageBytes = maxMessageBytes;
	}

	public int getMaxDepth() {
		return this.maxDepth;
	}

	public void setMaxDepth(int maxDepth) {
		this.maxDepth = maxDepth;
	}

	public @Nullable Integer getMaxStringLength() {
		return this.maxStringLength;
	}

	public void setMaxStringLength(@Nullable Integer maxStringLength) {
		this.maxStringLength = maxStringLength;
	}

	public int getMaxNumberLength() {
		return this.maxNumberLength;
	}

	public void setMaxNumberLength(int maxNumberLength) {
		this.maxNumberLength = maxNumberLength;
	}

	public int getMaxNameLength() {
		return this.maxNameLength;
	}

	public void setMaxNameLength(int maxNameLength) {
		this.maxNameLength = maxNameLength;
	}

	public int getMaxNamespaceLength() {
		return this.maxNamespaceLength;
	}

	public void setMaxNamespaceLength(int maxNamespaceLength) {
		this.maxNamespaceLength = maxNamespaceLength;
	}

	/**
	 * Formats of packets.
	 */
	public enum ParserType {

		/**
		 * JSON, with binary values beside it: what clients speak by default.
		 */
		JSON,

		/**
		 * MessagePack, as in the npm package socket.io-msgpack-parser.
		 */
		MSGPACK

	}

}
