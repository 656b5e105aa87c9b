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

import io.github.springsocketio.socketio.adapter.AdapterFactory;

/**
 * The adapters under test, for the nodes of one cluster. A cluster is created for each
 * test and closed after it.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AdapterCluster extends AutoCloseable {

	/**
	 * Return the factory for the adapters of a node. Called once for each node, before
	 * its server is started.
	 * @param node the number of the node, from 0
	 * @return creates one adapter for each namespace of the node
	 */
	AdapterFactory adapterFactory(int node);

	/**
	 * Stop the adapters of a node abruptly. Like in a killed process, they no longer send
	 * or receive anything, and do not notify other nodes. Their server is closed after
	 * the test.
	 * @param node the number of the node
	 * @see AdapterFeature#ABRUPT_STOP
	 */
	default void stop(int node) {
		throw new UnsupportedOperationException("Override stop, or leave out AdapterFeature.ABRUPT_STOP");
	}

	/**
	 * Make the connection between the nodes unavailable, so that all operations that need
	 * it fail, or available again.
	 * @param failing whether operations fail from now on
	 * @see AdapterFeature#FAILURES
	 */
	default void fail(boolean failing) {
		throw new UnsupportedOperationException("Override fail, or leave out AdapterFeature.FAILURES");
	}

	/**
	 * Release the resources of the cluster, after the servers of its nodes have been
	 * closed.
	 * @throws Exception on failure, which fails the test
	 */
	@Override
	default void close() throws Exception {
	}

}
