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

package io.github.springsocketio.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.PropertyMapping;

/**
 * Makes a {@link io.github.springsocketio.test.SocketIoTester} available to a test with
 * {@code @SpringBootTest}. With a {@code RANDOM_PORT} or {@code DEFINED_PORT} its clients
 * connect to the server of the application. With {@code MOCK}, the default, the
 * application has no server; the first client that connects then starts a server of
 * Reactor Netty on the loopback interface that passes requests to the application, which
 * has to be a reactive one.
 *
 * <p>
 * The clients are closed after each test method, which fails if a listener of a client
 * has failed. Users who are logged in are described by {@link SocketIoMockUsers}.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
@PropertyMapping("spring.test.socketio")
public @interface AutoConfigureSocketIoTester {

	/**
	 * Whether the time of the server passes only when the test says so, by the bean
	 * {@link VirtualTime}.
	 * @return whether the time is virtual; {@code false} by default
	 */
	boolean virtualTime() default false;

	/**
	 * How long clients wait for what a test expects, such as {@code 30s}. The property
	 * {@code spring.test.socketio.timeout} sets it for tests that do not.
	 * @return the time limit; five seconds by default
	 */
	@PropertyMapping(skip = PropertyMapping.Skip.ON_DEFAULT_VALUE)
	String timeout() default "";

}
