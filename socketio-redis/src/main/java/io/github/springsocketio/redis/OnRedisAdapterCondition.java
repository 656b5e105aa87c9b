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

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if {@code socketio.adapter.type} is one of the adapters on Redis.
 */
class OnRedisAdapterCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Type type = type(context.getEnvironment());
		ConditionMessage message = ConditionMessage.forCondition("Socket.IO adapter").because("the type is " + type);
		return new ConditionOutcome(type != Type.MEMORY, message);
	}

	/**
	 * Return the type of the adapter.
	 */
	static Type type(Environment environment) {
		return Binder.get(environment).bind("socketio.adapter.type", Type.class).orElse(Type.MEMORY);
	}

	/**
	 * The types of adapters.
	 */
	enum Type {

		MEMORY, REDIS, REDIS_SHARDED, REDIS_STREAMS

	}

}
