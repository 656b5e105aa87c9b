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

import java.util.List;
import java.util.concurrent.Executor;

import io.github.springsocketio.socketio.ErrorAckResolver;
import io.github.springsocketio.socketio.EventInterceptor;
import io.github.springsocketio.socketio.HandlerOptions;
import io.github.springsocketio.socketio.ReactorContextCustomizer;
import io.github.springsocketio.socketio.ServerObserver;
import io.github.springsocketio.socketio.ThreadContext;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.validation.Validator;

/**
 * Finds the beans that handlers need.
 */
final class HandlerSupport {

	private final BeanFactory beanFactory;

	private final Environment environment;

	HandlerSupport(BeanFactory beanFactory, Environment environment) {
		this.beanFactory = beanFactory;
		this.environment = environment;
	}

	/**
	 * Set the options of handlers from beans.
	 */
	void configure(HandlerOptions.Builder handlers) {
		handlers.eventInterceptors(beans(EventInterceptor.class))
			.reactorContextCustomizers(beans(ReactorContextCustomizer.class))
			.errorAckResolvers(beans(ErrorAckResolver.class))
			.threadContexts(beans(ThreadContext.class))
			.observers(beans(ServerObserver.class))
			.validator(validator())
			.blockingExecutor(blockingExecutor());
	}

	private <T> List<T> beans(Class<T> type) {
		return this.beanFactory.getBeanProvider(type).orderedStream().toList();
	}

	/**
	 * Return the validator, or {@code null} if there is no validator that supports any
	 * type.
	 */
	private @Nullable Validator validator() {
		Validator validator = this.beanFactory.getBeanProvider(Validator.class).getIfUnique();
		// the validator of WebFlux does nothing without Bean Validation
		return (validator != null && validator.supports(HandlerSupport.class)) ? validator : null;
	}

	/**
	 * Return an executor with virtual threads, or {@code null} to use the executor of the
	 * server.
	 */
	private @Nullable Executor blockingExecutor() {
		if (!Threading.VIRTUAL.isActive(this.environment)) {
			return null;
		}
		String name = TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME;
		// an executor with a concurrency limit blocks its caller, which is an event loop
		// here
		if (this.beanFactory.containsBean(name)
				&& this.beanFactory.getBean(name) instanceof SimpleAsyncTaskExecutor executor
				&& !executor.isThrottleActive()) {
			return executor;
		}
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("socketio-blocking-");
		executor.setVirtualThreads(true);
		return executor;
	}

}
