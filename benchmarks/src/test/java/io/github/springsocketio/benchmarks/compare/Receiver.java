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

package io.github.springsocketio.benchmarks.compare;

import java.io.IOException;

/**
 * What is to be done with what clients receive.
 */
interface Receiver {

	/**
	 * Return how many messages a client may have under way.
	 */
	int window();

	/**
	 * A client has joined.
	 */
	void onReady(Client client) throws IOException;

	/**
	 * A client has received a text packet, with its Engine.IO type.
	 */
	void onText(Client client, byte[] data, int from, int to) throws IOException;

	/**
	 * A client has received an attachment.
	 */
	void onBinary(Client client, byte[] data, int from, int to) throws IOException;

}
