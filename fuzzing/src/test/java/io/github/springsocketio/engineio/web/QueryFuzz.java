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

import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Any query is read, in the same way whether one parameter is asked for or all; so is the
 * form that a script posts.
 */
class QueryFuzz {

	@FuzzTest(maxDuration = "60s")
	void fuzz(byte[] data) {
		String text = new String(data, StandardCharsets.UTF_8);
		for (Map.Entry<String, String> parameter : QueryParameters.parse(text).entrySet()) {
			if (!parameter.getValue().equals(QueryParameters.find(text, parameter.getKey()))) {
				throw new IllegalStateException("Two values");
			}
		}
		QueryParameters.repeated(text, "EIO", "sid");
		QueryParameters.single(text, "d");
		Jsonp.payload(data);
	}

}
