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

import io.github.springsocketio.engineio.web.NodeRegistry;
import reactor.core.publisher.Mono;

/**
 * The addresses of nodes as keys of Redis that expire.
 */
final class RedisNodeRegistry implements NodeRegistry {

	private final RedisLink link;

	private final String keyPrefix;

	RedisNodeRegistry(RedisAdapterFactory factory, String keyPrefix) {
		this.link = factory.link();
		this.keyPrefix = keyPrefix;
	}

	private byte[] key(String tag) {
		return Utf8.bytes(this.keyPrefix + tag);
	}

	@Override
	public Mono<Void> publish(String tag, String address, Duration timeToLive) {
		byte[] value = Utf8.bytes(address);
		return Mono.fromCompletionStage(() -> {
			this.link.start();
			return this.link.execute(value.length,
					(commands) -> commands.psetex(key(tag), timeToLive.toMillis(), value));
		}).then();
	}

	@Override
	public Mono<Void> remove(String tag) {
		return Mono.fromCompletionStage(() -> this.link.execute(0, (commands) -> commands.del(key(tag)))).then();
	}

	@Override
	public Mono<String> find(String tag) {
		return Mono.fromCompletionStage(() -> {
			this.link.start();
			return this.link.execute(0, (commands) -> commands.get(key(tag)));
		}).map(Utf8::text);
	}

}
