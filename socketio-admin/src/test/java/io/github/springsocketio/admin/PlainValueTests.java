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

package io.github.springsocketio.admin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class PlainValueTests {

	@Test
	void plainValuesStayAsTheyAre() {
		Map<String, @Nullable Object> value = new HashMap<>();
		value.put("list", List.of(1, 2.5, true, "x"));
		value.put("nothing", null);
		assertThat(PlainValue.of(value)).isEqualTo(value);
	}

	@Test
	void otherObjectsAreNamedOnly() {
		assertThat(PlainValue.of(List.of(new byte[3], new Object() {

			@Override
			public String toString() {
				throw new IllegalStateException("must not be called");
			}

		}, Thread.State.NEW))).isEqualTo(List.of("[3 bytes]", "[]", "NEW"));
	}

	@Test
	void sizeIsBounded() {
		List<Object> endless = new ArrayList<>();
		endless.add(endless);
		for (Object value : List.of("x".repeat(100_000), Collections.nCopies(100_000, "x"),
				Collections.nCopies(100_000, List.of()), Collections.nCopies(100_000, 1), endless,
				Collections.nCopies(50, Collections.nCopies(50, "y".repeat(500))), Map.of("k".repeat(100_000), 1))) {
			assertThat(JsonMapper.shared().writeValueAsString(PlainValue.of(value)).length()).isLessThan(30_000);
		}
	}

}
