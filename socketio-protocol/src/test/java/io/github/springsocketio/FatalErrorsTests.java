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

package io.github.springsocketio;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FatalErrors}.
 */
class FatalErrorsTests {

	@Test
	void errorsOfTheVirtualMachineAreFatal() {
		OutOfMemoryError error = new OutOfMemoryError("test");
		assertThat(FatalErrors.isFatal(error)).isTrue();
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> FatalErrors.rethrowIfFatal(error))
			.isSameAs(error);
		assertThat(FatalErrors.isFatal(new InternalError("test"))).isTrue();
	}

	@Test
	void failuresOfCodeAreNotFatal() {
		for (Throwable error : new Throwable[] { new StackOverflowError("test"), new NoClassDefFoundError("test"),
				new AssertionError("test"), new IllegalStateException("test"), new Exception("test") }) {
			assertThat(FatalErrors.isFatal(error)).isFalse();
			FatalErrors.rethrowIfFatal(error);
		}
		FatalErrors.rethrowIfFatal(null);
	}

	@Test
	void listenersAreToldOfFatalErrorsOnly() {
		List<Throwable> errors = new ArrayList<>();
		Consumer<Throwable> failing = (error) -> {
			throw new OutOfMemoryError("in a listener");
		};
		Consumer<Throwable> listener = errors::add;
		FatalErrors.addListener(failing);
		FatalErrors.addListener(listener);
		OutOfMemoryError error = new OutOfMemoryError("test");
		try {
			FatalErrors.report(error);
			FatalErrors.report(new StackOverflowError("test"));
			FatalErrors.report(null);
			assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> FatalErrors.rethrowIfFatal(error))
				.isSameAs(error);
		}
		finally {
			FatalErrors.removeListener(failing);
			FatalErrors.removeListener(listener);
		}
		FatalErrors.report(error);
		assertThat(errors).containsExactly(error, error);
	}

}
