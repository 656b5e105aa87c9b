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

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.session.ReactiveSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * Adapts a blocking repository, which is called on threads that may block.
 *
 * @param <S> the type of the sessions
 * @param repository the repository
 */
record BlockingSessionRepository<S extends Session>(
		SessionRepository<S> repository) implements ReactiveSessionRepository<S> {

	@Override
	public Mono<S> createSession() {
		return Mono.fromCallable(this.repository::createSession).subscribeOn(Schedulers.boundedElastic());
	}

	@Override
	public Mono<Void> save(S session) {
		return run(() -> this.repository.save(session));
	}

	@Override
	public Mono<S> findById(String id) {
		return Mono.fromCallable(() -> this.repository.findById(id)).subscribeOn(Schedulers.boundedElastic());
	}

	@Override
	public Mono<Void> deleteById(String id) {
		return run(() -> this.repository.deleteById(id));
	}

	private static Mono<Void> run(Runnable call) {
		return Mono.<Void>fromRunnable(call).subscribeOn(Schedulers.boundedElastic());
	}

}
