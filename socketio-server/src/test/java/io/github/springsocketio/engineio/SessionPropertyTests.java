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

package io.github.springsocketio.engineio;

import java.util.List;

import io.github.springsocketio.engineio.SessionModel.Kind;
import io.github.springsocketio.engineio.SessionModel.Step;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.ListArbitrary;
import net.jqwik.api.statistics.Statistics;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever happens to a session, in whatever order: it never has two transports, loses no
 * message, gives none twice, and leaves nothing behind.
 */
@Tag("SEC-126")
class SessionPropertyTests {

	@Property(seed = "4096", edgeCases = EdgeCasesMode.NONE)
	void anythingMayHappenInAnyOrder(@ForAll("protocols") int protocol, @ForAll("steps") List<Step> steps) {
		SessionModel model = new SessionModel(protocol);
		steps.forEach(model::step);
		model.settle();
		Statistics.label("transport")
			.collect(model.isUpgraded() ? "websocket" : "polling")
			.coverage((coverage) -> coverage.check("websocket").percentage((share) -> share > 5));
		Statistics.label("end")
			.collect(String.valueOf(model.reason()))
			.coverage((coverage) -> coverage.check("null").percentage((share) -> share > 5));
		model.end();
	}

	@Property(seed = "4096", edgeCases = EdgeCasesMode.NONE)
	void clientThatKeepsToTheProtocolIsUpgradedAndLosesNothing(@ForAll("protocols") int protocol,
			@ForAll("usualSteps") List<Step> before, @ForAll("usualSteps") List<Step> probing,
			@ForAll("usualSteps") List<Step> after) {
		SessionModel model = new SessionModel(protocol);
		before.forEach(model::step);
		model.step(new Step(Kind.OPEN_WEBSOCKET, 1));
		model.step(new Step(Kind.PROBE, 1));
		probing.forEach(model::step);
		model.settle();
		after.forEach(model::step);
		model.settle();
		assertThat(model.isUpgraded()).isTrue();
		model.end();
	}

	@Provide
	Arbitrary<Integer> protocols() {
		return Arbitraries.of(3, 4);
	}

	@Provide
	Arbitrary<List<Step>> steps() {
		return steps(Arbitraries.frequency(Tuple.of(20, Kind.SEND), Tuple.of(12, Kind.CLIENT_SENDS),
				Tuple.of(20, Kind.POLL), Tuple.of(30, Kind.ARRIVE), Tuple.of(30, Kind.RUN),
				Tuple.of(8, Kind.OPEN_WEBSOCKET), Tuple.of(12, Kind.PROBE), Tuple.of(14, Kind.UPGRADE),
				Tuple.of(4, Kind.GIVE_UP), Tuple.of(12, Kind.HEARTBEAT), Tuple.of(12, Kind.TIME),
				Tuple.of(4, Kind.PAUSE), Tuple.of(4, Kind.STUCK), Tuple.of(1, Kind.DROP_CANDIDATE),
				Tuple.of(1, Kind.CONFUSE_CANDIDATE), Tuple.of(1, Kind.ABORT_POLL), Tuple.of(1, Kind.LEAVE),
				Tuple.of(1, Kind.CLOSE), Tuple.of(1, Kind.CLOSE_NOW)))
			.ofMaxSize(120);
	}

	@Provide
	Arbitrary<List<Step>> usualSteps() {
		return steps(Arbitraries.of(Kind.SEND, Kind.CLIENT_SENDS, Kind.POLL, Kind.ARRIVE, Kind.RUN, Kind.UPGRADE,
				Kind.HEARTBEAT, Kind.PAUSE, Kind.STUCK))
			.ofMaxSize(30);
	}

	private static ListArbitrary<Step> steps(Arbitrary<Kind> kinds) {
		return Combinators.combine(kinds, Arbitraries.integers().between(0, 9)).as(Step::new).list();
	}

}
