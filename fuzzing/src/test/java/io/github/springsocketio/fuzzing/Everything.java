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

package io.github.springsocketio.fuzzing;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;

/**
 * All targets as one, so that a single process can fuzz them: the first byte of an input
 * says which one gets the rest.
 */
public final class Everything {

	private static final List<Target> TARGETS = Fuzzing.TARGETS.stream().map(Target::of).toList();

	private Everything() {
	}

	/**
	 * Called by Jazzer.
	 * @param input a target's number and its input
	 * @throws Throwable what the target found
	 */
	public static void fuzzerTestOneInput(byte[] input) throws Throwable {
		if (input.length != 0) {
			byte[] rest = new byte[input.length - 1];
			System.arraycopy(input, 1, rest, 0, rest.length);
			TARGETS.get((input[0] & 0xff) % TARGETS.size()).fuzz(rest);
		}
	}

	private record Target(Object instance, Method method) {

		static Target of(String name) {
			try {
				Class<?> type = Class.forName(Fuzzing.PACKAGE + name);
				Constructor<?> constructor = type.getDeclaredConstructor();
				constructor.setAccessible(true);
				Method method = type.getDeclaredMethod("fuzz", byte[].class);
				method.setAccessible(true);
				return new Target(constructor.newInstance(), method);
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException("No target " + name, ex);
			}
		}

		void fuzz(byte[] input) throws Throwable {
			try {
				this.method.invoke(this.instance, (Object) input);
			}
			catch (InvocationTargetException ex) {
				throw ex.getCause();
			}
		}

	}

}
