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

package io.github.springsocketio.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Keeps an application for the next test that needs the same one. There is one at a time,
 * because the end of an application ends the event loops of the others.
 */
final class SharedApplication implements AfterEachCallback, AfterAllCallback {

	private @Nullable TestApplication application;

	private List<Object> key = List.of();

	/**
	 * Return an application without clients.
	 */
	TestApplication run(Class<?> type, String... properties) {
		List<Object> wanted = new ArrayList<>(List.of(properties));
		wanted.add(type);
		TestApplication current = this.application;
		if (current == null || !wanted.equals(this.key)) {
			close();
			current = TestApplication.run(type, properties);
			this.application = current;
			this.key = wanted;
		}
		return current;
	}

	@Override
	public void afterEach(ExtensionContext context) {
		if (this.application != null) {
			this.application.closeSessions();
		}
	}

	@Override
	public void afterAll(ExtensionContext context) {
		close();
	}

	/**
	 * Close the application, for a test that has to run one of its own.
	 */
	void close() {
		if (this.application != null) {
			this.application.close();
			this.application = null;
		}
	}

}
