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

package io.github.springsocketio.servlet;

import java.nio.file.Path;

import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.web.EngineWebFilter;

/**
 * A server with the endpoint, on whatever it runs. A filter ahead sets the cookie
 * {@code filter} and a {@code Cache-Control} header, and takes the user of a request from
 * the header {@code X-User}.
 */
interface WireServer extends AutoCloseable {

	/**
	 * Start the server.
	 * @param engine the engine
	 * @param endpoint makes the endpoint
	 * @param contextPath the context path, or empty
	 * @param directory a directory for the server
	 */
	void start(EngineServer engine, EngineWebFilter.Builder endpoint, String contextPath, Path directory)
			throws Exception;

	int port();

	@Override
	void close() throws Exception;

}
