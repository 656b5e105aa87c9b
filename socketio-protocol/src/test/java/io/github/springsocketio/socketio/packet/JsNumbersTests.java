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

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Numbers as {@code JSON.stringify} of Node.js writes them.
 */
@Tag("SIO-06")
class JsNumbersTests {

	@ParameterizedTest
	@CsvSource({ "0.0, 0", "-0.0, 0", "1.0, 1", "-1.0, -1", "1.5, 1.5", "100.0, 100", "0.1, 0.1", "-0.1, -0.1",
			"1.0E20, 100000000000000000000", "1.0E21, 1e+21", "1.5E21, 1.5e+21", "1.2345E25, 1.2345e+25",
			"123456789012345680000.0, 123456789012345680000", "9007199254740992.0, 9007199254740992",
			"9007199254740994.0, 9007199254740994", "1.0E-6, 0.000001", "1.5E-6, 0.0000015", "1.0E-7, 1e-7",
			"1.5E-7, 1.5e-7", "-1.5E-7, -1.5e-7", "5.0E-324, 5e-324", "1.7976931348623157E308, 1.7976931348623157e+308",
			"2.0E-3, 0.002", "12345.678, 12345.678", "1234567.0, 1234567", "1.0E7, 10000000", "12345678.9, 12345678.9",
			"2.2E-322, 2.2e-322", "9.9E-324, 1e-323", "2.0E-323, 2e-323",
			"2.2250738585072014E-308, 2.2250738585072014e-308", "2.0E23, 2e+23" })
	void doubles(double value, String text) {
		assertThat(JsNumbers.toString(value)).isEqualTo(text);
	}

	@ParameterizedTest
	@CsvSource({ "1.1, 1.1", "0.1, 0.1", "16777216, 16777216", "3.4028235E38, 3.4028235e+38", "1.0E-7, 1e-7",
			"-2, -2" })
	void floats(float value, String text) {
		assertThat(JsNumbers.toString(value)).isEqualTo(text);
	}

	@Test
	void notNumbers() {
		assertThat(JsNumbers.toString(Double.NaN)).isEqualTo("NaN");
		assertThat(JsNumbers.toString(Float.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
		assertThat(JsNumbers.toString(Double.POSITIVE_INFINITY)).isEqualTo("Infinity");
	}

}
