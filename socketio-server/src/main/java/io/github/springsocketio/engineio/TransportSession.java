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

import io.github.springsocketio.Internal;
import org.jspecify.annotations.Nullable;

/**
 * The view of a session for the web endpoint, including its transports.
 *
 * @since 0.1.0
 */
@Internal
public interface TransportSession extends EngineSession, TransportHandler {

	/**
	 * Start an upgrade to another transport.
	 * @param candidate the transport, which is closed at once if the session cannot be
	 * upgraded to it
	 */
	void onUpgradeAttempt(Transport candidate);

	@Override
	void countMemory(long bytes);

	/**
	 * Return the current transport.
	 * @return the transport
	 */
	Transport currentTransport();

	/**
	 * Return the transport of an upgrade in progress.
	 * @return the transport, or {@code null} if there is no upgrade in progress
	 */
	@Nullable Transport upgradeCandidate();

}
