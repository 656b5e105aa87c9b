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

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.springsocketio.socketio.AckErrorException;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.web.server.ResponseStatusException;

/**
 * How a handler of the profile {@code errors} is to fail.
 *
 * @param kind the kind of the error
 * @param size a number that may be too large
 */
record Fault(@NotBlank String kind, @Max(10) int size) {

	/**
	 * Complete with the kind, or fail.
	 */
	Mono<Object> mono() {
		return switch (this.kind) {
			case "none" -> Mono.just(this.kind);
			case "unwritable" -> Mono.just(new Unwritable("a"));
			case "timeout" -> Mono.never().timeout(Delays.of(1));
			default -> Mono.error(this::exception);
		};
	}

	/**
	 * Wait for the kind, or fail.
	 */
	Object waitFor() throws Exception {
		return mono().toFuture().get(10, TimeUnit.SECONDS);
	}

	/**
	 * Return the kind, or fail.
	 */
	Object value() throws Exception {
		return switch (this.kind) {
			case "none" -> this.kind;
			case "unwritable" -> new Unwritable("a");
			case "linkage" -> throw new NoClassDefFoundError("com/example/Secret");
			case "stack" -> overflow(0);
			default -> throw exception();
		};
	}

	private static int overflow(int depth) {
		return overflow(depth + 1) + 1;
	}

	private Exception exception() {
		return switch (this.kind) {
			case "own" -> new AckErrorException("sold-out", "Sold out");
			case "handled" -> new SoldOutException();
			case "denied" -> new AccessDeniedException("secret");
			case "login" -> new BadCredentialsException("secret");
			case "not-found" -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No such order");
			case "gateway" -> new ResponseStatusException(HttpStatus.BAD_GATEWAY, "secret");
			case "timeout" -> new TimeoutException("secret");
			case "checked" -> new ClassNotFoundException("com.example.Secret");
			default -> new IllegalStateException("secret", new IllegalArgumentException("secret"));
		};
	}

	/**
	 * An exception that the application handles itself.
	 */
	static final class SoldOutException extends RuntimeException {

		SoldOutException() {
			super("secret");
		}

	}

	/**
	 * A value that cannot be written.
	 *
	 * @param text fails
	 */
	record Unwritable(String text) {

		@Override
		public String text() {
			throw new IllegalStateException("secret of " + Arrays.toString(Thread.currentThread().getStackTrace()));
		}

	}

}
