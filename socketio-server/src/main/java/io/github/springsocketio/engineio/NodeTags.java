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

package io.github.springsocketio.engineio;

import java.security.SecureRandom;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Tags of nodes in front of session ids: {@code TAG-ID}, where {@code ID} is one of
 * {@link SecureSessionIds}. The random part has a fixed length, so that the tag itself
 * may contain the separator.
 */
final class NodeTags {

	private static final int MAX_LENGTH = 16;

	private static final int ID_LENGTH = 20;

	private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_-]{1," + MAX_LENGTH + "}");

	private static final Pattern ID = Pattern
		.compile("[A-Za-z0-9_-]{1," + MAX_LENGTH + "}-[A-Za-z0-9_-]{" + ID_LENGTH + "}");

	private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

	private static final int RANDOM_LENGTH = 8;

	private static final SecureRandom random = new SecureRandom();

	private NodeTags() {
	}

	static boolean isValid(String tag) {
		return TAG.matcher(tag).matches();
	}

	static String random() {
		StringBuilder tag = new StringBuilder();
		random.ints(RANDOM_LENGTH, 0, LETTERS.length()).forEach((i) -> tag.append(LETTERS.charAt(i)));
		return tag.toString();
	}

	static String nextId(String tag) {
		return tag + "-" + SecureSessionIds.next();
	}

	/**
	 * Return the tag of a session id, or {@code null} if it has none.
	 * @param sid the id, as the client sent it
	 */
	static @Nullable String find(String sid) {
		return (sid.length() > ID_LENGTH + 1 && sid.length() <= MAX_LENGTH + 1 + ID_LENGTH && ID.matcher(sid).matches())
				? sid.substring(0, sid.length() - ID_LENGTH - 1) : null;
	}

}
