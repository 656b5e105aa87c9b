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

import io.github.springsocketio.autoconfigure.SocketIoProperties.Cluster;
import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.engineio.web.Forwarding;
import io.github.springsocketio.engineio.web.NodeRegistry;
import reactor.netty.http.server.HttpServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.reactor.netty.NettyWebServer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.web.server.WebFilter;

/**
 * Configuration of the forwarding of requests to other nodes.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnClass({ HttpServer.class, NettyWebServer.class })
@ConditionalOnBooleanProperty("socketio.cluster.forward")
class ForwardingConfiguration {

	static final String FORWARD = "socketio.cluster.forward";

	private static final String SECRET = "socketio.cluster.secret";

	private static final String WITH_FORWARD = "is needed with '" + FORWARD + "'";

	@Bean
	@ConditionalOnMissingBean
	Forwarding socketIoForwarding(SocketIoProperties properties, EngineOptions options,
			ObjectProvider<NodeRegistry> registry) {
		NodeRegistry nodes = registry.getIfAvailable();
		if (nodes == null) {
			throw new InvalidSocketIoPropertyException(FORWARD, true,
					"needs the module 'socketio-redis' and 'socketio.adapter.type', or a NodeRegistry bean", null);
		}
		if (options.nodeTag() == null || options.idGenerator() != null) {
			throw new InvalidSocketIoPropertyException("socketio.cluster.node-tag", options.nodeTag(),
					WITH_FORWARD + ", and there must be no SessionIdGenerator bean", null);
		}
		Cluster cluster = properties.getCluster();
		Forwarding.Builder builder = Forwarding.builder(nodes);
		setSecret(cluster, builder);
		PropertyToOption.set("cluster.connect-timeout", cluster.getConnectTimeout(), builder::connectTimeout);
		PropertyToOption.set("cluster.max-forwarded-requests", cluster.getMaxForwardedRequests(), builder::maxRequests);
		return builder.build();
	}

	/**
	 * Set the secret. Messages must not contain it.
	 */
	private static void setSecret(Cluster cluster, Forwarding.Builder builder) {
		String secret = cluster.getSecret();
		if (secret == null) {
			throw new InvalidSocketIoPropertyException(SECRET, null, WITH_FORWARD + ", the same on each node", null);
		}
		try {
			builder.secret(secret);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidSocketIoPropertyException(SECRET, null, "must have at least 16 characters", null);
		}
	}

	@Bean
	NodeAnnouncement socketIoNodeAnnouncement(Forwarding forwarding, EngineOptions options,
			SocketIoProperties properties, Environment environment) {
		return new NodeAnnouncement(forwarding, options, properties.getCluster().getAdvertisedAddress(), environment);
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	WebFilter socketIoForwardedRequestFilter(EngineWebFilter filter) {
		return filter.forwardedRequestFilter();
	}

}
