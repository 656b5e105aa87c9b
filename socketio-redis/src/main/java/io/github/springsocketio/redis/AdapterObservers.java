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

package io.github.springsocketio.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * All observers of the adapters of a node.
 */
final class AdapterObservers implements AdapterObserver {

	private static final Log logger = LogFactory.getLog(AdapterObservers.class);

	private final List<AdapterObserver> observers = new CopyOnWriteArrayList<>();

	void add(AdapterObserver observer) {
		this.observers.add(observer);
	}

	@Override
	public void published(Duration duration) {
		this.observers.forEach((observer) -> observer.published(duration));
	}

	@Override
	public void requested(RequestOutcome outcome) {
		this.observers.forEach((observer) -> observer.requested(outcome));
	}

	@Override
	public void read(Duration lag) {
		this.observers.forEach((observer) -> observer.read(lag));
	}

	@Override
	public void gap(RedisStreamGap gap) {
		for (AdapterObserver observer : this.observers) {
			try {
				observer.gap(gap);
			}
			catch (RuntimeException ex) {
				// such as a listener of the application; the reader of the stream
				// continues
				logger.error("An observer of gaps has failed", ex);
			}
		}
	}

	@Override
	public void malformed() {
		this.observers.forEach(AdapterObserver::malformed);
	}

}
