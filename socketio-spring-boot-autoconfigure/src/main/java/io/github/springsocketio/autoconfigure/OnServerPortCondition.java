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

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if the endpoint has its own port in addition to the port of the application.
 */
class OnServerPortCondition extends SpringBootCondition {

	static final String PROPERTY = PropertyToOption.PREFIX + "server.port";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Port of the Socket.IO server");
		return isSet(context.getEnvironment()) ? ConditionOutcome.match(message.found("property").items(PROPERTY))
				: ConditionOutcome.noMatch(message.didNotFind("property").items(PROPERTY));
	}

	/**
	 * Return whether the property is set. Values such as {@code tcp://10.0.0.1:80} are
	 * ignored: Kubernetes sets {@code SOCKETIO_SERVER_PORT} to such a value if a service
	 * is called "socketio-server".
	 */
	static boolean isSet(Environment environment) {
		String port = environment.getProperty(PROPERTY, "");
		return !port.isBlank() && !port.startsWith("tcp://");
	}

}
