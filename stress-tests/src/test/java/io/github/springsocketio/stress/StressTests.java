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

package io.github.springsocketio.stress;

import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Stream;

import io.github.springsocketio.engineio.OutboxStress;
import io.github.springsocketio.engineio.SessionStress;
import io.github.springsocketio.engineio.UpgradeStress;
import io.github.springsocketio.socketio.EventGateStress;
import io.github.springsocketio.socketio.PendingAcksStress;
import io.github.springsocketio.socketio.adapter.RoomIndexStress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the tests for jcstress in every build, a few thousand times each, on two plain
 * threads side by side.
 */
@Tag("SEC-127")
class StressTests {

	private static final int STATES = 4000;

	/** How long one thread waits for the other, which need not have a processor. */
	private static final int SPINS = 200;

	static Stream<Class<?>> tests() {
		return Stream
			.of(OutboxStress.class, SessionStress.class, UpgradeStress.class, PendingAcksStress.class,
					EventGateStress.class, RoomIndexStress.class)
			.flatMap((type) -> Arrays.stream(type.getDeclaredClasses()))
			.filter((type) -> type.isAnnotationPresent(JCStressTest.class));
	}

	@ParameterizedTest
	@MethodSource("tests")
	void shouldEndOnlyAsExpected(Class<?> type) throws Exception {
		Constructor<?> constructor = type.getConstructor();
		List<Method> actors = methods(type, Actor.class);
		Method arbiter = methods(type, Arbiter.class).get(0);
		assertThat(actors).hasSize(2);
		List<Object> states = new ArrayList<>();
		for (int i = 0; i < STATES; i++) {
			states.add(constructor.newInstance());
		}
		AtomicIntegerArray progress = new AtomicIntegerArray(2);
		ExecutorService second = Executors.newSingleThreadExecutor();
		try {
			Future<?> other = second.submit(() -> act(1, progress, actors.get(1), states));
			act(0, progress, actors.get(0), states);
			other.get();
		}
		finally {
			second.shutdownNow();
		}
		Set<String> seen = new HashSet<>();
		for (Object state : states) {
			Object result = arbiter.getParameterTypes()[0].getConstructor().newInstance();
			arbiter.invoke(state, result);
			seen.add(result.toString());
		}
		assertThat(seen).isNotEmpty().isSubsetOf(expected(type));
	}

	/**
	 * Go through all states, next to the other thread if it keeps up.
	 */
	private static Object act(int self, AtomicIntegerArray progress, Method actor, List<Object> states)
			throws Exception {
		Random random = new Random(self);
		for (int i = 0; i < states.size(); i++) {
			progress.set(self, i);
			for (int spins = random.nextInt(20); spins < SPINS && progress.get(1 - self) < i; spins++) {
				Thread.onSpinWait();
			}
			actor.invoke(states.get(i));
		}
		progress.set(self, states.size());
		return progress;
	}

	private static List<Method> methods(Class<?> type, Class<? extends Annotation> annotation) {
		return Arrays.stream(type.getMethods()).filter((method) -> method.isAnnotationPresent(annotation)).toList();
	}

	private static List<String> expected(Class<?> type) {
		return Arrays.stream(type.getAnnotationsByType(Outcome.class))
			.filter((outcome) -> outcome.expect() != Expect.FORBIDDEN)
			.flatMap((outcome) -> Arrays.stream(outcome.id()))
			.toList();
	}

}
