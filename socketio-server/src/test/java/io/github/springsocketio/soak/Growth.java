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

package io.github.springsocketio.soak;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Finds out whether a measure grows: by the median of the slopes between any two of its
 * values (Theil and Sen), which single values do not move.
 */
final class Growth {

	private Growth() {
	}

	/**
	 * Return by how much a measure has grown.
	 * @param samples taken at equal distances; the first third, in which a process warms
	 * up, does not count
	 * @param measure the measure
	 * @return the growth over the samples that count, negative if it became less
	 */
	static <T> double of(List<T> samples, ToLongFunction<T> measure) {
		long[] values = samples.subList(samples.size() / 3, samples.size()).stream().mapToLong(measure).toArray();
		double[] slopes = new double[values.length * (values.length - 1) / 2];
		int count = 0;
		for (int i = 0; i < values.length; i++) {
			for (int j = i + 1; j < values.length; j++) {
				slopes[count++] = (values[j] - values[i]) / (double) (j - i);
			}
		}
		Arrays.sort(slopes);
		return (count == 0) ? 0 : slopes[count / 2] * (values.length - 1);
	}

}
