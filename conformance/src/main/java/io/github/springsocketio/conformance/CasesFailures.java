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

import java.time.Duration;
import java.util.List;

import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.NamespaceRegistration;
import io.github.springsocketio.socketio.Socket;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;

/**
 * Handlers of the profile {@code cases} that fail, or that emit what may be refused.
 */
final class CasesFailures {

	private CasesFailures() {
	}

	static <N extends NamespaceRegistration<N>> void register(N namespace) {
		namespace.handle("fail", CasesFailures::fail).on("give", CasesFailures::give);
	}

	private static Publisher<?> fail(Socket socket, Event event) {
		return switch (Args.text(event, 0)) {
			case "denied" -> throw new AccessDeniedException("not for you");
			case "denied-later" -> Delays.of(10).then(Mono.error(new AccessDeniedException("not for you")));
			case "authentication" -> throw new BadCredentialsException("who are you");
			case "unanswered" -> socket.timeout(Duration.ofMillis(100)).emitWithAck("q");
			default -> throw new IllegalStateException("a bug");
		};
	}

	private static void give(Socket socket, Event event) {
		@Nullable Object[] args = args(Args.text(event, 0));
		try {
			switch (Args.text(event, 1)) {
				case "room" -> socket.namespace().in("given").emit("given", args);
				case "ask" -> socket.emitWithAck("given", args).subscribe((ack) -> {
				}, (error) -> refuse(socket, error));
				case "ack" -> event.ack(args);
				default -> socket.emit("given", args);
			}
		}
		catch (IllegalArgumentException ex) {
			refuse(socket, ex);
		}
	}

	private static void refuse(Socket socket, Throwable error) {
		if (error instanceof IllegalArgumentException) {
			socket.emit("refused");
		}
	}

	/**
	 * The arguments as the compiler passes them on where a call has one of this type: an
	 * array of objects as it is, anything else in an array of {@link Object}.
	 */
	private static @Nullable Object[] args(String kind) {
		return switch (kind) {
			case "strings" -> new String[] { "a", "b" };
			case "bytes" -> new byte[][] { { 1, 2 }, { 3 } };
			case "numbers" -> new Integer[] { 1, 2, 3 };
			case "list" -> new Object[] { List.of("a", "b") };
			case "exception" -> new Object[] { exception() };
			default -> new Object[] { new Wrapped("a", exception()) };
		};
	}

	private static RuntimeException exception() {
		return new IllegalStateException("a message", new IllegalArgumentException("a cause"));
	}

	/**
	 * An exception among other things.
	 *
	 * @param name a text
	 * @param error the exception
	 */
	record Wrapped(String name, RuntimeException error) {

	}

}
