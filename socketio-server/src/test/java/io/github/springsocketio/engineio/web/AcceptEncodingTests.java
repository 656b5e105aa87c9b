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

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Selects what the JavaScript server selects.
 */
@Tag("EIO-104")
@Tag("SIO-119")
class AcceptEncodingTests {

	@ParameterizedTest(name = "{0}: {1} of all, {2} without br")
	@CsvSource(delimiter = '|', nullValues = "none",
			value = { "gzip, deflate, br|gzip|gzip", "gzip, deflate, br, zstd|gzip|gzip", "br, gzip|br|gzip",
					"deflate, gzip|deflate|deflate", "deflate, br|deflate|deflate", "br|br|none", "BR|br|none",
					"*|br|gzip", "*, br;q=0|gzip|gzip", "gzip;q=0.1, br;q=0.9|br|gzip", "br;q=0, gzip|gzip|gzip",
					"br ; q=0.3, gzip;q=0.2|br|gzip", "*;q=0.5, gzip;q=0.2|br|deflate", "br;q=0.5, *;q=0.1|br|gzip",
					"identity, br;q=0.5|br|none", "br;q=0|none|none", "*;q=0|none|none", "identity|none|none",
					"x|none|none", "none|none|none", "''|none|none", "br;q=x, gzip;q=0.1|gzip|gzip",
					";;, ,gzip;|gzip|gzip" })
	void selectsByWeightAndThenByTheOrderOfTheClient(String header, String all, String withoutBrotli) {
		assertThat(AcceptEncoding.select(header, List.of("br", "gzip", "deflate"))).isEqualTo(all);
		assertThat(AcceptEncoding.select(header, List.of("gzip", "deflate"))).isEqualTo(withoutBrotli);
	}

}
