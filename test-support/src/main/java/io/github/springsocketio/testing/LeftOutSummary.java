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

package io.github.springsocketio.testing;

import java.io.PrintStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints at the end of a run which tests were left out and why, one line each.
 */
public final class LeftOutSummary implements TestExecutionListener {

	private final Queue<String> lines = new ConcurrentLinkedQueue<>();

	private final PrintStream out;

	/**
	 * Create a summary for the console.
	 */
	public LeftOutSummary() {
		this(System.out);
	}

	LeftOutSummary(PrintStream out) {
		this.out = out;
	}

	@Override
	public void executionSkipped(TestIdentifier test, String reason) {
		String name = test.getSource().map(LeftOutSummary::name).orElseGet(test::getDisplayName);
		this.lines.add("[WARNING] Left out: %s (%s)".formatted(name, reason));
	}

	@Override
	public void testPlanExecutionFinished(TestPlan plan) {
		this.lines.forEach(this.out::println);
		this.lines.clear();
	}

	private static String name(TestSource source) {
		if (source instanceof ClassSource type) {
			return type.getClassName();
		}
		if (source instanceof MethodSource method) {
			return method.getClassName() + "." + method.getMethodName();
		}
		return source.toString();
	}

}
