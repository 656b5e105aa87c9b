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

import io.github.springsocketio.engineio.web.EngineWebOptions;

/**
 * Callback interface that customizes the options of the HTTP endpoint, such as its path,
 * compression, the session cookie and CORS. Beans of this type are called in their order,
 * after properties and other beans have been applied to the builder.
 * <p>
 * Compression, the session cookie and CORS have option types of their own. Setting one of
 * them replaces all properties of its group.
 * <p>
 * The server is created from the options, so a bean of this type cannot inject it.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface EngineWebOptionsCustomizer {

	/**
	 * Customize the options.
	 * @param builder the builder to customize
	 */
	void customize(EngineWebOptions.Builder builder);

}
