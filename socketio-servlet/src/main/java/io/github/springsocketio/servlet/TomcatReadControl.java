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

package io.github.springsocketio.servlet;

import jakarta.websocket.Session;
import org.apache.tomcat.websocket.WsSession;

/**
 * Pauses the reading of a websocket on Tomcat.
 */
final class TomcatReadControl implements ReadControl {

	private final WsSession session;

	TomcatReadControl(Session session) {
		this.session = (WsSession) session;
	}

	static boolean supports(Session session) {
		return session instanceof WsSession;
	}

	@Override
	public void pause() {
		this.session.suspend();
	}

	@Override
	public void resume() {
		this.session.resume();
	}

}
