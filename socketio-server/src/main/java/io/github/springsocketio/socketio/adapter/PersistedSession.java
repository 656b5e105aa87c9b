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

package io.github.springsocketio.socketio.adapter;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The state of a disconnected socket, for connection state recovery.
 *
 * @since 0.1.0
 */
public final class PersistedSession {

	private final String sid;

	private final String pid;

	private final Set<String> rooms;

	private final Map<String, @Nullable Object> data;

	private PersistedSession(Builder builder) {
		this.sid = builder.sid;
		this.pid = builder.pid;
		this.rooms = builder.rooms;
		this.data = builder.data;
	}

	/**
	 * Return a builder.
	 * @param sid the id of the socket
	 * @param pid the private id, with which its client asks for the state
	 * @return a new builder
	 */
	public static Builder builder(String sid, String pid) {
		return new Builder(sid, pid);
	}

	/**
	 * Return the id of the socket.
	 * @return the id
	 */
	public String sid() {
		return this.sid;
	}

	/**
	 * Return the private id, with which the client asks for the state.
	 * @return the private id, a secret of the client
	 */
	public String pid() {
		return this.pid;
	}

	/**
	 * Return the rooms that the socket was in.
	 * @return the names of the rooms
	 */
	public Set<String> rooms() {
		return this.rooms;
	}

	/**
	 * Return the data of the socket.
	 * @return the data
	 */
	public Map<String, @Nullable Object> data() {
		return this.data;
	}

	@Override
	public String toString() {
		return "PersistedSession[rooms=" + this.rooms.size() + "]";
	}

	/**
	 * Builds the state of a socket.
	 */
	public static final class Builder {

		private final String sid;

		private final String pid;

		private Set<String> rooms = Set.of();

		private Map<String, @Nullable Object> data = Map.of();

		private Builder(String sid, String pid) {
			Assert.notNull(sid, "'sid' must not be null");
			Assert.notNull(pid, "'pid' must not be null");
			this.sid = sid;
			this.pid = pid;
		}

		/**
		 * Set the rooms that the socket was in.
		 * @param rooms the names of the rooms; none by default
		 * @return this builder
		 */
		public Builder rooms(Set<String> rooms) {
			Assert.notNull(rooms, "'rooms' must not be null");
			this.rooms = rooms;
			return this;
		}

		/**
		 * Set the data of the socket.
		 * @param data the data; none by default
		 * @return this builder
		 */
		public Builder data(Map<String, @Nullable Object> data) {
			Assert.notNull(data, "'data' must not be null");
			this.data = data;
			return this;
		}

		/**
		 * Return the state.
		 * @return the state
		 */
		public PersistedSession build() {
			return new PersistedSession(this);
		}

	}

}
