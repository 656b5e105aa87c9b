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

package io.github.springsocketio.conformance;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.springsocketio.socketio.BroadcastOperator;
import io.github.springsocketio.socketio.Socket;
import org.jspecify.annotations.Nullable;

import org.springframework.util.CollectionUtils;

/**
 * Whom a broadcast of the {@code wire} profiles is for: the {@code spec} of an event.
 *
 * @param from {@code socket} for the others of the sender, else the whole namespace
 * @param to the rooms; none for all
 * @param except the rooms that are left out
 * @param dropped whether the message is volatile
 * @param local whether it stays on this node
 * @param compress whether it may be compressed
 */
record Target(@Nullable String from, @Nullable List<String> to, @Nullable List<String> except,
		@JsonProperty("volatile") @Nullable Boolean dropped, @Nullable Boolean local, @Nullable Boolean compress) {

	static Target of(@Nullable Target target) {
		return (target != null) ? target : new Target(null, null, null, null, null, null);
	}

	BroadcastOperator of(Socket socket) {
		BroadcastOperator operator = "socket".equals(this.from) ? socket.broadcast() : socket.namespace();
		if (!CollectionUtils.isEmpty(this.to)) {
			operator = operator.to(this.to);
		}
		if (!CollectionUtils.isEmpty(this.except)) {
			operator = operator.except(this.except);
		}
		operator = Boolean.TRUE.equals(this.dropped) ? operator.asVolatile() : operator;
		operator = Boolean.FALSE.equals(this.compress) ? operator.compress(false) : operator;
		return Boolean.TRUE.equals(this.local) ? operator.local() : operator;
	}

}
