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

package io.github.springsocketio.sample.mvc;

import java.util.concurrent.ConcurrentHashMap;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;

/**
 * Configuration of Spring Session, whose sessions are accessible to a Socket.IO server
 * with its own port. Otherwise, the sessions of the container are used.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("socketio.server.port")
@EnableSpringHttpSession
class SessionConfiguration {

	@Bean
	MapSessionRepository sessions() {
		return new MapSessionRepository(new ConcurrentHashMap<>());
	}

}
