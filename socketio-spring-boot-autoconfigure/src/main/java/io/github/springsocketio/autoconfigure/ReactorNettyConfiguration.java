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

import java.time.Duration;

import io.github.springsocketio.engineio.EngineLimit;
import io.github.springsocketio.socketio.SocketIoServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.util.Assert;

/**
 * Configuration of Reactor Netty as the web server.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(OnReactorNettyCondition.class)
@ConditionalOnClass({ HttpServer.class, NettyServerCustomizer.class })
class ReactorNettyConfiguration {

	@Bean
	static RequiredVersionsCheck socketIoRequiredVersionsCheck() {
		return new RequiredVersionsCheck();
	}

	@Bean
	static NettyFastPathsCheck socketIoNettyFastPathsCheck() {
		return new NettyFastPathsCheck();
	}

	@Bean
	static EventLoopCountCheck socketIoEventLoopCountCheck(ObjectProvider<ReactorResourceFactory> resources) {
		return new EventLoopCountCheck(resources);
	}

	@Bean
	static NettyEventLoopMonitor socketIoEventLoopMonitor() {
		return new NettyEventLoopMonitor();
	}

	@Bean
	NettyServerCustomizer socketIoEventLoopCustomizer(NettyEventLoopMonitor eventLoops) {
		return eventLoops::apply;
	}

	/**
	 * Ordered first, so that customizers of the application override it.
	 */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	BrokenRequestLog socketIoBrokenRequestLog(ObjectProvider<LoggingSystem> loggingSystem) {
		return new BrokenRequestLog(System::nanoTime, loggingSystem.getIfAvailable());
	}

	/**
	 * Limit the time for the head of a request (SEC-17). The server is looked up lazily,
	 * because the web server is created before most beans.
	 */
	@Bean
	NettyServerCustomizer socketIoRequestHeadTimeout(SocketIoProperties properties,
			ObjectProvider<SocketIoServer> server) {
		Duration timeout = properties.getLimits().getRequestHeadTimeout();
		PropertyToOption.set("limits.request-head-timeout", timeout,
				(value) -> Assert.isTrue(!value.isNegative(), "must not be negative"));
		return (http) -> (timeout.toMillis() > 0)
				? RequestHeadTimeout.apply(http, timeout,
						() -> server
							.ifAvailable((io) -> io.engine().limitExceeded(EngineLimit.REQUEST_HEAD_TIMEOUT, null)))
				: http;
	}

}
