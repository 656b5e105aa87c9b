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

package io.github.springsocketio.testsupport;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP response as it came.
 *
 * @param status the status
 * @param reason the text behind the status
 * @param headers the header lines, in their order and spelling
 * @param body the body, without any chunking
 * @since 0.1.0
 */
public record RawResponse(int status, String reason, List<Map.Entry<String, String>> headers, byte[] body) {

	/**
	 * Return a header that may be there once.
	 * @param name the name, in any case
	 * @return the value, or {@code null} without such a line
	 */
	public @Nullable String header(String name) {
		List<String> lines = headers(name);
		if (lines.size() > 1) {
			throw new AssertionError("More than one header " + name + ": " + lines);
		}
		return lines.isEmpty() ? null : lines.get(0);
	}

	/**
	 * Return the values of all lines of a header.
	 * @param name the name, in any case
	 * @return the values, one for each line
	 */
	public List<String> headers(String name) {
		return this.headers.stream()
			.filter((header) -> header.getKey().equalsIgnoreCase(name))
			.map(Map.Entry::getValue)
			.toList();
	}

	/**
	 * Return the names of the headers.
	 * @return the names in lower case and in their order
	 */
	public List<String> names() {
		return this.headers.stream().map((header) -> header.getKey().toLowerCase(Locale.ROOT)).toList();
	}

	/**
	 * Return the {@code Set-Cookie} lines.
	 * @return the values of the lines
	 */
	public List<String> cookies() {
		return headers("set-cookie");
	}

	/**
	 * Return the body as text.
	 * @return the body, decoded as UTF-8
	 */
	public String text() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		String text = text();
		return this.status + " " + this.headers + " " + text.substring(0, Math.min(text.length(), 200));
	}

}
