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

package io.github.springsocketio.socketio;

/**
 * Listens to operations that an adapter could not accept and whose callers are not
 * notified of the failure, such as {@code emit} and {@code socketsJoin}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AdapterFailureListener {

	/**
	 * Called for each failure, which is also logged. Called on the thread of the adapter
	 * on which it failed; must not block. Exceptions are logged.
	 * @param namespace the namespace
	 * @param operation the name of the operation, one of those of
	 * {@link io.github.springsocketio.socketio.adapter.Adapter} or of a broadcast
	 * operator
	 * @param error the error
	 */
	void onAdapterFailure(Namespace namespace, String operation, Throwable error);

}
