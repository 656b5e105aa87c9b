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

/**
 * The outcome of a request for a session of another node.
 *
 * @since 0.1.0
 * @see EngineListener#onMisroutedRequest(MisroutedRequest)
 */
public enum MisroutedRequest {

	/**
	 * It was refused with {@link EngineError#UNKNOWN_SID}.
	 */
	REFUSED("refused"),

	/**
	 * It was forwarded to the other node.
	 */
	FORWARDED("forwarded"),

	/**
	 * It could not be forwarded, because the other node did not respond.
	 */
	FAILED("failed");

	private final String text;

	MisroutedRequest(String text) {
		this.text = text;
	}

	/**
	 * Return the outcome as a text, such as for a tag of a metric.
	 * @return the text
	 */
	public String text() {
		return this.text;
	}

}
