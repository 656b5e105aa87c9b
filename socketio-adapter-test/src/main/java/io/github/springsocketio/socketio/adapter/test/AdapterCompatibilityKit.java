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

package io.github.springsocketio.socketio.adapter.test;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import io.github.springsocketio.socketio.SocketIoOptions;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/**
 * Tests that every adapter has to pass. The tests of an adapter extend this class:
 *
 * <pre class="code">
 * class MyAdapterCompatibilityTests extends AdapterCompatibilityKit {
 *
 *     &#64;Override
 *     protected AdapterCluster createCluster() {
 *         String channel = "test-" + UUID.randomUUID();
 *         return (node) -&gt; (namespace) -&gt; new MyAdapter(namespace, channel);
 *     }
 *
 * }
 * </pre>
 *
 * <p>
 * Each test starts up to three servers with the adapters under test, on free ports of
 * this machine, and uses them through websockets. A test of a feature that the adapter
 * does not {@linkplain #features() support} is skipped.
 *
 * @since 0.1.0
 */
public abstract class AdapterCompatibilityKit {

	private @Nullable KitCluster cluster;

	/**
	 * Create the adapters under test, before each test.
	 * @return the adapters of the nodes of one cluster, which no other test shares
	 */
	protected abstract AdapterCluster createCluster();

	/**
	 * Return the features of the adapter.
	 * @return the features; all by default
	 */
	protected Set<AdapterFeature> features() {
		return EnumSet.allOf(AdapterFeature.class);
	}

	/**
	 * Return the time limit for all conditions that the tests wait for.
	 * @return the time limit; 20 s by default
	 */
	protected Duration timeLimit() {
		return Duration.ofSeconds(20);
	}

	/**
	 * Return the time for which nodes wait for responses of other nodes. Some tests take
	 * this time.
	 * @return the time limit for requests; 2 s by default
	 */
	protected Duration requestTimeout() {
		return Duration.ofSeconds(2);
	}

	/**
	 * Customize the options of the servers.
	 * @param options the options, with the adapter factory of a node
	 */
	protected void customize(SocketIoOptions.Builder options) {
	}

	@BeforeEach
	void prepareCluster() {
		this.cluster = new KitCluster(this);
	}

	@AfterEach
	void closeCluster() throws Exception {
		if (this.cluster != null) {
			this.cluster.close();
			this.cluster = null;
		}
	}

	private KitCluster cluster() {
		KitCluster current = this.cluster;
		if (current == null) {
			return Assertions.fail("The kit works within its tests only");
		}
		return current;
	}

	/**
	 * Tests of broadcasts.
	 */
	@Nested
	class Broadcasts extends BroadcastContract {

		Broadcasts() {
			super(AdapterCompatibilityKit.this::cluster);
		}

	}

	/**
	 * Tests of acknowledgements of broadcasts.
	 */
	@Nested
	class Acknowledgements extends AcknowledgementContract {

		Acknowledgements() {
			super(AdapterCompatibilityKit.this::cluster);
		}

	}

	/**
	 * Tests of operations on the sockets of all nodes.
	 */
	@Nested
	class Management extends ManagementContract {

		Management() {
			super(AdapterCompatibilityKit.this::cluster);
		}

	}

	/**
	 * Tests of events of other nodes.
	 */
	@Nested
	class ServerSideEvents extends ServerSideContract {

		ServerSideEvents() {
			super(AdapterCompatibilityKit.this::cluster);
		}

	}

	/**
	 * Tests of the presence of users and sockets on the nodes.
	 */
	@Nested
	class Presence extends PresenceContract {

		Presence() {
			super(AdapterCompatibilityKit.this::cluster);
		}

	}

	/**
	 * Tests of the order of broadcasts.
	 */
	@Nested
	class Order extends OrderContract {

		Order() {
			super(AdapterCompatibilityKit.this::cluster);
		}

	}

	/**
	 * Tests of connection state recovery.
	 */
	@Nested
	class Recovery extends RecoveryContract {

		Recovery() {
			super(AdapterCompatibilityKit.this::cluster);
		}

	}

	/**
	 * Tests of nodes that start, stop and fail.
	 */
	@Nested
	class Lifecycle extends LifecycleContract {

		Lifecycle() {
			super(AdapterCompatibilityKit.this::cluster);
		}

	}

}
