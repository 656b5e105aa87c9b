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

package io.github.springsocketio.servlet;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * A request in asynchronous mode. After the request has ended, the container reuses its
 * request and response objects: a late write would go to the response of another request.
 * A lock for each request prevents this. Steps run with the lock, the end of the request
 * waits for a running step, and no step runs afterwards.
 */
final class AsyncRequest implements AsyncListener {

	private final ReentrantLock lock = new ReentrantLock();

	private final @Nullable AsyncContext context;

	private final Condition completed = this.lock.newCondition();

	private boolean ended;

	/** The thread that currently calls {@link AsyncContext#complete()}. */
	private @Nullable Thread completing;

	private @Nullable Runnable abortAction;

	/** The thread that is still in the filter chain. */
	private volatile @Nullable Thread dispatching = Thread.currentThread();

	private AsyncRequest(@Nullable AsyncContext context) {
		this.context = context;
		this.ended = context == null;
	}

	/**
	 * Start asynchronous mode, without a time limit.
	 */
	static AsyncRequest start(HttpServletRequest request, HttpServletResponse response) {
		AsyncContext context = request.startAsync(request, response);
		context.setTimeout(0);
		AsyncRequest async = new AsyncRequest(context);
		context.addListener(async);
		return async;
	}

	/**
	 * Return an instance for a request that is not in asynchronous mode. It runs no
	 * steps.
	 */
	static AsyncRequest none() {
		return new AsyncRequest(null);
	}

	/**
	 * Set the action that runs once if the container ends the request before the server
	 * does.
	 */
	void onAborted(Runnable action) {
		this.abortAction = action;
	}

	/**
	 * Mark that the servlet returns to the filter chain.
	 */
	void leave() {
		this.dispatching = null;
	}

	/**
	 * Return whether the current thread is the one that the container dispatched the
	 * request on, and is still in the servlet.
	 */
	boolean isDispatching() {
		return this.dispatching == Thread.currentThread();
	}

	/**
	 * Run a step with the request or its response, unless the request has ended. The step
	 * must not call other code, such as a subscriber. On a thread that is not the
	 * container's, it must not call methods that may wait for a lock of the container,
	 * because threads of the container call this method while they hold such locks.
	 * @return whether the step was run
	 */
	boolean perform(Step step) throws IOException {
		this.lock.lock();
		try {
			if (this.ended) {
				return false;
			}
			step.run();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * End the request. The container is called without the lock, because Jetty may invoke
	 * other listeners during the call.
	 */
	void complete() {
		this.lock.lock();
		try {
			if (this.ended) {
				return;
			}
			this.ended = true;
			this.completing = Thread.currentThread();
		}
		finally {
			this.lock.unlock();
		}
		try {
			completeContext();
		}
		finally {
			completed();
		}
	}

	private void completed() {
		this.lock.lock();
		try {
			this.completing = null;
			this.completed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void completeContext() {
		if (this.context != null) {
			this.context.complete();
		}
	}

	/**
	 * Mark the request as ended by the container, and wait for a concurrent
	 * {@link #complete()}. The container may reuse the objects of the request as soon as
	 * this method returns.
	 * @return whether the request had not ended before
	 */
	private boolean end() {
		this.lock.lock();
		try {
			boolean first = !this.ended;
			this.ended = true;
			while (this.completing != null && this.completing != Thread.currentThread()) {
				this.completed.awaitUninterruptibly();
			}
			return first;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void aborted() {
		Runnable action = this.abortAction;
		if (action != null) {
			action.run();
		}
	}

	@Override
	public void onComplete(AsyncEvent event) {
		if (end()) {
			aborted();
		}
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		failed();
	}

	@Override
	public void onError(AsyncEvent event) {
		failed();
	}

	private void failed() {
		if (end()) {
			aborted();
			completeContext();
		}
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
		// The server does not call startAsync() again
	}

	/**
	 * An action on a request or its response.
	 */
	@FunctionalInterface
	interface Step {

		void run() throws IOException;

	}

}
