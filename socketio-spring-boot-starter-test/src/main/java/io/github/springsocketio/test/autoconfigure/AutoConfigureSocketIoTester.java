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
 * {@code @SpringBootTest}. With {@code RANDOM_PORT} or {@code DEFINED_PORT}, its clients
 * connect to the server of the application. With {@code MOCK}, the default, the
 * application has no server. The first client that connects then starts a Reactor Netty
 * server on the loopback interface, which delegates requests to the application. In this
 * case, the application has to be reactive.
 *
 * <p>
 * The clients are closed after each test method. The test fails if a listener of a client
 * has failed. Use {@link SocketIoMockUsers} for authenticated users.
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
	 * Whether the time of the server only advances when the test calls the bean
	 * {@link VirtualTime}.
	 * @return whether the time is virtual; {@code false} by default
	 */
	boolean virtualTime() default false;

	/**
	 * The time limit of clients for expectations of a test, such as {@code 30s}. The
	 * property {@code spring.test.socketio.timeout} applies to tests that do not set it.
	 * @return the time limit; five seconds by default
	 */
	@PropertyMapping(skip = PropertyMapping.Skip.ON_DEFAULT_VALUE)
	String timeout() default "";

}
