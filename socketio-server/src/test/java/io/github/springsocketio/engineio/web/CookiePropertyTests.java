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

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for all cookies and queries.
 */
@Tag("SEC-124")
class CookiePropertyTests {

	@Property(seed = "4096")
	void valueThatWasSentIsGivenBack(@ForAll("values") String value, @ForAll("headers") String other) {
		String line = new SessionCookie(SessionCookieOptions.builder().build()).line(value);
		assertThat(line).matches("[\\x21-\\x7e ]+");
		assertThat(line.length()).isLessThanOrEqualTo(200 + 9 * value.length());
		String pair = line.substring(0, line.indexOf(';'));
		String name = pair.substring(0, pair.indexOf('='));
		assertThat(Cookies.parse(pair)).containsExactly(Map.entry(name, value));
		assertThat(Cookies.parse(pair + "; " + other)).containsEntry(name, value);
	}

	@Property(seed = "4096")
	void anyHeaderIsReadTheSameWayInBothForms(@ForAll("headers") String header) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.COOKIE, header);
		Map<String, String> cookies = Cookies.parse(header);
		cookies.forEach((name, value) -> assertThat(Cookies.value(headers, name)).isEqualTo(value));
		assertThat(cookies.values().stream().mapToInt(String::length).sum()).isLessThanOrEqualTo(header.length());
	}

	@Property(seed = "4096")
	void anyQueryIsReadTheSameWayInBothForms(@ForAll("queries") String query) {
		Map<String, String> parameters = QueryParameters.parse("/?" + query);
		parameters.forEach((name, value) -> assertThat(QueryParameters.find("/?" + query, name)).isEqualTo(value));
	}

	@Provide
	Arbitrary<String> values() {
		return Arbitraries.strings()
			.ofMaxLength(40)
			.map((text) -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
	}

	@Provide
	Arbitrary<String> headers() {
		return parts("a", "b", "=", ";", " ", "\t", "\"", "%", "%41", "%C3%A9", "%c3", "%ED%A0%80", "+", ",", "\u00e9");
	}

	@Provide
	Arbitrary<String> queries() {
		return parts("a", "sid", "=", "&", "#", "?", "%", "%41", "%C3%A9", "%c3", "+", "\u00e9", "\ud83d\ude00");
	}

	private static Arbitrary<String> parts(String... parts) {
		return Arbitraries.of(parts).list().ofMaxSize(20).map((list) -> String.join("", list));
	}

}
