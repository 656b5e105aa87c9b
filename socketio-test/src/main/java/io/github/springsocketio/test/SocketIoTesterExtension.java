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

package io.github.springsocketio.test;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Provides a {@link SocketIoTester} as a parameter of JUnit test methods, and closes its
 * clients after each test. The test fails if a listener of a client has failed.
 *
 * <pre class="code">
 * &#064;RegisterExtension
 * SocketIoTesterExtension socketIo = SocketIoTesterExtension.bindToServer(() -&gt; "http://localhost:" + port);
 *
 * &#064;Test
 * void greets(SocketIoTester tester) {
 *     tester.connect().expectEvent("hello");
 * }
 * </pre>
 *
 * @since 0.1.0
 */
public final class SocketIoTesterExtension implements ParameterResolver, AfterEachCallback {

	private static final Namespace NAMESPACE = Namespace.create(SocketIoTesterExtension.class);

	private final Supplier<String> url;

	private final UnaryOperator<SocketIoTester> settings;

	private SocketIoTesterExtension(Supplier<String> url, UnaryOperator<SocketIoTester> settings) {
		this.url = url;
		this.settings = settings;
	}

	/**
	 * Create an extension for a running server.
	 * @param url supplies the address when a client connects, such as
	 * {@code http://localhost:8080}
	 * @return the extension
	 */
	public static SocketIoTesterExtension bindToServer(Supplier<String> url) {
		return bindToServer(url, UnaryOperator.identity());
	}

	/**
	 * Create an extension for a running server.
	 * @param url supplies the address when a client connects
	 * @param settings returns the tester with the settings that all tests share
	 * @return the extension
	 */
	public static SocketIoTesterExtension bindToServer(Supplier<String> url, UnaryOperator<SocketIoTester> settings) {
		return new SocketIoTesterExtension(url, settings);
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == SocketIoTester.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return context.getStore(NAMESPACE)
			.computeIfAbsent(SocketIoTester.class, (type) -> this.settings.apply(SocketIoTester.bindToServer(this.url)),
					SocketIoTester.class);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		SocketIoTester tester = context.getStore(NAMESPACE).get(SocketIoTester.class, SocketIoTester.class);
		if (tester != null) {
			tester.close();
		}
	}

}
