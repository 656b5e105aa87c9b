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

import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Configuration of the files of the UI in a reactive application.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "socketio.admin.ui.enabled", matchIfMissing = true)
class AdminUiReactiveConfiguration {

	@Bean
	RouterFunction<ServerResponse> socketIoAdminUiRoutes(AdminUiFiles files, AdminProperties properties) {
		String path = properties.getUi().getPath();
		return RouterFunctions.route()
			.GET(path, (request) -> ServerResponse.temporaryRedirect(AdminUiFiles.folder(path)).build())
			.GET(path + "/{*file}", (request) -> serve(request, files))
			.build();
	}

	private static Mono<ServerResponse> serve(ServerRequest request, AdminUiFiles files) {
		AdminUiFiles.AdminUiFile file = files.find(request.pathVariable("file").substring(1));
		if (file == null) {
			return ServerResponse.notFound().build();
		}
		return ServerResponse.ok()
			.contentType(file.type())
			.header(HttpHeaders.CACHE_CONTROL, file.cacheControl())
			.headers((headers) -> AdminUiFiles.SECURITY_HEADERS.forEach(headers::set))
			.bodyValue(file.content());
	}

}
