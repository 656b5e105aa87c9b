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
 * A request in asynchronous mode. Once it has ended, the container uses its objects for
 * other requests, so that whoever still wrote a response would write into theirs. The end
 * therefore waits for what is being done with the request, by one lock for each request,
 * and nothing is done afterwards.
 */
final class AsyncRequest implements AsyncListener {

	private final ReentrantLock lock = new ReentrantLock();

	private final @Nullable AsyncContext context;

	private final Condition completed = this.lock.newCondition();

	private boolean ended;

	/** The thread that tells the container of the end, as long as it does. */
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
	 * Return what stands for a request that is not in asynchronous mode. Nothing can be
	 * done with it.
	 */
	static AsyncRequest none() {
		return new AsyncRequest(null);
	}

	/**
	 * Set what is run once if the container ends the request before we do.
	 */
	void onAborted(Runnable action) {
		this.abortAction = action;
	}

	/**
	 * The servlet returns to the filter chain.
	 */
	void leave() {
		this.dispatching = null;
	}

	/**
	 * Return whether this thread is the one that the request came on, within the servlet.
	 */
	boolean isDispatching() {
		return this.dispatching == Thread.currentThread();
	}

	/**
	 * Do something with the request or its response, unless it has ended. Must neither
	 * call what is not ours, nor, on other threads than those of the container, what may
	 * wait for a lock of the container: its threads come here with such locks.
	 * @return whether it was done
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
	 * End the request. Jetty may call the listeners of others meanwhile, for which there
	 * is no lock.
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
	 * The container ends the request. It uses the objects of the request for others as
	 * soon as this has returned.
	 * @return whether the request had not ended
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
		// Nobody starts it again
	}

	/**
	 * Something that is done with a request.
	 */
	@FunctionalInterface
	interface Step {

		void run() throws IOException;

	}

}
