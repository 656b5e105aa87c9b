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

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.env.Environment;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Test slice with the Socket.IO parts of an application only: {@code @SocketIoController}
 * and {@code @ControllerAdvice} beans, {@code NamespaceConfigurer} and other beans that
 * configure the server, and the security of the web application if Spring Security is on
 * the class path. Other components, such as services and repositories, are not scanned.
 * Use {@code @MockitoBean} or {@code @Import} if the controllers need them.
 *
 * <p>
 * A {@link io.github.springsocketio.test.SocketIoTester} is available, as with
 * {@link AutoConfigureSocketIoTester}.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(SocketIoTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(SocketIoTypeExcludeFilter.class)
@AutoConfigureSocketIoTester
@ImportAutoConfiguration
public @interface SocketIoTest {

	/**
	 * Return properties in the form {@code key=value} for the {@link Environment}.
	 * @return none by default
	 */
	String[] properties() default {};

	/**
	 * Return the controllers to test.
	 * @return alias for {@link #controllers()}
	 */
	@AliasFor("controllers")
	Class<?>[] value() default {};

	/**
	 * Return the controllers to test.
	 * @return all {@code @SocketIoController} beans by default
	 */
	@AliasFor("value")
	Class<?>[] controllers() default {};

	/**
	 * Return whether to scan the components that the description of this annotation
	 * lists.
	 * @return {@code true} by default
	 */
	boolean useDefaultFilters() default true;

	/**
	 * Return filters for further components.
	 * @return none by default
	 */
	Filter[] includeFilters() default {};

	/**
	 * Return filters for components to exclude.
	 * @return none by default
	 */
	Filter[] excludeFilters() default {};

	/**
	 * Return auto-configuration classes to exclude.
	 * @return none by default
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
