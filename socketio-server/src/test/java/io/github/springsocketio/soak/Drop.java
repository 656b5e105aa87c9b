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

package io.github.springsocketio.soak;

import java.nio.charset.StandardCharsets;

import io.github.springsocketio.testsupport.RawConnection;
import io.github.springsocketio.testsupport.RawHttp;
import io.github.springsocketio.testsupport.RawWebSocket;
import org.jspecify.annotations.Nullable;

/**
 * How a client goes, politely only once. Where {@link #keepsConnections} the sockets stay
 * open, and the server has to do without their end.
 */
enum Drop {

	GOOD_BYE {

		@Override
		void apply(SoakSession session, @Nullable RawWebSocket websocket) {
			if (websocket != null) {
				session.send("41");
				websocket.sendClose(1000);
				websocket.connection().readToEnd();
			}
			else {
				session.send("41\u001e1");
			}
			session.close();
		}

	},

	CLOSED {

		@Override
		void apply(SoakSession session, @Nullable RawWebSocket websocket) {
			session.close();
		}

	},

	RESET {

		@Override
		void apply(SoakSession session, @Nullable RawWebSocket websocket) {
			session.send("42[\"room\",\"last words\"]");
			session.reset();
		}

	},

	HALF_CLOSED(true) {

		@Override
		void apply(SoakSession session, @Nullable RawWebSocket websocket) {
			session.connections().forEach(RawConnection::shutdownOutput);
		}

	},

	SILENT(true) {

		@Override
		void apply(SoakSession session, @Nullable RawWebSocket websocket) {
			session.send("42[\"ask\"]");
		}

	},

	NEVER_READING(true) {

		@Override
		void apply(SoakSession session, @Nullable RawWebSocket websocket) {
			session.send("42[\"flood\"]");
		}

	},

	ASKED {

		@Override
		void apply(SoakSession session, @Nullable RawWebSocket websocket) {
			session.send("42[\"ask\"]");
			session.reset();
		}

	},

	POLL_ABANDONED {

		@Override
		void apply(SoakSession session, @Nullable RawWebSocket websocket) {
			session.http().send("GET", session.target(), null);
			session.reset();
		}

	},

	POLLS_OVERLAP {

		@Override
		void apply(SoakSession session, @Nullable RawWebSocket websocket) {
			session.http().send("GET", session.target(), null);
			session.http().send("GET", session.target(), null);
			session.http().get(session.target());
			session.close();
		}

	},

	MID_MESSAGE {

		@Override
		void apply(SoakSession session, @Nullable RawWebSocket websocket) {
			if (websocket != null) {
				websocket.send(RawWebSocket.header(0x82, true, 100_000));
				websocket.send(new byte[10_000]);
			}
			else {
				RawHttp posts = session.posts();
				posts.sendHead("POST", session.target(), 100_000);
				posts.connection().write(new byte[10_000]);
			}
			session.reset();
		}

	},

	MID_ATTACHMENTS {

		@Override
		void apply(SoakSession session, @Nullable RawWebSocket websocket) {
			session.send("452-[\"x\",{\"_placeholder\":true,\"num\":0}]");
			session.close();
		}

	},

	MID_UPGRADE {

		@Override
		void apply(SoakSession session, @Nullable RawWebSocket websocket) {
			if (websocket == null) {
				session.candidate();
			}
			session.reset();
		}

	},

	BAD_PACKET {

		@Override
		void apply(SoakSession session, @Nullable RawWebSocket websocket) {
			session.posts().post(session.target(), "42[\"echo\",");
			if (websocket != null) {
				websocket.sendText("4\u0007");
				websocket.readCloseAfterTexts();
			}
			session.close();
		}

	},

	BAD_BYTES {

		@Override
		void apply(SoakSession session, @Nullable RawWebSocket websocket) {
			if (websocket != null) {
				websocket.send(RawWebSocket.frame(0xf3, true, "bad".getBytes(StandardCharsets.UTF_8)));
				websocket.connection().readToEnd();
			}
			else {
				session.posts().connection().write("NONSENSE\r\n\r\n\u0000");
			}
			session.close();
		}

	},

	HANDSHAKE_BEGUN(true) {

		@Override
		void apply(SoakSession session, @Nullable RawWebSocket websocket) {
			session.http().connection().write("GET " + session.target("") + " HTTP/1.1\r\nHo");
		}

	};

	final boolean keepsConnections;

	Drop() {
		this(false);
	}

	Drop(boolean keepsConnections) {
		this.keepsConnections = keepsConnections;
	}

	abstract void apply(SoakSession session, @Nullable RawWebSocket websocket);

}
