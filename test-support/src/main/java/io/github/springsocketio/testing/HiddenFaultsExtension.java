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

package io.github.springsocketio.testing;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test or a class in which {@link HiddenFaults} were found, and the whole run
 * where they were found after the last class. Found by JUnit itself, in every module that
 * has this one on its test class path.
 */
public final class HiddenFaultsExtension implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace
		.create(HiddenFaultsExtension.class);

	@Override
	public void beforeAll(ExtensionContext context) {
		context.getRoot().getStore(NAMESPACE).computeIfAbsent(EndOfRun.class, (key) -> new EndOfRun());
	}

	@Override
	public void afterEach(ExtensionContext context) {
		HiddenFaults.check();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		HiddenFaults.check();
	}

	/**
	 * The last look.
	 */
	private static final class EndOfRun implements AutoCloseable {

		@Override
		public void close() {
			Leaks.find();
			HiddenFaults.check();
		}

	}

}
