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

package io.github.springsocketio.sample;

import java.nio.charset.StandardCharsets;

/**
 * Detects pictures by their first bytes.
 */
final class Picture {

	private static final String[] STARTS = { "\u0089PNG\r\n\u001a\n", "\u00ff\u00d8\u00ff", "GIF87a", "GIF89a" };

	private Picture() {
	}

	static boolean isKnown(byte[] bytes) {
		String start = new String(bytes, 0, Math.min(12, bytes.length), StandardCharsets.ISO_8859_1);
		for (String known : STARTS) {
			if (start.startsWith(known)) {
				return true;
			}
		}
		return start.startsWith("RIFF") && start.endsWith("WEBP");
	}

}
