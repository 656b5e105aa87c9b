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

import java.util.EnumSet;
import java.util.Set;

import io.github.springsocketio.socketio.adapter.test.AdapterCluster;
import io.github.springsocketio.socketio.adapter.test.AdapterCompatibilityKit;
import io.github.springsocketio.socketio.adapter.test.AdapterFeature;
import io.github.springsocketio.testing.RequiresProgram;
import org.junit.jupiter.api.Tag;

@Tag("SEC-114")
@RequiresProgram("redis-server")
class RedisStreamsCompatibilityTests extends AdapterCompatibilityKit {

	@Override
	protected AdapterCluster createCluster() {
		return new RedisAdapterCluster(RedisAdapterFactory::streams, RedisAdapterCluster.properties());
	}

	@Override
	protected Set<AdapterFeature> features() {
		// the order of all nodes only with connection state recovery or the property
		return EnumSet.complementOf(EnumSet.of(AdapterFeature.TOTAL_ORDER));
	}

}
