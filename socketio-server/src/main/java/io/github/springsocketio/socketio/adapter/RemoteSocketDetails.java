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
 * The details of a socket that nodes exchange.
 *
 * @since 0.1.0
 */
public final class RemoteSocketDetails {

	private final String id;

	private final Map<String, @Nullable Object> handshake;

	private final Set<String> rooms;

	private final Map<String, @Nullable Object> data;

	private RemoteSocketDetails(Builder builder) {
		this.id = builder.id;
		this.handshake = builder.handshake;
		this.rooms = builder.rooms;
		this.data = builder.data;
	}

	/**
	 * Return a builder.
	 * @param id the id of the socket
	 * @return a new builder
	 */
	public static Builder builder(String id) {
		return new Builder(id);
	}

	/**
	 * Return the id of the socket.
	 * @return the id
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return the fields of the handshake.
	 * @return the fields that the JavaScript server sends
	 */
	public Map<String, @Nullable Object> handshake() {
		return this.handshake;
	}

	/**
	 * Return the rooms that the socket is in.
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
		return "RemoteSocketDetails[rooms=" + this.rooms.size() + "]";
	}

	/**
	 * Builds {@link RemoteSocketDetails}.
	 */
	public static final class Builder {

		private final String id;

		private Map<String, @Nullable Object> handshake = Map.of();

		private Set<String> rooms = Set.of();

		private Map<String, @Nullable Object> data = Map.of();

		private Builder(String id) {
			Assert.notNull(id, "'id' must not be null");
			this.id = id;
		}

		/**
		 * Set the fields of the handshake.
		 * @param handshake the fields; none by default
		 * @return this builder
		 */
		public Builder handshake(Map<String, @Nullable Object> handshake) {
			Assert.notNull(handshake, "'handshake' must not be null");
			this.handshake = handshake;
			return this;
		}

		/**
		 * Set the rooms that the socket is in.
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
		 * Return the details.
		 * @return the details
		 */
		public RemoteSocketDetails build() {
			return new RemoteSocketDetails(this);
		}

	}

}
