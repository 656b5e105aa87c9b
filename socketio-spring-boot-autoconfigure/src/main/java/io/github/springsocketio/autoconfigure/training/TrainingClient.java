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

package io.github.springsocketio.autoconfigure.training;

import java.util.concurrent.Callable;

/**
 * Opens sessions one after the other.
 */
final class TrainingClient implements Callable<TrainingClient.Count> {

	private static final int EVENTS = 5;

	private static final int WEB_SOCKETS = 3;

	private final TrainingTarget target;

	private final long end;

	private final String room;

	private int sessions;

	private int events;

	/**
	 * Create a client.
	 * @param target the server
	 * @param room the room of this client only
	 * @param end the time of {@link System#nanoTime()} after which no further round
	 * starts; the first round runs in any case
	 */
	TrainingClient(TrainingTarget target, String room, long end) {
		this.target = target;
		this.room = room;
		this.end = end;
	}

	@Override
	public Count call() {
		do {
			use(TrainingSocket.polling(this.target), 1);
			use(TrainingSocket.upgraded(this.target), EVENTS);
			for (int i = 0; i < WEB_SOCKETS; i++) {
				use(TrainingSocket.webSocket(this.target), 1);
			}
		}
		while (System.nanoTime() - this.end < 0);
		return new Count(this.sessions, this.events);
	}

	private void use(TrainingSocket socket, int times) {
		for (int i = 0; i < times; i++) {
			TrainingHandlers.emit(socket, this.room);
		}
		this.events += socket.events();
		socket.close();
		this.sessions++;
	}

	/**
	 * The statistics of a client.
	 *
	 * @param sessions the number of sessions
	 * @param events the number of events that it has emitted
	 */
	record Count(int sessions, int events) {

		Count plus(Count other) {
			return new Count(this.sessions + other.sessions, this.events + other.events);
		}

	}

}
