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

import io.github.springsocketio.InvalidOptionException;
import io.github.springsocketio.OptionChecks;

/**
 * Limits for the packets of peers. Immutable.
 *
 * @since 0.1.0
 */
public final class ParserOptions {

	private final int maxAttachments;

	private final int maxMessageBytes;

	private final int maxNamespaceLength;

	private final int maxDepth;

	private final int maxStringLength;

	private final int maxNumberLength;

	private final int maxNameLength;

	private final int maxArguments;

	private ParserOptions(Builder builder) {
		this.maxAttachments = builder.maxAttachments;
		this.maxMessageBytes = builder.maxMessageBytes;
		this.maxNamespaceLength = builder.maxNamespaceLength;
		this.maxDepth = builder.maxDepth;
		this.maxStringLength = builder.maxStringLength;
		this.maxNumberLength = builder.maxNumberLength;
		this.maxNameLength = builder.maxNameLength;
		this.maxArguments = builder.maxArguments;
	}

	/**
	 * Return a builder with the default values.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the options with their default values.
	 * @return the defaults
	 */
	public static ParserOptions defaults() {
		return builder().build();
	}

	/**
	 * Return the maximum number of attachments of a packet, for received and for sent
	 * packets.
	 * @return {@code 10} by default
	 */
	public int maxAttachments() {
		return this.maxAttachments;
	}

	/**
	 * Return the maximum size of a packet together with its attachments, in bytes.
	 * @return {@code 10000000} by default
	 */
	public int maxMessageBytes() {
		return this.maxMessageBytes;
	}

	/**
	 * Return the maximum length of a namespace, in bytes of UTF-8.
	 * @return {@code 256} by default
	 */
	public int maxNamespaceLength() {
		return this.maxNamespaceLength;
	}

	/**
	 * Return the maximum nesting depth of arrays and objects. The array of arguments is
	 * the first level. The {@code StreamReadConstraints} of the mapper are the upper
	 * bound.
	 * @return {@code 0} by default: what the mapper allows, which is 500 if not changed
	 */
	public int maxDepth() {
		return this.maxDepth;
	}

	/**
	 * Return the maximum length of a string, in UTF-16 units.
	 * @return {@code 1000000} by default
	 */
	public int maxStringLength() {
		return this.maxStringLength;
	}

	/**
	 * Return the maximum length of a number, in characters.
	 * @return {@code 100} by default
	 */
	public int maxNumberLength() {
		return this.maxNumberLength;
	}

	/**
	 * Return the maximum length of the name of an event or of a property of an object, in
	 * UTF-16 units.
	 * @return {@code 1000} by default
	 */
	public int maxNameLength() {
		return this.maxNameLength;
	}

	/**
	 * Return the maximum number of arguments of an event or an acknowledgement that a
	 * peer sends.
	 * @return {@code 1000} by default
	 */
	public int maxArguments() {
		return this.maxArguments;
	}

	/**
	 * Builds {@link ParserOptions}. Each value is checked when it is set; an invalid
	 * value causes an {@link InvalidOptionException} that names the option.
	 */
	public static final class Builder {

		private int maxAttachments = 10;

		private int maxMessageBytes = 10_000_000;

		private int maxNamespaceLength = 256;

		private int maxDepth;

		private int maxStringLength = 1_000_000;

		private int maxNumberLength = 100;

		private int maxNameLength = 1_000;

		private int maxArguments = 1_000;

		private Builder() {
		}

		/**
		 * Set the maximum number of attachments of a packet.
		 * @param maxAttachments at least 0
		 * @return this builder
		 */
		public Builder maxAttachments(int maxAttachments) {
			this.maxAttachments = OptionChecks.atLeast("maxAttachments", maxAttachments, 0);
			return this;
		}

		/**
		 * Set the maximum size of a packet together with its attachments.
		 * @param maxMessageBytes bytes, at least 1
		 * @return this builder
		 */
		public Builder maxMessageBytes(int maxMessageBytes) {
			this.maxMessageBytes = OptionChecks.atLeast("maxMessageBytes", maxMessageBytes, 1);
			return this;
		}

		/**
		 * Set the maximum length of a namespace.
		 * @param maxNamespaceLength length in bytes of UTF-8, at least 1
		 * @return this builder
		 */
		public Builder maxNamespaceLength(int maxNamespaceLength) {
			this.maxNamespaceLength = OptionChecks.atLeast("maxNamespaceLength", maxNamespaceLength, 1);
			return this;
		}

		/**
		 * Set the maximum nesting depth of arrays and objects.
		 * @param maxDepth levels, at least 1 and at most 500
		 * @return this builder
		 */
		public Builder maxDepth(int maxDepth) {
			this.maxDepth = OptionChecks.inRange("maxDepth", maxDepth, 1, 500);
			return this;
		}

		/**
		 * Set the maximum length of a string.
		 * @param maxStringLength length in UTF-16 units, at least 1
		 * @return this builder
		 */
		public Builder maxStringLength(int maxStringLength) {
			this.maxStringLength = OptionChecks.atLeast("maxStringLength", maxStringLength, 1);
			return this;
		}

		/**
		 * Set the maximum length of a number.
		 * @param maxNumberLength characters, at least 1
		 * @return this builder
		 */
		public Builder maxNumberLength(int maxNumberLength) {
			this.maxNumberLength = OptionChecks.atLeast("maxNumberLength", maxNumberLength, 1);
			return this;
		}

		/**
		 * Set the maximum length of the name of an event or of a property of an object.
		 * @param maxNameLength length in UTF-16 units, at least 1
		 * @return this builder
		 */
		public Builder maxNameLength(int maxNameLength) {
			this.maxNameLength = OptionChecks.atLeast("maxNameLength", maxNameLength, 1);
			return this;
		}

		/**
		 * Set the maximum number of arguments of an event or an acknowledgement that a
		 * peer sends.
		 * @param maxArguments at least 1
		 * @return this builder
		 */
		public Builder maxArguments(int maxArguments) {
			this.maxArguments = OptionChecks.atLeast("maxArguments", maxArguments, 1);
			return this;
		}

		/**
		 * Build the options.
		 * @return the options
		 */
		public ParserOptions build() {
			return new ParserOptions(this);
		}

	}

}
