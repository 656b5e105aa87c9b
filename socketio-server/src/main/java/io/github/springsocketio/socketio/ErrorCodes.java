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

import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import io.github.springsocketio.socketio.packet.ArgumentConversionException;
import io.github.springsocketio.socketio.packet.MissingArgumentException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;

/**
 * Maps exceptions to the errors that clients may receive.
 */
final class ErrorCodes {

	private static final String ACCESS_DENIED = "org.springframework.security.access.AccessDeniedException";

	private static final String AUTHENTICATION = "org.springframework.security.core.AuthenticationException";

	private static final String COROUTINE_TIMEOUT = "kotlinx.coroutines.TimeoutCancellationException";

	private ErrorCodes() {
	}

	/**
	 * Return the description of an exception, or {@code null} if it is not disclosed to
	 * clients.
	 */
	static @Nullable AckError describe(Throwable thrown) {
		Throwable error = unwrap(thrown);
		if (error instanceof AckErrorException known) {
			return known.error();
		}
		if (error instanceof MissingArgumentException) {
			return new AckError(AckError.MISSING_ARGUMENT, String.valueOf(error.getMessage()));
		}
		if (error instanceof ArgumentConversionException) {
			return new AckError(AckError.INVALID_ARGUMENT, String.valueOf(error.getMessage()));
		}
		if (error instanceof ArgumentValidationException invalid) {
			return new AckError(AckError.VALIDATION, String.valueOf(error.getMessage()), null, invalid.fields());
		}
		if (error instanceof TimeoutException || error instanceof AckTimeoutException
				|| isInstance(error, COROUTINE_TIMEOUT)) {
			return new AckError(AckError.TIMEOUT, "Timed out");
		}
		if (isInstance(error, AUTHENTICATION)) {
			return new AckError(AckError.UNAUTHENTICATED, "Not authenticated");
		}
		if (isInstance(error, ACCESS_DENIED)) {
			return new AckError(AckError.ACCESS_DENIED, "Access denied");
		}
		return (error instanceof ErrorResponse response) ? describe(response) : null;
	}

	/**
	 * Return the original error if {@code Mono.block}, {@code Future.get} or a proxy has
	 * wrapped it.
	 */
	static Throwable unwrap(Throwable error) {
		Throwable result = error;
		Throwable cause = result.getCause();
		while (cause != null && isWrapper(result, cause)) {
			result = cause;
			cause = result.getCause();
		}
		return result;
	}

	private static boolean isWrapper(Throwable error, Throwable cause) {
		return error instanceof ExecutionException || error instanceof CompletionException
				|| error instanceof UndeclaredThrowableException || Exceptions.unwrap(error) == cause
				// thrown by Mono.block with a time limit
				|| (error.getClass() == IllegalStateException.class && cause.getClass() == TimeoutException.class);
	}

	private static @Nullable AckError describe(ErrorResponse response) {
		HttpStatus status = HttpStatus.resolve(response.getStatusCode().value());
		if (status == null || !status.is4xxClientError()) {
			return null;
		}
		String code = status.name().toLowerCase(Locale.ROOT).replace('_', '-');
		if (status == HttpStatus.UNAUTHORIZED) {
			code = AckError.UNAUTHENTICATED;
		}
		else if (status == HttpStatus.FORBIDDEN) {
			code = AckError.ACCESS_DENIED;
		}
		String detail = response.getBody().getDetail();
		return new AckError(code, (detail != null) ? detail : status.getReasonPhrase());
	}

	/**
	 * Return whether an error means that the access of a user is denied.
	 */
	static boolean isRefusal(Throwable thrown) {
		Throwable error = unwrap(thrown);
		return isInstance(error, ACCESS_DENIED) || isInstance(error, AUTHENTICATION)
				|| (error instanceof ErrorResponse response && response.getStatusCode().is4xxClientError());
	}

	/**
	 * Return the description of an error of the application.
	 * @param id the id of the log entry, or {@code null}
	 */
	static AckError internal(@Nullable String id) {
		return new AckError(AckError.INTERNAL, "Internal server error", id, List.of());
	}

	// by name, because Spring Security and Kotlin are optional
	private static boolean isInstance(Throwable error, String name) {
		for (Class<?> type = error.getClass(); type != null; type = type.getSuperclass()) {
			if (type.getName().equals(name)) {
				return true;
			}
		}
		return false;
	}

}
