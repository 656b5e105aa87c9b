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

package io.github.springsocketio.webmvc;

import io.github.springsocketio.testing.RequiresProgram;
import io.github.springsocketio.testsupport.RedisProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisHttpSession;
import org.springframework.util.StringUtils;

@RequiresProgram("redis-server")
class SpringSessionOnRedisIT extends SpringSessionScene {

	private static RedisProcess redis;

	@BeforeAll
	static void start() {
		redis = RedisProcess.start();
	}

	@AfterAll
	static void stop() {
		redis.close();
	}

	@Override
	MvcApplication run(String... properties) {
		String[] all = StringUtils.addStringToArray(properties, MvcApplication.ON_TOMCAT);
		return MvcApplication.run(OnRedis.class, StringUtils.addStringToArray(all, "redis.port=" + redis.port()));
	}

	@EnableRedisHttpSession
	@Import(Visits.class)
	static class OnRedis {

		@Bean
		LettuceConnectionFactory redis(@Value("${redis.port}") int port) {
			return new LettuceConnectionFactory("127.0.0.1", port);
		}

	}

}
