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

package io.github.springsocketio.sample;

import org.jspecify.annotations.Nullable;

/**
 * What the server acknowledges an event with.
 *
 * @param ok whether it was accepted
 * @param error why it was not
 * @param stamp what was added to the message, if it was one
 */
record Reply(boolean ok, @Nullable String error, Mail.@Nullable Stamp stamp) {

	static Reply accepted() {
		return new Reply(true, null, null);
	}

	static Reply accepted(Mail.Stamp stamp) {
		return new Reply(true, null, stamp);
	}

	static Reply refused(String error) {
		return new Reply(false, error, null);
	}

}
