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

package io.github.springsocketio.socketio;

import java.util.List;
import java.util.concurrent.Executor;

import io.github.springsocketio.Internal;
import org.jspecify.annotations.Nullable;

import org.springframework.validation.Validator;

/**
 * Options of handlers: interceptors and thread contexts around them, the threads of
 * blocking handlers, the validation of arguments, and the acknowledgement of errors.
 * Immutable.
 *
 * @since 0.1.0
 * @see SocketIoOptions.Builder#handlers(java.util.function.Consumer)
 */
public final class HandlerOptions {

	private final List<EventInterceptor> eventInterceptors;

	private final List<ReactorContextCustomizer> reactorContextCustomizers;

	private final boolean errorAcks;

	private final List<ErrorAckResolver> errorAckResolvers;

	private final @Nullable Validator validator;

	private final @Nullable Executor blockingExecutor;

	private final List<ThreadContext> threadContexts;

	private final List<ServerObserver> observers;

	private HandlerOptions(Builder builder) {
		this.eventInterceptors = builder.eventInterceptors;
		this.reactorContextCustomizers = builder.reactorContextCustomizers;
		this.errorAcks = builder.errorAcks;
		this.errorAckResolvers = builder.errorAckResolvers;
		this.validator = builder.validator;
		this.blockingExecutor = builder.blockingExecutor;
		this.threadContexts = builder.threadContexts;
		this.observers = builder.observers;
	}

	/**
	 * Return the interceptors of the events of all namespaces.
	 * @return an immutable list; empty by default
	 */
	public List<EventInterceptor> eventInterceptors() {
		return this.eventInterceptors;
	}

	/**
	 * Return the customizers of the Reactor context of sockets.
	 * @return an immutable list; empty by default
	 */
	public List<ReactorContextCustomizer> reactorContextCustomizers() {
		return this.reactorContextCustomizers;
	}

	/**
	 * Return whether an event that has failed is acknowledged with its error, if the
	 * client requested an acknowledgement. Otherwise the client gets none, as from the
	 * JavaScript server, unless an error listener sends one.
	 * @return {@code true} by default
	 */
	public boolean errorAcks() {
		return this.errorAcks;
	}

	/**
	 * Return the resolvers that map errors to acknowledgements, called before
	 * {@link AckError#of(Throwable)}.
	 * @return an immutable list; empty by default
	 */
	public List<ErrorAckResolver> errorAckResolvers() {
		return this.errorAckResolvers;
	}

	/**
	 * Return the validator for arguments.
	 * @return {@code null} by default
	 * @see Argument#valid(Object...)
	 */
	public @Nullable Validator validator() {
		return this.validator;
	}

	/**
	 * Return the executor for code that may block.
	 * @return {@code null} by default: a scheduler of the server's own, with ten threads
	 * for each processor, which is created when it is needed
	 */
	public @Nullable Executor blockingExecutor() {
		return this.blockingExecutor;
	}

	/**
	 * Return the contexts that set thread locals for code that may block.
	 * @return an immutable list; empty by default
	 */
	public List<ThreadContext> threadContexts() {
		return this.threadContexts;
	}

	/**
	 * Return the observers of the server.
	 * @return an immutable list; empty by default
	 */
	@Internal
	public List<ServerObserver> observers() {
		return this.observers;
	}

	/**
	 * Builds {@link HandlerOptions}.
	 */
	public static final class Builder {

		private List<EventInterceptor> eventInterceptors = List.of();

		private List<ReactorContextCustomizer> reactorContextCustomizers = List.of();

		private boolean errorAcks = true;

		private List<ErrorAckResolver> errorAckResolvers = List.of();

		private @Nullable Validator validator;

		private @Nullable Executor blockingExecutor;

		private List<ThreadContext> threadContexts = List.of();

		private List<ServerObserver> observers = List.of();

		Builder() {
		}

		/**
		 * Set the interceptors of the events of all namespaces.
		 * @param eventInterceptors called in their order, before those of a namespace
		 * @return this builder
		 */
		public Builder eventInterceptors(List<EventInterceptor> eventInterceptors) {
			this.eventInterceptors = List.copyOf(eventInterceptors);
			return this;
		}

		/**
		 * Set the customizers of the Reactor context of sockets.
		 * @param reactorContextCustomizers called in their order
		 * @return this builder
		 */
		public Builder reactorContextCustomizers(List<ReactorContextCustomizer> reactorContextCustomizers) {
			this.reactorContextCustomizers = List.copyOf(reactorContextCustomizers);
			return this;
		}

		/**
		 * Set whether an event that has failed is acknowledged with its error.
		 * @param errorAcks the value; {@code true} by default
		 * @return this builder
		 */
		public Builder errorAcks(boolean errorAcks) {
			this.errorAcks = errorAcks;
			return this;
		}

		/**
		 * Set the resolvers that map errors to acknowledgements.
		 * @param errorAckResolvers called in their order, before
		 * {@link AckError#of(Throwable)}
		 * @return this builder
		 */
		public Builder errorAckResolvers(List<ErrorAckResolver> errorAckResolvers) {
			this.errorAckResolvers = List.copyOf(errorAckResolvers);
			return this;
		}

		/**
		 * Set the validator for arguments.
		 * @param validator the validator; {@code null}, the default, for none
		 * @return this builder
		 */
		public Builder validator(@Nullable Validator validator) {
			this.validator = validator;
			return this;
		}

		/**
		 * Set the executor for code that may block. It must run tasks on other threads
		 * than the caller's, and is not shut down by the server.
		 * @param blockingExecutor the executor; {@code null}, the default, for a
		 * scheduler of the server's own
		 * @return this builder
		 */
		public Builder blockingExecutor(@Nullable Executor blockingExecutor) {
			this.blockingExecutor = blockingExecutor;
			return this;
		}

		/**
		 * Set the contexts that set thread locals for code that may block.
		 * @param threadContexts opened in their order, around each call
		 * @return this builder
		 */
		public Builder threadContexts(List<ThreadContext> threadContexts) {
			this.threadContexts = List.copyOf(threadContexts);
			return this;
		}

		/**
		 * Set the observers of the server.
		 * @param observers the observers, called in their order
		 * @return this builder
		 */
		@Internal
		public Builder observers(List<ServerObserver> observers) {
			this.observers = List.copyOf(observers);
			return this;
		}

		HandlerOptions build() {
			return new HandlerOptions(this);
		}

	}

}
