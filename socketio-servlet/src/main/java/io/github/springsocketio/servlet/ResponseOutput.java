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
 * The output of the container for a single response. It opens after the filters ahead
 * have returned, because until then they may set headers on another thread. Afterwards,
 * the thread that produces the response writes it.
 * <p>
 * The write listener is registered before the servlet returns. If the thread that
 * produces the response registered it later, Tomcat would invoke it on that thread, after
 * waiting for the lock of the connection.
 */
final class ResponseOutput implements WriteListener {

	private final AsyncRequest async;

	private final ServletResponse response;

	/** Becomes 0 when the output is open and a writer is set. */
	private final AtomicInteger awaited = new AtomicInteger(2);

	private volatile @Nullable Writer writer;

	private volatile @Nullable Throwable failure;

	/** The thread that currently executes {@link #onWritePossible()}. */
	private volatile @Nullable Thread callback;

	// The next two are accessed in callbacks only

	private boolean open;

	private @Nullable IOException callbackFailure;

	private @Nullable ServletOutputStream output;

	ResponseOutput(AsyncRequest async, ServletResponse response) {
		this.async = async;
		this.response = response;
	}

	/**
	 * Register the write listener, so that the output opens after the filters have
	 * returned.
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
	 * Return the stream. The output has to be open.
	 */
	ServletOutputStream stream() {
		return Objects.requireNonNull(this.output, "The output is not open");
	}

	/**
	 * Set the writer, which starts to write when the output is open. A response has a
	 * single writer.
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
	 * Handle a failed write. In a callback, the error is thrown to the container, which
	 * then invokes {@link #onError}.
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
	 * Writes a response. An exception of the other methods results in a call of
	 * {@link #onError}.
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
