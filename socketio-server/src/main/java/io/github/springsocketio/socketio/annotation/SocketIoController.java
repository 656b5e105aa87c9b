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

package io.github.springsocketio.socketio.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/**
 * Marks a bean whose annotated methods handle the connections, events and disconnections
 * of the clients of a namespace: {@link OnConnect}, {@link OnConnected}, {@link OnEvent},
 * {@link OnDisconnect} and {@link SocketIoExceptionHandler}.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
public @interface SocketIoController {

	/**
	 * Return the namespace.
	 * @return such as {@code "/chat"}. With variables, such as
	 * {@code "/tenant-{tenant}"}, a family of dynamic namespaces; a variable matches
	 * anything but a slash, or a regular expression as in <code>{tenant:\\d+}</code>. The
	 * main namespace by default
	 */
	@AliasFor("namespace")
	String value() default "/";

	/**
	 * Return the namespace.
	 * @return alias for {@link #value()}
	 */
	@AliasFor("value")
	String namespace() default "/";

	/**
	 * Return the order of the events of a socket, for the methods that do not define it
	 * themselves.
	 * @return depends on the signature by default
	 */
	HandlerOrder order() default HandlerOrder.DEFAULT;

	/**
	 * Return the name of the bean.
	 * @return empty to derive it from the name of the class
	 */
	@AliasFor(annotation = Component.class, attribute = "value")
	String beanName() default "";

}
