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

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.socketio.adapter.PersistedSession;
import org.jspecify.annotations.Nullable;

/**
 * Tracks which packets with an offset were sent to a client, and which of them the client
 * has provably received. Used in the order of the adapter only.
 */
final class SentPackets {

	private static final int MAX_OFFSETS = 128;

	private static final int MAX_ALIASES = 8;

	private static final int MAX_ALIAS_LENGTH = 256;

	/**
	 * Replaces the offset of an alias that was sent several times.
	 */
	private static final String AMBIGUOUS = new String("ambiguous");

	/**
	 * The last offsets that were sent and are not known to have been received.
	 */
	private @Nullable ArrayDeque<String> offsets;

	/**
	 * The offset after which {@link #offsets} is complete; {@code null} for the start.
	 */
	private @Nullable String after;

	private @Nullable String received;

	/** The mark of the session for the last offset. */
	private long mark;

	/** An earlier offset that is not known to have been received, and its mark. */
	private @Nullable String checkpoint;

	private long checkpointMark;

	/** Whether the marks are those of another session. */
	private boolean detached;

	private @Nullable Map<String, String> aliases;

	/**
	 * Reset the state.
	 * @param named the offset that the client has sent; the client sends it until it
	 * receives a packet
	 */
	void reset(@Nullable String named) {
		this.offsets = null;
		this.after = null;
		this.received = null;
		this.checkpoint = null;
		this.detached = false;
		this.aliases = null;
		if (named != null) {
			alias(named, "");
		}
	}

	/**
	 * Called when the socket has moved to another session, whose marks do not cover
	 * packets of the previous one.
	 */
	void detach() {
		this.detached = true;
	}

	/**
	 * Add a packet that was sent.
	 */
	void add(String offset, EngineSession session) {
		long current = session.deliveryMark();
		if (current != this.mark && !this.detached) {
			update(session);
			if (this.checkpoint == null && this.offsets != null) {
				this.checkpoint = last();
				this.checkpointMark = this.mark;
			}
			this.mark = current;
		}
		append(offset);
	}

	private void append(String offset) {
		ArrayDeque<String> queue = this.offsets;
		if (queue == null) {
			queue = new ArrayDeque<>(4);
			this.offsets = queue;
		}
		else if (queue.size() == MAX_OFFSETS) {
			this.after = queue.remove();
		}
		queue.add(offset);
	}

	private @Nullable String last() {
		return (this.offsets != null) ? this.offsets.getLast() : this.after;
	}

	/**
	 * Add an event without offset, whose last argument the client treats as an offset.
	 */
	void addWithoutOffset(String lastArgument) {
		if (lastArgument.length() > MAX_ALIAS_LENGTH) {
			return;
		}
		String last = last();
		String offset = (last != null) ? last : "";
		String earlier = (this.aliases != null) ? this.aliases.get(lastArgument) : null;
		if (earlier != null && !earlier.equals(offset) && mayBeLast(earlier)) {
			offset = AMBIGUOUS;
		}
		alias(lastArgument, offset);
	}

	/**
	 * Return whether the client may have received nothing after an offset.
	 */
	private boolean mayBeLast(String offset) {
		return offset == AMBIGUOUS || this.received == null || offset.equals(this.received)
				|| (this.offsets != null && this.offsets.contains(offset));
	}

	private void alias(String text, String offset) {
		Map<String, String> map = this.aliases;
		if (map == null) {
			map = new LinkedHashMap<>(4);
			this.aliases = map;
		}
		map.remove(text);
		map.put(text, offset);
		if (map.size() > MAX_ALIASES) {
			map.remove(map.keySet().iterator().next());
		}
	}

	/**
	 * Return the last offset that the client is known to have received.
	 */
	@Nullable String received(EngineSession session) {
		update(session);
		return this.received;
	}

	private void update(EngineSession session) {
		if (this.offsets == null || this.detached) {
			return;
		}
		if (session.isDelivered(this.mark)) {
			received(this.offsets.getLast());
		}
		else if (this.checkpoint != null && session.isDelivered(this.checkpointMark)) {
			received(this.checkpoint);
		}
	}

	private void received(String offset) {
		this.received = offset;
		this.checkpoint = null;
		ArrayDeque<String> queue = this.offsets;
		if (queue == null || !queue.contains(offset)) {
			return;
		}
		this.after = offset;
		boolean more = true;
		while (more) {
			more = !queue.remove().equals(offset);
		}
		if (queue.isEmpty()) {
			this.offsets = null;
		}
	}

	/**
	 * Write the known offsets to the state that is kept.
	 */
	void writeTo(PersistedSession.Builder builder) {
		List<String> sent = (this.offsets != null) ? List.copyOf(this.offsets) : List.of();
		builder.receivedOffset(this.received).sent(this.after, sent);
		if (this.aliases != null) {
			Map<String, String> known = new LinkedHashMap<>(this.aliases);
			known.values().removeIf((offset) -> offset == AMBIGUOUS);
			builder.aliases(known);
		}
	}

}
