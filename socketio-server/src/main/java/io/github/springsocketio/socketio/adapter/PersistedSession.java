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

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The state of a socket, for connection state recovery: its id, rooms and data, and
 * information about the packets that its client has received.
 *
 * @since 0.1.0
 */
public final class PersistedSession {

	private final String sid;

	private final String pid;

	private final @Nullable String principal;

	private final Set<String> rooms;

	private final Map<String, @Nullable Object> data;

	private final @Nullable String startOffset;

	private final @Nullable String receivedOffset;

	private final @Nullable String sentAfter;

	private final List<String> sentOffsets;

	private final @Nullable String endOffset;

	private final Map<String, String> aliases;

	private PersistedSession(Builder builder) {
		this.sid = builder.sid;
		this.pid = builder.pid;
		this.principal = builder.principal;
		this.rooms = builder.rooms;
		this.data = builder.data;
		this.startOffset = builder.startOffset;
		this.receivedOffset = builder.receivedOffset;
		this.sentAfter = builder.sentAfter;
		this.sentOffsets = builder.sentOffsets;
		this.endOffset = builder.endOffset;
		this.aliases = builder.aliases;
	}

	/**
	 * Return a builder.
	 * @param sid the id of the socket
	 * @param pid the private id, with which its client requests the state
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
	 * Return the private id, with which the client requests the state.
	 * @return the private id, a secret of the client
	 */
	public String pid() {
		return this.pid;
	}

	/**
	 * Return the name of the principal of the handshake. Only the same principal may
	 * restore the state.
	 * @return the name, or {@code null} if there was no principal
	 */
	public @Nullable String principal() {
		return this.principal;
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

	/**
	 * Return the {@linkplain Adapter#position() position} at which the socket joined. A
	 * client that names no offset has received nothing since.
	 * @return the offset, or {@code null} if it is not known
	 */
	public @Nullable String startOffset() {
		return this.startOffset;
	}

	/**
	 * Return the last offset that the client is known to have received.
	 * @return the offset, or {@code null} if none is known
	 */
	public @Nullable String receivedOffset() {
		return this.receivedOffset;
	}

	/**
	 * Return the offset after which {@link #sentOffsets()} has everything that was sent.
	 * @return the offset, or {@code null} for the start of the session
	 */
	public @Nullable String sentAfter() {
		return this.sentAfter;
	}

	/**
	 * Return the offsets of the last packets that were sent to the client and are not
	 * known to have been received.
	 * @return the offsets, in the order of sending; at most 128
	 */
	public List<String> sentOffsets() {
		return this.sentOffsets;
	}

	/**
	 * Return the offset of the last packet that was sent to the client. A client that
	 * sends it has only missed packets after the {@linkplain #endOffset() end}, even if
	 * the packet itself is no longer kept.
	 * @return the offset, or {@code null} if nothing with an offset was sent
	 */
	public @Nullable String lastOffset() {
		if (!this.sentOffsets.isEmpty()) {
			return this.sentOffsets.get(this.sentOffsets.size() - 1);
		}
		return (this.sentAfter != null) ? this.sentAfter : this.receivedOffset;
	}

	/**
	 * Return the {@linkplain Adapter#position() position} up to which packets for the
	 * socket were sent to it. Later ones were not.
	 * @return the offset, or {@code null} if it is not known
	 */
	public @Nullable String endOffset() {
		return this.endOffset;
	}

	/**
	 * Return the texts that the client may send in place of an offset: the offset that it
	 * sent when it connected, until it receives a packet, and the last argument of an
	 * event without offset, such as a volatile one, if it is a string.
	 * @return these texts, with the offset that was sent before, which is an empty string
	 * for {@link #startOffset()}
	 */
	public Map<String, String> aliases() {
		return this.aliases;
	}

	/**
	 * Return the offset up to which the client has received everything.
	 * @param named the offset that the client sent as the last one that it has received,
	 * or {@code null} if it has received none
	 * @return the {@link #startOffset()} if it has received nothing of this session,
	 * otherwise the text that the client sent or the offset that it represents; not
	 * necessarily an offset
	 */
	public @Nullable String resolve(@Nullable String named) {
		if (named == null) {
			return this.startOffset;
		}
		String offset = this.aliases.get(named);
		if (offset == null) {
			return named;
		}
		return offset.isEmpty() ? this.startOffset : offset;
	}

	@Override
	public String toString() {
		return "PersistedSession[rooms=" + this.rooms.size() + "]";
	}

	/**
	 * Builds a {@link PersistedSession}.
	 */
	public static final class Builder {

		private final String sid;

		private final String pid;

		private @Nullable String principal;

		private Set<String> rooms = Set.of();

		private Map<String, @Nullable Object> data = Map.of();

		private @Nullable String startOffset;

		private @Nullable String receivedOffset;

		private @Nullable String sentAfter;

		private List<String> sentOffsets = List.of();

		private @Nullable String endOffset;

		private Map<String, String> aliases = Map.of();

		private Builder(String sid, String pid) {
			Assert.notNull(sid, "'sid' must not be null");
			Assert.notNull(pid, "'pid' must not be null");
			this.sid = sid;
			this.pid = pid;
		}

		/**
		 * Set the name of the principal of the handshake.
		 * @param principal the name, or {@code null} for none, the default
		 * @return this builder
		 */
		public Builder principal(@Nullable String principal) {
			this.principal = principal;
			return this;
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
		 * Set the position at which the socket joined.
		 * @param startOffset the offset; not known by default
		 * @return this builder
		 */
		public Builder startOffset(@Nullable String startOffset) {
			this.startOffset = startOffset;
			return this;
		}

		/**
		 * Set the last offset that the client is known to have received.
		 * @param receivedOffset the offset; none by default
		 * @return this builder
		 */
		public Builder receivedOffset(@Nullable String receivedOffset) {
			this.receivedOffset = receivedOffset;
			return this;
		}

		/**
		 * Set the offsets of the last packets that were sent to the client.
		 * @param after the offset after which the offsets are complete, or {@code null}
		 * for the start of the session
		 * @param offsets the offsets, in the order of sending; none by default
		 * @return this builder
		 */
		public Builder sent(@Nullable String after, List<String> offsets) {
			Assert.notNull(offsets, "'offsets' must not be null");
			this.sentAfter = after;
			this.sentOffsets = offsets;
			return this;
		}

		/**
		 * Set the position up to which packets for the socket were sent to it.
		 * @param endOffset the offset; not known by default
		 * @return this builder
		 */
		public Builder endOffset(@Nullable String endOffset) {
			this.endOffset = endOffset;
			return this;
		}

		/**
		 * Set the texts that the client may send in place of an offset.
		 * @param aliases the texts and their offsets; none by default
		 * @return this builder
		 */
		public Builder aliases(Map<String, String> aliases) {
			Assert.notNull(aliases, "'aliases' must not be null");
			this.aliases = aliases;
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
