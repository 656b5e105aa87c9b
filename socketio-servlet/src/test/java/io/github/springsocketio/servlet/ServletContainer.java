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

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import org.jspecify.annotations.Nullable;

/**
 * A servlet container with the endpoint at {@code /socket.io}.
 */
interface ServletContainer extends AutoCloseable {

	/**
	 * Start the container.
	 * @param servlet the endpoint
	 * @param contextPath the context path, or empty
	 * @param filter a filter for all requests, or {@code null}
	 * @param directory a directory for the container
	 */
	void start(HttpServlet servlet, String contextPath, @Nullable Filter filter, Path directory) throws Exception;

	int port();

	@Override
	void close() throws Exception;

}
