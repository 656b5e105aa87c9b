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
 * Limits on what a peer may send. Immutable.
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

	private ParserOptions(Builder builder) {
		this.maxAttachments = builder.maxAttachments;
		this.maxMessageBytes = builder.maxMessageBytes;
		this.maxNamespaceLength = builder.maxNamespaceLength;
		this.maxDepth = builder.maxDepth;
		this.maxStringLength = builder.maxStringLength;
		this.maxNumberLength = builder.maxNumberLength;
		this.maxNameLength = builder.maxNameLength;
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
	 * Return how many binary attachments a packet may have (SIO-08, SEC-63).
	 * @return {@code 10} by default
	 */
	public int maxAttachments() {
		return this.maxAttachments;
	}

	/**
	 * Return the size of the largest packet together with its attachments, in bytes
	 * (SEC-55, SEC-65).
	 * @return {@code 10000000} by default
	 */
	public int maxMessageBytes() {
		return this.maxMessageBytes;
	}

	/**
	 * Return the length of the longest name of a namespace, in bytes of UTF-8 (SEC-51).
	 * @return {@code 256} by default
	 */
	public int maxNamespaceLength() {
		return this.maxNamespaceLength;
	}

	/**
	 * Return how deep arrays and objects may be nested, the array of arguments being the
	 * first level (SEC-54).
	 * @return {@code 64} by default
	 */
	public int maxDepth() {
		return this.maxDepth;
	}

	/**
	 * Return the length of the longest string, in UTF-16 units.
	 * @return {@code 1000000} by default
	 */
	public int maxStringLength() {
		return this.maxStringLength;
	}

	/**
	 * Return the length of the longest number, in characters (SEC-56).
	 * @return {@code 100} by default
	 */
	public int maxNumberLength() {
		return this.maxNumberLength;
	}

	/**
	 * Return the length of the longest name of an event or of an object's field, in
	 * UTF-16 units.
	 * @return {@code 1000} by default
	 */
	public int maxNameLength() {
		return this.maxNameLength;
	}

	/**
	 * Builds {@link ParserOptions}. Each value is checked when it is set; a refused one
	 * throws an {@link InvalidOptionException} that names the option.
	 */
	public static final class Builder {

		private int maxAttachments = 10;

		private int maxMessageBytes = 10_000_000;

		private int maxNamespaceLength = 256;

		private int maxDepth = 64;

		private int maxStringLength = 1_000_000;

		private int maxNumberLength = 100;

		private int maxNameLength = 1_000;

		private Builder() {
		}

		/**
		 * Set how many binary attachments a packet may have.
		 * @param maxAttachments at least 0
		 * @return this builder
		 */
		public Builder maxAttachments(int maxAttachments) {
			this.maxAttachments = OptionChecks.atLeast("maxAttachments", maxAttachments, 0);
			return this;
		}

		/**
		 * Set the size of the largest packet together with its attachments.
		 * @param maxMessageBytes bytes, at least 1
		 * @return this builder
		 */
		public Builder maxMessageBytes(int maxMessageBytes) {
			this.maxMessageBytes = OptionChecks.atLeast("maxMessageBytes", maxMessageBytes, 1);
			return this;
		}

		/**
		 * Set the length of the longest name of a namespace.
		 * @param maxNamespaceLength length in bytes of UTF-8, at least 1
		 * @return this builder
		 */
		public Builder maxNamespaceLength(int maxNamespaceLength) {
			this.maxNamespaceLength = OptionChecks.atLeast("maxNamespaceLength", maxNamespaceLength, 1);
			return this;
		}

		/**
		 * Set how deep arrays and objects may be nested.
		 * @param maxDepth levels, at least 1 and at most 500
		 * @return this builder
		 */
		public Builder maxDepth(int maxDepth) {
			this.maxDepth = OptionChecks.inRange("maxDepth", maxDepth, 1, 500);
			return this;
		}

		/**
		 * Set the length of the longest string.
		 * @param maxStringLength length in UTF-16 units, at least 1
		 * @return this builder
		 */
		public Builder maxStringLength(int maxStringLength) {
			this.maxStringLength = OptionChecks.atLeast("maxStringLength", maxStringLength, 1);
			return this;
		}

		/**
		 * Set the length of the longest number.
		 * @param maxNumberLength characters, at least 1
		 * @return this builder
		 */
		public Builder maxNumberLength(int maxNumberLength) {
			this.maxNumberLength = OptionChecks.atLeast("maxNumberLength", maxNumberLength, 1);
			return this;
		}

		/**
		 * Set the length of the longest name of an event or of an object's field.
		 * @param maxNameLength length in UTF-16 units, at least 1
		 * @return this builder
		 */
		public Builder maxNameLength(int maxNameLength) {
			this.maxNameLength = OptionChecks.atLeast("maxNameLength", maxNameLength, 1);
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
