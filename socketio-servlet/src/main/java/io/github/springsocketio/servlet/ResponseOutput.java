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
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import org.jspecify.annotations.Nullable;

/**
 * The output of the container for one response. It opens when the filters ahead have
 * returned: until then they may still set headers, on another thread. From then on the
 * response is written on the thread that has it.
 * <p>
 * The container learns of this listener before the request is left. Were it told later,
 * by the thread that has the response, Tomcat would call back on that thread, and wait
 * for the lock of the connection before.
 */
final class ResponseOutput implements WriteListener {

	private final AsyncRequest async;

	private final ServletResponse response;

	/** That the output is open, and that there is somebody who writes. */
	private final AtomicInteger awaited = new AtomicInteger(2);

	private volatile @Nullable Writer writer;

	private volatile @Nullable Throwable failure;

	/** The container's thread, as long as it is in a callback. */
	private volatile @Nullable Thread callback;

	// In callbacks only

	private boolean open;

	private @Nullable IOException callbackFailure;

	private @Nullable ServletOutputStream output;

	ResponseOutput(AsyncRequest async, ServletResponse response) {
		this.async = async;
		this.response = response;
	}

	/**
	 * Have the container open the output when the filters have returned.
	 */
	void openLater() {
		try {
			this.async.perform(() -> {
				this.output = this.response.getOutputStream();
				this.output.setWriteListener(this);
			});
		}
		catch (IOException | RuntimeException ex) {
			onError(ex);
		}
	}

	/**
	 * Return the stream, for what the request performs once the output is open.
	 */
	ServletOutputStream stream() {
		return Objects.requireNonNull(this.output, "The output is not open");
	}

	/**
	 * Let somebody write, now or when the output opens. There is only one.
	 */
	void write(Writer writer) {
		this.writer = writer;
		Throwable failed = this.failure;
		if (failed != null) {
			writer.onError(failed);
		}
		else if (this.awaited.decrementAndGet() == 0) {
			try {
				writer.onOpen();
			}
			catch (IOException | RuntimeException ex) {
				writer.onError(ex);
			}
		}
	}

	/**
	 * A write has failed. Where the container has called, it has to learn of it first,
	 * and comes back with it.
	 */
	void fail(Exception error) {
		if (this.callback == Thread.currentThread()) {
			this.callbackFailure = (error instanceof IOException ex) ? ex : new IOException(error);
		}
		else {
			onError(error);
		}
	}

	@Override
	public void onWritePossible() throws IOException {
		this.callback = Thread.currentThread();
		try {
			proceed();
		}
		finally {
			this.callback = null;
		}
		if (this.callbackFailure != null) {
			throw this.callbackFailure;
		}
	}

	private void proceed() throws IOException {
		if (!this.open) {
			this.open = true;
			if (this.awaited.decrementAndGet() == 0) {
				Objects.requireNonNull(this.writer).onOpen();
			}
			return;
		}
		Writer current = this.writer;
		if (current != null) {
			current.onWritePossible();
		}
	}

	@Override
	public void onError(Throwable error) {
		this.failure = error;
		Writer current = this.writer;
		if (current != null) {
			current.onError(error);
		}
	}

	/**
	 * Somebody who writes. An exception that is thrown comes back as an error.
	 */
	interface Writer {

		void onOpen() throws IOException;

		default void onWritePossible() throws IOException {
		}

		/**
		 * Handle an error, possibly not the first one.
		 */
		void onError(Throwable error);

	}

}
