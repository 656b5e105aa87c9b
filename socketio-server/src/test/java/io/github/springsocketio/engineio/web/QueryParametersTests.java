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

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class QueryParametersTests {

	@ParameterizedTest
	@Tag("EIO-06")
	@ValueSource(strings = { "/socket.io/", "/socket.io/?", "/socket.io/?EIO=4&transport=polling&sid=a_-Z0", "/?sid",
			"/?sid&x", "/?sid=", "/?sid=&x=1", "/?sid=1&sid=2", "/?sid=1&sid", "/?sidx=1&xsid=2", "/?x=sid&y=sid=1",
			"/?&&sid=1&&", "/?sid=a=b", "/?sid=%41", "/?s%69d=1", "/?sid=a+b", "/?sid=1#sid=2", "/?=sid",
			"/?sid=1?sid=2", "/?SID=1", "/?sid=%4", "/?%", "/?=1&&sid=2" })
	void oneParameterIsTheSameAsAmongAll(String target) {
		for (String name : new String[] { "sid", "transport", "EIO", "x", "y", "" }) {
			assertThat(QueryParameters.find(target, name)).as(name).isEqualTo(QueryParameters.parse(target).get(name));
		}
	}

	@ParameterizedTest
	@Tag("SEC-05")
	@CsvSource(delimiter = '|', nullValues = "none",
			value = { "/?sid=1&sid=2|sid", "/?sid&EIO=4&sid|sid", "/?EIO=4&s%69d=1&si%64|sid", "/?sid=sid|none",
					"/?sidx=1&xsid=2&sid|none", "/?x=1&x=2|none", "/?sid=1#&sid=2|none", "/sid&sid?sid|none",
					"/?sid=&EIO&=EIO|none", "/|none", "/?|none", "/?&&EIO=1&&sid=1&&EIO|EIO" })
	void repeatedParameterIsFound(String target, String name) {
		assertThat(QueryParameters.repeated(target, "EIO", "sid")).isEqualTo(name);
	}

}
