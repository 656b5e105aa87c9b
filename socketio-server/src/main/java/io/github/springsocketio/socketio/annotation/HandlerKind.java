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

package io.github.springsocketio.socketio.annotation;

import java.lang.annotation.Annotation;

/**
 * The kinds of methods of controllers.
 */
enum HandlerKind {

	CONNECT(OnConnect.class),

	CONNECTED(OnConnected.class),

	EVENT(OnEvent.class),

	DISCONNECT(OnDisconnect.class),

	EXCEPTION(SocketIoExceptionHandler.class);

	private final Class<? extends Annotation> annotation;

	HandlerKind(Class<? extends Annotation> annotation) {
		this.annotation = annotation;
	}

	Class<? extends Annotation> annotation() {
		return this.annotation;
	}

	/**
	 * Return whether the method is called for an event.
	 */
	boolean hasEvent() {
		return this == EVENT || this == EXCEPTION;
	}

	@Override
	public String toString() {
		return "@" + this.annotation.getSimpleName();
	}

}
