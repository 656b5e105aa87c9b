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

package io.github.springsocketio.engineio.web;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.LongConsumer;

import io.github.springsocketio.engineio.Timers;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.netty.channel.ChannelOperations;
import reactor.util.context.Context;

/**
 * Writes a response, and closes the connection if the client accepts it too slowly. A
 * response that the network accepts at once needs no timer. On Reactor Netty the progress
 * is measured until the last byte is accepted, which may be after completion of this
 * Mono. On other servers and with HTTP/2, where it cannot be measured, the whole response
 * has to be accepted at the minimum data rate. Supports one subscriber.
 */
final class ResponseWrite extends Mono<Void> implements CoreSubscriber<Void>, Subscription {

	private static final AtomicIntegerFieldUpdater<ResponseWrite> COUNTED = AtomicIntegerFieldUpdater
		.newUpdater(ResponseWrite.class, "counted");

	/** Smaller responses are not counted. */
	private static final int MIN_COUNTED = 1024;

	private final EngineRequest request;

	private final Mono<Void> write;

	private final int bytes;

	private final LongConsumer memory;

	private final Runnable tooSlow;

	private @Nullable CoreSubscriber<? super Void> server;

	private volatile Subscription upstream = Operators.emptySubscription();

	private volatile boolean done;

	private volatile int counted;

	/**
	 * Whether the time is known at which the client has accepted the response, and not
	 * only the time at which it was written.
	 */
	private boolean watched;

	private volatile Timers.@Nullable Timeout timer;

	/**
	 * Create the Mono.
	 * @param write writes the response
	 * @param bytes the size of the response
	 * @param memory receives the size of a large response, and the negative size when the
	 * client has accepted it or is disconnected
	 * @param tooSlow called once if the client is too slow, before its connection is
	 * closed
	 */
	ResponseWrite(EngineRequest request, Mono<Void> write, int bytes, LongConsumer memory, Runnable tooSlow) {
		this.request = request;
		this.write = write;
		this.bytes = bytes;
		this.memory = memory;
		this.tooSlow = tooSlow;
	}

	@Override
	public void subscribe(CoreSubscriber<? super Void> actual) {
		this.server = actual;
		if (this.bytes >= MIN_COUNTED) {
			this.counted = this.bytes;
			this.memory.accept(this.bytes);
		}
		Channel channel = this.request.channel();
		if (channel != null
				&& EnginePath
					.nativeRequest(this.request.exchange().getRequest()) instanceof ChannelOperations<?, ?> operations
				&& channel.unsafe().outboundBuffer() != null) {
			this.watched = true;
			this.write.subscribe(this);
			this.request.onEventLoop(() -> watchProgress(channel, operations));
		}
		else {
			this.write.subscribe(this);
			limitTime();
		}
	}

	private void release() {
		int bytes = COUNTED.getAndSet(this, 0);
		if (bytes != 0) {
			this.memory.accept(-bytes);
		}
	}

	private void watchProgress(Channel channel, ChannelOperations<?, ?> operations) {
		if (this.done && AcceptedBytes.pending(channel) == 0) {
			release();
			return;
		}
		DataRate rate = this.request.rate();
		rate.add(this);
		Progress progress = new Progress(rate, channel);
		progress.watch.start();
		operations.onTerminate().doFinally((signal) -> {
			rate.remove(this);
			progress.watch.stop();
			release();
		}).subscribe();
	}

	private void limitTime() {
		DataRate rate = this.request.rate();
		if (!this.done && rate.isLimited()) {
			this.timer = rate.timers().schedule(rate.period(this.bytes), () -> this.request.onEventLoop(this::fail));
			if (this.done) {
				end();
			}
		}
	}

	private void end() {
		this.done = true;
		Timers.Timeout current = this.timer;
		if (current != null) {
			current.cancel();
		}
		if (!this.watched) {
			release();
		}
	}

	private void fail() {
		this.tooSlow.run();
		abort();
	}

	/**
	 * Close the connection, if the server allows it.
	 */
	void abort() {
		this.request.abort();
	}

	private CoreSubscriber<? super Void> server() {
		CoreSubscriber<? super Void> current = this.server;
		if (current == null) {
			throw new IllegalStateException("Not subscribed to");
		}
		return current;
	}

	// From the server

	@Override
	public void request(long count) {
		this.upstream.request(count);
	}

	@Override
	public void cancel() {
		end();
		this.upstream.cancel();
	}

	// From the source

	@Override
	public void onSubscribe(Subscription subscription) {
		this.upstream = subscription;
		server().onSubscribe(this);
	}

	@Override
	public void onNext(Void none) {
		// There are no values
	}

	@Override
	public void onError(Throwable error) {
		end();
		server().onError(error);
	}

	@Override
	public void onComplete() {
		end();
		server().onComplete();
	}

	@Override
	public Context currentContext() {
		return server().currentContext();
	}

	/**
	 * Watches the progress on a channel, and closes the connection if it is too slow.
	 */
	private final class Progress {

		private final Channel channel;

		private final TransferWatch watch;

		Progress(DataRate rate, Channel channel) {
			this.channel = channel;
			this.watch = TransferWatch.ofWrites(rate, channel, this::tooSlow);
		}

		private void tooSlow() {
			if (AcceptedBytes.pending(this.channel) == 0) {
				// Nothing was written yet, such as when a filter delays the response
				this.watch.start();
			}
			else {
				fail();
			}
		}

	}

}
