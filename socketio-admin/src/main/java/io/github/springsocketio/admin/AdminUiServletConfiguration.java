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

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Configuration of the files of the UI in a servlet application.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnClass(RouterFunction.class)
@ConditionalOnBooleanProperty(name = "socketio.admin.ui.enabled", matchIfMissing = true)
class AdminUiServletConfiguration {

	@Bean
	RouterFunction<ServerResponse> socketIoAdminUiRoutes(AdminUiFiles files, AdminProperties properties) {
		String path = properties.getUi().getPath();
		return RouterFunctions.route()
			.GET(path, (request) -> ServerResponse.temporaryRedirect(AdminUiFiles.folder(path)).build())
			.GET(path + "/{*file}", (request) -> serve(request, files))
			.build();
	}

	private static ServerResponse serve(ServerRequest request, AdminUiFiles files) {
		AdminUiFiles.AdminUiFile file = files.find(request.pathVariable("file").substring(1));
		if (file == null) {
			return ServerResponse.notFound().build();
		}
		return ServerResponse.ok()
			.contentType(file.type())
			.header(HttpHeaders.CACHE_CONTROL, file.cacheControl())
			.headers((headers) -> AdminUiFiles.SECURITY_HEADERS.forEach(headers::set))
			.body(file.content());
	}

}
