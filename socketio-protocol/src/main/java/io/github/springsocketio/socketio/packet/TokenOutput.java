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

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * What values of the application are written to, token by token.
 */
interface TokenOutput {

	void beginArray();

	/**
	 * End an array.
	 * @param size the number of its elements
	 */
	void endArray(int size);

	void beginObject();

	/**
	 * End an object.
	 * @param size the number of its fields
	 */
	void endObject(int size);

	/**
	 * Write what stands between two elements or fields.
	 */
	void separator();

	void name(String name);

	void string(String value);

	void number(long value);

	void number(double value);

	void number(float value);

	void number(BigInteger value);

	void number(BigDecimal value);

	void bool(boolean value);

	void nil();

	void binary(byte[] data);

	/**
	 * Write JSON as it is.
	 * @param json the text of a value, or a part of it
	 */
	void json(String json);

}
