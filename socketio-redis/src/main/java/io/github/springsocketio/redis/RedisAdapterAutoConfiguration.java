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

package io.github.springsocketio.redis;

import java.util.function.Supplier;

import io.github.springsocketio.engineio.web.NodeRegistry;
import io.github.springsocketio.socketio.adapter.AdapterFactory;
import io.lettuce.core.AbstractRedisClient;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Auto-configuration of the adapters on Redis, with the connections that Spring Boot has
 * configured, and of an emitter for applications without a server.
 *
 * @since 0.1.0
 */
@AutoConfiguration(beforeName = "io.github.springsocketio.autoconfigure.SocketIoAutoConfiguration",
		afterName = { "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
				"org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration" })
@ConditionalOnClass({ AdapterFactory.class, LettuceConnectionFactory.class })
@Conditional(OnRedisAdapterCondition.class)
@EnableConfigurationProperties(RedisAdapterProperties.class)
public final class RedisAdapterAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(AdapterFactory.class)
	RedisAdapterFactory socketIoRedisAdapterFactory(Environment environment, RedisAdapterProperties properties,
			ObjectProvider<LettuceConnectionFactory> connectionFactory, ApplicationEventPublisher publisher) {
		Supplier<AbstractRedisClient> client = client(connectionFactory.getIfAvailable());
		RedisAdapterFactory factory = switch (OnRedisAdapterCondition.type(environment)) {
			case REDIS -> RedisAdapterFactory.pubSub(client, properties);
			case REDIS_SHARDED -> RedisAdapterFactory.sharded(client, properties);
			default -> RedisAdapterFactory.streams(client, properties);
		};
		factory.link().observers().add(new AdapterObserver() {

			@Override
			public void gap(RedisStreamGap gap) {
				publisher.publishEvent(gap);
			}

		});
		return factory;
	}

	@Bean
	@ConditionalOnBean(RedisAdapterFactory.class)
	RedisAdapterLifecycle socketIoRedisAdapterLifecycle(RedisAdapterFactory factory,
			LettuceConnectionFactory connectionFactory) {
		return new RedisAdapterLifecycle(factory, connectionFactory.getPhase());
	}

	private static Supplier<AbstractRedisClient> client(@Nullable LettuceConnectionFactory factory) {
		if (factory == null) {
			throw new IllegalStateException("The adapter that the property 'socketio.adapter.type' names needs a "
					+ "connection to Redis by Lettuce, such as that of 'spring-boot-starter-data-redis'");
		}
		// the factory replaces its client when it is stopped and started
		return factory::getRequiredNativeClient;
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(RedisAdapterFactory.class)
	@ConditionalOnBooleanProperty("socketio.cluster.forward")
	NodeRegistry socketIoNodeRegistry(RedisAdapterFactory factory, RedisAdapterProperties properties) {
		return new RedisNodeRegistry(factory, properties.getNodeKeyPrefix());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(RedisAdapterFactory.class)
	SocketIoEmitter socketIoEmitter(RedisAdapterFactory factory, ObjectProvider<JsonMapper> mapper) {
		return factory.emitter(mapper.getIfAvailable(JsonMapper::shared));
	}

}
