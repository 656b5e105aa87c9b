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
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.springsocketio.socketio.adapter.AdapterFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The kit itself: it finds what is wrong with an adapter.
 */
class AdapterCompatibilityKitTests {

	private static Flaw flaw;

	private static Set<AdapterFeature> features = EnumSet.allOf(AdapterFeature.class);

	@AfterEach
	void reset() {
		features = EnumSet.allOf(AdapterFeature.class);
	}

	private static EngineExecutionResults run(Class<?> kit, String group, String test) {
		Class<?> nested = Arrays.stream(AdapterCompatibilityKit.class.getDeclaredClasses())
			.filter((candidate) -> candidate.getSimpleName().equals(group))
			.findFirst()
			.orElseThrow();
		return EngineTestKit.engine("junit-jupiter")
			.selectors(DiscoverySelectors.selectNestedMethod(List.of(kit), nested, test))
			.execute();
	}

	@ParameterizedTest
	@EnumSource
	void flawIsFound(Flaw tested) {
		flaw = tested;
		EngineExecutionResults results = run(Flawed.class, tested.group(), tested.test());
		results.testEvents().assertStatistics((statistics) -> statistics.started(1).failed(1));
		results.testEvents()
			.failed()
			.stream()
			.forEach((event) -> assertThat(
					event.getPayload(TestExecutionResult.class).flatMap((result) -> result.getThrowable()))
				.get()
				.isInstanceOf(AssertionError.class));
	}

	@ParameterizedTest
	@EnumSource
	void adapterWithoutFlawPassesTheSameTest(Flaw tested) {
		run(Sound.class, tested.group(), tested.test()).testEvents()
			.assertStatistics((statistics) -> statistics.started(1).succeeded(1));
	}

	@Test
	void testsOfMissingFeaturesAreSkipped() {
		features = EnumSet.noneOf(AdapterFeature.class);
		for (String[] test : new String[][] { { "Recovery", "stateIsRestoredOnce" },
				{ "Lifecycle", "nodeThatIsClosedIsForgotten" }, { "Presence", "nodeThatStartsLaterIsSeenAtOnce" },
				{ "Order", "allSocketsReceiveTheBroadcastsOfSeveralSendersInOneOrder" } }) {
			run(Sound.class, test[0], test[1]).testEvents()
				.assertStatistics((statistics) -> statistics.started(1).aborted(1));
		}
	}

	@Test
	void hooksThatAreNotImplementedSaySo() {
		AdapterCluster cluster = (node) -> (namespace) -> null;
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> cluster.stop(0))
			.withMessageContaining("ABRUPT_STOP");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> cluster.fail(true))
			.withMessageContaining("FAILURES");
	}

	static class Sound extends AdapterCompatibilityKit {

		@Override
		protected AdapterCluster createCluster() {
			return new LoopbackCluster();
		}

		@Override
		protected Set<AdapterFeature> features() {
			return features;
		}

	}

	static class Flawed extends AdapterCompatibilityKit {

		@Override
		protected AdapterCluster createCluster() {
			LoopbackCluster cluster = new LoopbackCluster();
			return new AdapterCluster() {

				@Override
				public AdapterFactory adapterFactory(int node) {
					AdapterFactory factory = cluster.adapterFactory(node);
					return (namespace) -> new FlawedAdapter(namespace,
							factory.create(FlawedAdapter.namespace(namespace, flaw)), flaw);
				}

				@Override
				public void fail(boolean failing) {
					cluster.fail(failing);
				}

				@Override
				public void close() {
					cluster.close();
				}

			};
		}

		@Override
		protected Duration timeLimit() {
			return Duration.ofSeconds(3);
		}

	}

}
