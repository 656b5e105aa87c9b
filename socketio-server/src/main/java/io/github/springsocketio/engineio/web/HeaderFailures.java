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

package io.github.springsocketio.engineio.web;

import java.util.concurrent.TimeoutException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.http.HttpStatus;

/**
 * Logs the failure of a headers listener and chooses the status of the response (CK-56,
 * CK-57).
 */
final class HeaderFailures {

	private static final Log logger = LogFactory.getLog(HeaderFailures.class);

	private HeaderFailures() {
	}

	static HttpStatus status(Throwable error) {
		if (error instanceof TimeoutException) {
			logger.warn("A headers listener did not complete within its time limit");
			return HttpStatus.SERVICE_UNAVAILABLE;
		}
		logger.error("A headers listener failed", error);
		return HttpStatus.INTERNAL_SERVER_ERROR;
	}

}
