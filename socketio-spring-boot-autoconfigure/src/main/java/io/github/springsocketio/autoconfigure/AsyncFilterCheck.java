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

import java.util.Collection;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.web.servlet.AbstractFilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.boot.web.servlet.ServletContextInitializerBeans;

/**
 * Logs a warning for filters ahead of the endpoint that do not support asynchronous
 * requests. With such a filter, all requests to the endpoint fail.
 */
final class AsyncFilterCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(AsyncFilterCheck.class);

	private final ListableBeanFactory beans;

	private final String endpoint;

	/**
	 * Create a check.
	 * @param beans the beans, including the filters
	 * @param endpoint the URL pattern of the endpoint, which ends with an asterisk
	 */
	AsyncFilterCheck(ListableBeanFactory beans, String endpoint) {
		this.beans = beans;
		this.endpoint = endpoint;
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (ServletContextInitializer initializer : new ServletContextInitializerBeans(this.beans)) {
			if (initializer instanceof AbstractFilterRegistrationBean<?> filter && filter.isEnabled()
					&& !filter.isAsyncSupported() && isAhead(filter)) {
				logger.warn("The filter '" + filter.getFilterName() + "' makes all requests to the Socket.IO endpoint "
						+ "fail, as it does not support asynchronous requests. Register it with 'asyncSupported', by "
						+ "@WebFilter(asyncSupported = true) or FilterRegistrationBean.setAsyncSupported(true), or "
						+ "map it to paths other than '" + this.endpoint + "'");
			}
		}
	}

	private boolean isAhead(AbstractFilterRegistrationBean<?> filter) {
		Collection<String> patterns = filter.getUrlPatterns();
		boolean all = patterns.isEmpty() && filter.getServletNames().isEmpty()
				&& filter.getServletRegistrationBeans().isEmpty();
		return all || patterns.stream().anyMatch(this::matches);
	}

	private boolean matches(String pattern) {
		return pattern.endsWith("/*") && this.endpoint.startsWith(pattern.substring(0, pattern.length() - 1));
	}

}
