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

package com.example.app;

import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MethodCallsTests {

	@Test
	void findsWhatIsNotCalled() throws URISyntaxException {
		Path caller = Path.of(Objects.requireNonNull(getClass().getResource("MethodCallsTests$Caller.class")).toURI());
		assertThat(MethodCalls.of(caller).missing(Base.class)).extracting(Method::toString)
			.containsExactlyInAnyOrder(name("notCalled()"), name("calledWithOtherArguments(java.lang.String)"));
	}

	private static String name(String method) {
		return "public abstract void com.example.app.MethodCallsTests$Base." + method;
	}

	interface Base {

		static Base create() {
			return null;
		}

		void called(String... args);

		void referenced(String arg);

		void calledWithOtherArguments(int arg);

		void calledWithOtherArguments(String arg);

		void notCalled();

		Base narrowed();

	}

	interface Sub extends Base {

		@Override
		Sub narrowed();

	}

	static class Caller {

		Consumer<String> call(Base base, Sub sub) {
			Base.create();
			sub.called();
			base.calledWithOtherArguments(1);
			sub.narrowed();
			return base::referenced;
		}

	}

}
