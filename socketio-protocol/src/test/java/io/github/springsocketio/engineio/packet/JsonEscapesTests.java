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

package io.github.springsocketio.engineio.packet;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JsonEscapesTests {

	@Test
	void stringsAreQuotedAsByJavaScript() {
		assertThat(JsonEscapes.quote("")).isEqualTo("\"\"");
		assertThat(JsonEscapes.quote("a/é€\u007f\u2028")).isEqualTo("\"a/é€\u007f\u2028\"");
		assertThat(JsonEscapes.quote("\"\\\b\f\n\r\t")).isEqualTo("\"\\\"\\\\\\b\\f\\n\\r\\t\"");
		assertThat(JsonEscapes.quote("\u0000\u000b\u001f")).isEqualTo("\"\\u0000\\u000b\\u001f\"");
	}

	@Test
	@Tag("SEC-62")
	void surrogatesWithoutTheirCounterpartsAreEscaped() {
		assertThat(JsonEscapes.quote("\ud83d\ude00")).isEqualTo("\"\ud83d\ude00\"");
		assertThat(JsonEscapes.quote("\ud83d")).isEqualTo("\"\\ud83d\"");
		assertThat(JsonEscapes.quote("\ude00\ud83d")).isEqualTo("\"\\ude00\\ud83d\"");
		assertThat(JsonEscapes.quote("\ud83d\ud83d\ude00\ude00")).isEqualTo("\"\\ud83d\ud83d\ude00\\ude00\"");
	}

}
