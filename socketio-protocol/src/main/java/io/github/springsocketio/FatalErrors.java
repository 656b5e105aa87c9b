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

package io.github.springsocketio;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Decides which errors are fatal and must not be handled, for all code that calls the
 * application or runs its tasks.
 * <p>
 * A {@link VirtualMachineError} is fatal: no memory is left, or the virtual machine
 * itself is broken, and the state of the server is undefined. It is rethrown after the
 * state of the caller is consistent again. All other errors are failures of the code that
 * threw them; they are logged, and the server continues:
 * <ul>
 * <li>A {@link StackOverflowError} is over once the stack has been unwound.</li>
 * <li>A {@link LinkageError}, such as a {@link NoClassDefFoundError}, means that a class
 * is missing or incompatible. Only the code that needs the class fails, each time in the
 * same way. Reactor's operators do not catch it; it then leaves {@code subscribe} and is
 * handled by the caller.</li>
 * <li>{@code ThreadDeath} is no longer thrown by any supported virtual machine.</li>
 * </ul>
 * The timers are the one exception: all sessions depend on their thread, which therefore
 * logs even fatal errors and continues.
 * <p>
 * Listeners are notified of each fatal error, because the code that finally catches it
 * may only log it.
 *
 * @since 0.1.0
 */
@Internal
public final class FatalErrors {

	/** Accessed by index, because an iterator would allocate memory. */
	private static final List<Consumer<Throwable>> listeners = new CopyOnWriteArrayList<>();

	private FatalErrors() {
	}

	/**
	 * Add a listener for fatal errors. It is called on the thread on which an error is
	 * found, possibly several times for one error. It should not allocate memory, and
	 * must not block.
	 * @param listener the listener
	 */
	public static void addListener(Consumer<Throwable> listener) {
		listeners.add(listener);
	}

	/**
	 * Remove a listener.
	 * @param listener the listener
	 */
	public static void removeListener(Consumer<Throwable> listener) {
		listeners.remove(listener);
	}

	/**
	 * Notify the listeners if an error is fatal, and return.
	 * @param error the error, or {@code null}
	 */
	public static void report(@Nullable Throwable error) {
		if (error == null || !isFatal(error)) {
			return;
		}
		for (int i = 0; i < listeners.size(); i++) {
			try {
				listeners.get(i).accept(error);
			}
			catch (Throwable ignored) {
				// There may be no memory to handle it
			}
		}
	}

	/**
	 * Return whether an error is fatal.
	 * @param error the error, or {@code null}
	 * @return whether it has to be rethrown
	 */
	public static boolean isFatal(@Nullable Throwable error) {
		return error instanceof VirtualMachineError && !(error instanceof StackOverflowError);
	}

	/**
	 * Rethrow an error if it is fatal, after the listeners were notified.
	 * @param error the error, or {@code null}
	 */
	public static void rethrowIfFatal(@Nullable Throwable error) {
		if (isFatal(error) && error instanceof VirtualMachineError fatal) {
			report(fatal);
			throw fatal;
		}
	}

}
