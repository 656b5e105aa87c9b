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

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Parses a query as URL search parameters: percent- and plus-decoded. The last value of a
 * repeated name is used (EIO-06). Malformed escapes are not decoded.
 */
final class QueryParameters {

	private QueryParameters() {
	}

	static Map<String, String> parse(String target) {
		int start = target.indexOf('?') + 1;
		if (start == 0) {
			return Map.of();
		}
		int fragment = target.indexOf('#', start);
		int end = (fragment < 0) ? target.length() : fragment;
		Map<String, String> parameters = new LinkedHashMap<>(8);
		int i = start;
		while (i < end) {
			int amp = target.indexOf('&', i);
			int stop = (amp < 0 || amp > end) ? end : amp;
			if (stop > i) {
				add(parameters, target, i, stop);
			}
			i = stop + 1;
		}
		return parameters;
	}

	/**
	 * Return the value of a parameter, unless it is missing or repeated.
	 * @param text encoded parameters without a question mark, such as those of a form
	 */
	static @Nullable String single(String text, String name) {
		String found = null;
		int start = 0;
		while (start < text.length()) {
			int amp = text.indexOf('&', start);
			int stop = (amp < 0) ? text.length() : amp;
			int equal = start;
			while (equal < stop && text.charAt(equal) != '=') {
				equal++;
			}
			if (decode(text, start, equal).equals(name)) {
				if (found != null) {
					return null;
				}
				found = decode(text, Math.min(equal + 1, stop), stop);
			}
			start = stop + 1;
		}
		return found;
	}

	/**
	 * Return one parameter, with the same result as {@link #parse(String)}.
	 */
	static @Nullable String find(String target, String name) {
		int start = target.indexOf('?') + 1;
		if (start == 0) {
			return null;
		}
		if (target.indexOf('%', start) >= 0 || target.indexOf('+', start) >= 0 || target.indexOf('#', start) >= 0) {
			return parse(target).get(name);
		}
		String value = null;
		int i = start;
		while (i < target.length()) {
			int amp = target.indexOf('&', i);
			int stop = (amp < 0) ? target.length() : amp;
			int equal = i + name.length();
			if (stop > i && equal <= stop && target.startsWith(name, i)
					&& (equal == stop || target.charAt(equal) == '=')) {
				value = target.substring(Math.min(equal + 1, stop), stop);
			}
			i = stop + 1;
		}
		return value;
	}

	/**
	 * Return the first of several parameters that a query contains more than once.
	 * @param names at most 32 names
	 * @return the name, or {@code null} if no parameter is repeated
	 */
	static @Nullable String repeated(String target, String... names) {
		int start = target.indexOf('?') + 1;
		int fragment = (start != 0) ? target.indexOf('#', start) : -1;
		int end = (fragment < 0) ? target.length() : fragment;
		int seen = 0;
		int i = start;
		while (start != 0 && i < end) {
			int amp = target.indexOf('&', i);
			int stop = (amp < 0 || amp > end) ? end : amp;
			int equal = target.indexOf('=', i);
			int index = indexOf(names, target, i, (equal < 0 || equal > stop) ? stop : equal);
			if (index >= 0) {
				if ((seen & 1 << index) != 0) {
					return names[index];
				}
				seen |= 1 << index;
			}
			i = stop + 1;
		}
		return null;
	}

	private static int indexOf(String[] names, String target, int from, int to) {
		String decoded = null;
		for (int i = from; i < to && decoded == null; i++) {
			if (target.charAt(i) == '%' || target.charAt(i) == '+') {
				decoded = decode(target, from, to);
			}
		}
		for (int i = 0; i < names.length; i++) {
			String name = names[i];
			if ((decoded != null) ? decoded.equals(name)
					: name.length() == to - from && target.startsWith(name, from)) {
				return i;
			}
		}
		return -1;
	}

	private static void add(Map<String, String> parameters, String target, int from, int to) {
		int equal = target.indexOf('=', from);
		boolean named = equal >= 0 && equal < to;
		String name = decode(target, from, named ? equal : to);
		parameters.put(name, named ? decode(target, equal + 1, to) : "");
	}

	private static String decode(String text, int from, int to) {
		boolean plain = true;
		for (int i = from; i < to && plain; i++) {
			char c = text.charAt(i);
			plain = c != '%' && c != '+';
		}
		if (plain) {
			return text.substring(from, to);
		}
		byte[] source = text.substring(from, to).getBytes(StandardCharsets.UTF_8);
		byte[] bytes = new byte[source.length];
		int length = 0;
		for (int i = 0; i < source.length; i++) {
			int value = (source[i] == '%') ? escaped(source, i) : -1;
			if (value >= 0) {
				bytes[length++] = (byte) value;
				i += 2;
			}
			else {
				bytes[length++] = (source[i] == '+') ? (byte) ' ' : source[i];
			}
		}
		return new String(bytes, 0, length, StandardCharsets.UTF_8);
	}

	private static int escaped(byte[] source, int i) {
		if (i + 2 >= source.length) {
			return -1;
		}
		int high = Character.digit(source[i + 1], 16);
		int low = Character.digit(source[i + 2], 16);
		return (high < 0 || low < 0) ? -1 : (high << 4) | low;
	}

}
