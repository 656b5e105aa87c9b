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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.socketio.adapter.PersistedSession;
import org.jspecify.annotations.Nullable;

/**
 * Which packets with an offset were sent to a client, and which of them it is known to
 * have received. Used in the order of the adapter only.
 */
final class SentPackets {

	private static final int MAX_OFFSETS = 128;

	private static final int MAX_ALIASES = 8;

	private static final int MAX_ALIAS_LENGTH = 256;

	/**
	 * In place of the offset of an alias that was sent several times.
	 */
	private static final String AMBIGUOUS = new String("ambiguous");

	private static final String[] NONE = {};

	/**
	 * A ring of the last offsets that were sent and not received, as far as is known.
	 */
	private String[] offsets = NONE;

	private int first;

	private int size;

	/** The offset after which the ring is complete; {@code null} for the start. */
	private @Nullable String after;

	private @Nullable String received;

	/** The mark of the session for the last offset. */
	private long mark;

	/** An earlier offset that is not received yet, and its mark. */
	private @Nullable String checkpoint;

	private long checkpointMark;

	private @Nullable Map<String, String> aliases;

	/**
	 * Start over.
	 * @param named what the client names as the last offset that it has received, until
	 * it receives something
	 */
	void reset(@Nullable String named) {
		this.offsets = NONE;
		this.first = 0;
		this.size = 0;
		this.after = null;
		this.received = null;
		this.checkpoint = null;
		this.aliases = null;
		if (named != null) {
			alias(named, "");
		}
	}

	/**
	 * Add a packet that was sent.
	 */
	void add(String offset, EngineSession session) {
		long current = session.deliveryMark();
		if (current != this.mark) {
			update(session);
			if (this.checkpoint == null && this.size != 0) {
				this.checkpoint = last();
				this.checkpointMark = this.mark;
			}
			this.mark = current;
		}
		append(offset);
	}

	private void append(String offset) {
		if (this.size == MAX_OFFSETS) {
			this.after = this.offsets[this.first];
			removeFirst(1);
		}
		else if (this.size == this.offsets.length) {
			String[] grown = new String[Math.max(4, this.size * 2)];
			for (int i = 0; i < this.size; i++) {
				grown[i] = get(i);
			}
			this.offsets = grown;
			this.first = 0;
		}
		this.offsets[(this.first + this.size++) % this.offsets.length] = offset;
	}

	private String get(int index) {
		return this.offsets[(this.first + index) % this.offsets.length];
	}

	private @Nullable String last() {
		return (this.size != 0) ? get(this.size - 1) : this.after;
	}

	private void removeFirst(int count) {
		this.first = (this.first + count) % this.offsets.length;
		this.size -= count;
	}

	/**
	 * Add an event without offset, whose last argument the client takes for one.
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
		return offset == AMBIGUOUS || this.received == null || offset.equals(this.received) || indexOf(offset) >= 0;
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
		if (this.size == 0) {
			return;
		}
		if (session.isDelivered(this.mark)) {
			received(get(this.size - 1));
		}
		else if (this.checkpoint != null && session.isDelivered(this.checkpointMark)) {
			received(this.checkpoint);
		}
	}

	private void received(String offset) {
		this.received = offset;
		this.checkpoint = null;
		int index = indexOf(offset);
		if (index >= 0) {
			removeFirst(index + 1);
			this.after = offset;
			if (this.size == 0) {
				this.offsets = NONE;
				this.first = 0;
			}
		}
	}

	private int indexOf(String offset) {
		for (int i = this.size - 1; i >= 0; i--) {
			if (get(i).equals(offset)) {
				return i;
			}
		}
		return -1;
	}

	/**
	 * Write what is known to the state that is kept.
	 */
	void writeTo(PersistedSession.Builder builder) {
		List<String> sent = new ArrayList<>(this.size);
		for (int i = 0; i < this.size; i++) {
			sent.add(get(i));
		}
		builder.receivedOffset(this.received).sent(this.after, sent);
		if (this.aliases != null) {
			Map<String, String> known = new LinkedHashMap<>(this.aliases);
			known.values().removeIf((offset) -> offset == AMBIGUOUS);
			builder.aliases(known);
		}
	}

}
