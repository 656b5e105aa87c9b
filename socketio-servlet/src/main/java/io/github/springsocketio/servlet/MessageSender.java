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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.MonoSink;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.web.reactive.socket.WebSocketMessage;

/**
 * Sends messages one at a time: the next one is requested when the container has written
 * the previous one.
 */
final class MessageSender implements CoreSubscriber<WebSocketMessage>, SendHandler {

	private final RemoteEndpoint.Async remote;

	private final MonoSink<Void> sink;

	private final AtomicBoolean terminated = new AtomicBoolean();

	private volatile @Nullable Subscription upstream;

	private volatile boolean sending;

	private volatile boolean completed;

	MessageSender(RemoteEndpoint.Async remote, MonoSink<Void> sink) {
		this.remote = remote;
		this.sink = sink;
	}

	@Override
	public Context currentContext() {
		return Context.of(this.sink.contextView());
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.upstream = subscription;
		this.sink.onCancel(subscription::cancel);
		subscription.request(1);
	}

	@Override
	public void onNext(WebSocketMessage message) {
		this.sending = true;
		try {
			send(message);
		}
		catch (RuntimeException ex) {
			// The websocket is closed
			fail(ex);
		}
	}

	private void send(WebSocketMessage message) {
		DataBuffer payload = message.getPayload();
		if (message.getType() == WebSocketMessage.Type.TEXT) {
			this.remote.sendText(payload.toString(StandardCharsets.UTF_8), this);
		}
		else {
			byte[] bytes = new byte[payload.readableByteCount()];
			payload.read(bytes);
			this.remote.sendBinary(ByteBuffer.wrap(bytes), this);
		}
	}

	@Override
	public void onResult(SendResult result) {
		if (!result.isOK()) {
			fail(result.getException());
			return;
		}
		this.sending = false;
		if (this.completed) {
			finish();
			return;
		}
		Subscription current = this.upstream;
		if (current != null) {
			current.request(1);
		}
	}

	private void fail(Throwable error) {
		Subscription current = this.upstream;
		if (current != null) {
			current.cancel();
		}
		if (this.terminated.compareAndSet(false, true)) {
			this.sink.error(error);
		}
	}

	@Override
	public void onError(Throwable error) {
		if (this.terminated.compareAndSet(false, true)) {
			this.sink.error(error);
		}
	}

	@Override
	public void onComplete() {
		this.completed = true;
		if (!this.sending) {
			finish();
		}
	}

	private void finish() {
		if (this.terminated.compareAndSet(false, true)) {
			this.sink.success();
		}
	}

}
