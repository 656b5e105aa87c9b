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

package io.github.springsocketio.engineio.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Proactive negotiation of the content coding of a response (RFC 9110, section 12.5.3).
 */
final class AcceptEncoding {

	private static final Comparator<Preference> BEST_MATCH = Comparator.comparing(Preference::exact)
		.thenComparing(Preference::weight);

	private static final Comparator<Preference> BEST_CODING = Comparator.comparing(Preference::weight)
		.thenComparing(Preference::exact)
		.thenComparing(Preference::position, Comparator.reverseOrder());

	private AcceptEncoding() {
	}

	/**
	 * Select the coding with the highest weight. Of equal weights, a coding that the
	 * client names precedes one that matches {@code *}, then the order of the client
	 * counts, and then that of the server.
	 * @param header the value of {@code Accept-Encoding}
	 * @param available the codings that the server has
	 * @return a coding, or {@code null} to send the response without one
	 */
	static @Nullable String select(@Nullable String header, List<String> available) {
		if (header == null) {
			return null;
		}
		List<Preference> preferences = parse(header);
		String selected = null;
		Preference best = null;
		for (String coding : available) {
			Preference preference = find(preferences, coding);
			if (preference != null && preference.weight() > 0
					&& (best == null || BEST_CODING.compare(preference, best) > 0)) {
				selected = coding;
				best = preference;
			}
		}
		return selected;
	}

	private static @Nullable Preference find(List<Preference> preferences, String coding) {
		return preferences.stream()
			.filter((preference) -> !preference.exact() || preference.coding().equals(coding))
			.max(BEST_MATCH)
			.orElse(null);
	}

	private static List<Preference> parse(String header) {
		List<Preference> preferences = new ArrayList<>();
		for (String element : header.split(",", -1)) {
			String[] parameters = element.split(";", -1);
			preferences.add(new Preference(parameters[0].trim().toLowerCase(Locale.ROOT), weight(parameters),
					preferences.size()));
		}
		return preferences;
	}

	private static double weight(String[] parameters) {
		for (int i = 1; i < parameters.length; i++) {
			String parameter = parameters[i].trim();
			if (parameter.startsWith("q=") || parameter.startsWith("Q=")) {
				try {
					return Double.parseDouble(parameter.substring(2));
				}
				catch (NumberFormatException ex) {
					return 0;
				}
			}
		}
		return 1;
	}

	/**
	 * An element of the header.
	 *
	 * @param coding the name, or {@code *}
	 * @param weight the weight; 0 refuses the coding
	 * @param position the position in the header
	 */
	private record Preference(String coding, double weight, int position) {

		boolean exact() {
			return !this.coding.equals("*");
		}

	}

}
