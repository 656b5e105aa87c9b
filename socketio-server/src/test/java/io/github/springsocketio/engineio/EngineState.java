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

import java.lang.reflect.Field;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Looks into an engine.
 */
public final class EngineState {

	private EngineState() {
	}

	/**
	 * Return the memory that an engine believes to hold for its clients.
	 * @param engine the engine
	 * @return the size in bytes
	 */
	public static long countedMemory(EngineServer engine) {
		return ((DefaultEngineServer) engine).budget().used();
	}

	/**
	 * Count the timers of an engine, also those that were cancelled and whose time has
	 * not come.
	 * @param engine the engine
	 * @return how many there are
	 */
	public static int timers(EngineServer engine) {
		return ((TimerWheel) engine.timers()).pending();
	}

	/**
	 * Count the timers of an engine that are still to come. Cancelled ones, which the
	 * wheel forgets as it turns, do not count.
	 * @param engine the engine
	 * @return how many there are
	 */
	public static int liveTimers(EngineServer engine) {
		Object wheel = (engine.timers() instanceof VirtualTimers) ? value(engine.timers(), "wheel") : engine.timers();
		int count = 0;
		for (Object node : (Queue<?>) value(wheel, "added")) {
			count += isAlive(node) ? 1 : 0;
		}
		for (Object first : (Object[]) value(wheel, "slots")) {
			for (Object node = first; node != null; node = value(node, "next")) {
				count += isAlive(node) ? 1 : 0;
			}
		}
		return count;
	}

	private static boolean isAlive(Object node) {
		return ((AtomicReference<?>) node).get() != null;
	}

	private static @Nullable Object value(Object owner, String name) {
		try {
			Field field = owner.getClass().getDeclaredField(name);
			field.setAccessible(true);
			return field.get(owner);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
