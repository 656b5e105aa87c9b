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

package io.github.springsocketio.engineio.web;

import io.github.springsocketio.InvalidOptionException;
import io.github.springsocketio.OptionChecks;

/**
 * Options of the compression of responses to polls (gzip and deflate).
 * <p>
 * Immutable.
 *
 * @since 0.1.0
 */
public final class HttpCompressionOptions {

	private final int threshold;

	private final int level;

	private HttpCompressionOptions(Builder builder) {
		this.threshold = builder.threshold;
		this.level = builder.level;
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
	public static HttpCompressionOptions defaults() {
		return builder().build();
	}

	/**
	 * Return the minimum size of a response to be compressed, in bytes.
	 * @return {@code 1024} by default
	 */
	public int threshold() {
		return this.threshold;
	}

	/**
	 * Return the compression level from 0 to 9, or -1 for the default of zlib.
	 * @return {@code -1} by default
	 */
	public int level() {
		return this.level;
	}

	/**
	 * Builds {@link HttpCompressionOptions}. Each value is checked when it is set; an
	 * invalid value causes an {@link InvalidOptionException} that names the option.
	 */
	public static final class Builder {

		private int threshold = 1024;

		private int level = -1;

		private Builder() {
		}

		/**
		 * Set the minimum size of a response to be compressed, in bytes.
		 * @param threshold the value, at least 0; {@code 1024} by default
		 * @return this builder
		 */
		public Builder threshold(int threshold) {
			this.threshold = OptionChecks.atLeast("threshold", threshold, 0);
			return this;
		}

		/**
		 * Set the compression level from 0 to 9, or -1 for the default of zlib.
		 * @param level the value; {@code -1} by default
		 * @return this builder
		 */
		public Builder level(int level) {
			this.level = OptionChecks.inRange("level", level, -1, 9);
			return this;
		}

		/**
		 * Create the options.
		 * @return immutable options
		 */
		public HttpCompressionOptions build() {
			return new HttpCompressionOptions(this);
		}

	}

}
