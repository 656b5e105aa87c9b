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

package io.github.springsocketio.admin;

import java.util.Map;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.core.io.ByteArrayResource;

/**
 * The actuator endpoint {@code socketioadmin}, which serves the files of the UI.
 */
@WebEndpoint(id = "socketioadmin")
final class AdminUiEndpoint {

	private final AdminUiFiles files;

	AdminUiEndpoint(AdminUiFiles files) {
		this.files = files;
	}

	@ReadOperation
	Map<String, String> page() {
		return Map.of("page", "socketioadmin/" + AdminUiFiles.INDEX);
	}

	@ReadOperation
	WebEndpointResponse<ByteArrayResource> file(@Selector(match = Match.ALL_REMAINING) String... path) {
		AdminUiFiles.AdminUiFile file = this.files.find(String.join("/", path));
		return (file != null) ? new WebEndpointResponse<>(new ByteArrayResource(file.content()), file.type())
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

}
