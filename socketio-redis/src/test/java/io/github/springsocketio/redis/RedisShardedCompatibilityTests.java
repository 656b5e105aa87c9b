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

import io.github.springsocketio.redis.RedisAdapterProperties.SubscriptionMode;
import io.github.springsocketio.socketio.adapter.test.AdapterCluster;
import io.github.springsocketio.socketio.adapter.test.AdapterCompatibilityKit;
import io.github.springsocketio.socketio.adapter.test.AdapterFeature;
import io.github.springsocketio.testing.RequiresProgram;
import org.junit.jupiter.api.Tag;

@Tag("CL-92")
@RequiresProgram("redis-server")
class RedisShardedCompatibilityTests extends AdapterCompatibilityKit {

	@Override
	protected AdapterCluster createCluster() {
		RedisAdapterProperties properties = RedisAdapterCluster.properties();
		// with channels for rooms a broadcast right after a join may be missed
		properties.getSharded().setSubscriptionMode(SubscriptionMode.STATIC);
		return new RedisAdapterCluster(RedisAdapterFactory::sharded, properties);
	}

	@Override
	protected Set<AdapterFeature> features() {
		// Pub/Sub loses what is sent before all nodes are connected again
		return EnumSet.of(AdapterFeature.OTHER_NODES, AdapterFeature.NODE_CHANGES, AdapterFeature.ABRUPT_STOP);
	}

}
