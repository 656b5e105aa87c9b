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

/**
 * An object that knows how much memory it takes, approximately.
 *
 * @since 0.1.0
 */
@Internal
public interface Retained {

	/**
	 * Return the memory that the object takes for itself.
	 * @return the size in bytes
	 */
	int retainedBytes();

	/**
	 * Return the memory that an object takes for itself, if it knows.
	 * @param object the object
	 * @return the size in bytes, or 0 if the object does not know it
	 */
	static int bytesOf(Object object) {
		return (object instanceof Retained retained) ? retained.retainedBytes() : 0;
	}

}
