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

import java.util.List;

import io.github.springsocketio.FatalErrors;
import io.github.springsocketio.engineio.Principals;
import org.jspecify.annotations.Nullable;

/**
 * Acknowledges failed events with their error.
 */
final class ErrorAcks {

	private static final String WHAT = "Acknowledgement of an error";

	private final boolean enabled;

	private final List<ErrorAckResolver> resolvers;

	private final FailureLog failures;

	ErrorAcks(HandlerOptions options, FailureLog failures) {
		this.enabled = options.errorAcks();
		this.resolvers = options.errorAckResolvers();
		this.failures = failures;
	}

	/**
	 * Call the resolvers of the application.
	 * @return the acknowledgement, or {@code null} if no resolver supports the error
	 */
	@Nullable Object resolve(DefaultSocket socket, Event event, Throwable error) {
		if (!this.enabled) {
			return null;
		}
		Throwable cause = ErrorCodes.unwrap(error);
		try {
			for (ErrorAckResolver resolver : this.resolvers) {
				Object resolved = resolver.resolve(socket, cause, event);
				if (resolved != null) {
					return resolved;
				}
			}
		}
		catch (Throwable ex) {
			FatalErrors.rethrowIfFatal(ex);
			this.failures.log(WHAT, socket, ex, false);
		}
		return null;
	}

	/**
	 * Acknowledge an event, unless it is acknowledged already.
	 * @param resolved the result of the resolvers
	 * @param id the id of the error in the log, or {@code null}
	 */
	void acknowledge(DefaultSocket socket, Event event, Throwable error, @Nullable Object resolved,
			@Nullable String id) {
		if (!this.enabled || !(event instanceof DefaultEvent known) || !known.isAckMissing()) {
			return;
		}
		try {
			send(event, (resolved != null) ? resolved : describe(socket, error, id));
		}
		catch (Throwable ex) {
			FatalErrors.rethrowIfFatal(ex);
			this.failures.log(WHAT, socket, ex, false);
			send(event, ErrorCodes.internal(id));
		}
	}

	private static AckError describe(DefaultSocket socket, Throwable error, @Nullable String id) {
		AckError described = ErrorCodes.describe(error);
		if (described == null) {
			return ErrorCodes.internal(id);
		}
		// clients that are not authenticated receive the error code for that
		boolean unknown = AckError.ACCESS_DENIED.equals(described.code())
				&& !Principals.isAuthenticated(socket.handshake().principal());
		return unknown ? new AckError(AckError.UNAUTHENTICATED, "Not authenticated") : described;
	}

	private static void send(Event event, Object value) {
		event.ack(new Object[] { (value instanceof AckError error) ? error.toAcknowledgement() : value });
	}

}
