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
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.github.springsocketio.testsupport.Await;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AsyncRequestTests {

	private final List<String> calls = new ArrayList<>();

	private Runnable whileCompleting = () -> {
	};

	private final AsyncContext context = proxy(AsyncContext.class, this::callContext);

	private final AsyncRequest async = AsyncRequest.start(
			proxy(HttpServletRequest.class, (method) -> method.equals("startAsync") ? this.context : null),
			proxy(HttpServletResponse.class, (method) -> null));

	private Object callContext(String method) {
		if (method.equals("complete")) {
			this.whileCompleting.run();
			this.calls.add("completed");
		}
		return null;
	}

	private static <T> T proxy(Class<T> type, Function<String, Object> calls) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> calls.apply(method.getName())));
	}

	private CompletableFuture<Boolean> performElsewhere() {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return this.async.perform(() -> this.calls.add("performed"));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	@Test
	void shouldHoldNoLockWhileItTellsTheContainerOfTheEnd() {
		this.whileCompleting = () -> assertThat(Await.get("the other thread", performElsewhere())).isFalse();
		this.async.complete();
		this.async.complete();
		assertThat(this.calls).containsExactly("completed");
	}

	@Test
	void shouldLetTheContainerWaitUntilItWasTold() {
		CompletableFuture<Void> returned = new CompletableFuture<>();
		this.whileCompleting = () -> {
			Thread container = new Thread(() -> {
				this.async.onComplete(new AsyncEvent(this.context));
				this.calls.add("reused");
				returned.complete(null);
			});
			container.start();
			Await.until("the container waits", () -> container.getState() == Thread.State.WAITING);
		};
		this.async.complete();
		Await.get("the container", returned);
		assertThat(this.calls).containsExactly("completed", "reused");
	}

	@Test
	void shouldTellOnceThatTheContainerHasEndedTheRequest() {
		this.async.onAborted(() -> this.calls.add("aborted"));
		this.async.onError(new AsyncEvent(this.context));
		this.async.onComplete(new AsyncEvent(this.context));
		this.async.complete();
		assertThat(Await.get("the other thread", performElsewhere())).isFalse();
		assertThat(this.calls).containsExactly("aborted", "completed");
	}

}
