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

package io.github.springsocketio.admin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * The views of the administrators of this node and of other nodes. Their number is
 * bounded. While there are no views, sockets are not processed.
 */
final class Views {

	private static final int MAX_VIEWS = 16;

	/**
	 * The number of ticks for which the view of another node is kept after its last
	 * report.
	 */
	private static final int LEASE = 4;

	private final int maxSockets;

	private final AtomicReference<State> state = new AtomicReference<>(new State(Map.of(), List.of()));

	Views(int maxSockets) {
		this.maxSockets = maxSockets;
	}

	private State state() {
		return Objects.requireNonNull(this.state.get());
	}

	boolean isEmpty() {
		return state().active.isEmpty();
	}

	/**
	 * Return the views with details that match a condition.
	 */
	List<WatchedView> select(Predicate<WatchedView> condition) {
		List<WatchedView> result = List.of();
		for (WatchedView view : state().active) {
			if (condition.test(view)) {
				if (result.isEmpty()) {
					result = new ArrayList<>(2);
				}
				result.add(view);
			}
		}
		return result;
	}

	/**
	 * Add an administrator of this node.
	 * @return the view, or the view of all sockets if there are too many views
	 */
	View join(View view) {
		Map<View, Entry> entries = state().entries;
		View joined = (entries.size() < MAX_VIEWS || entries.containsKey(view)) ? view : View.ALL;
		update(joined, (entry) -> entry.withAdmins(entry.admins + 1));
		return joined;
	}

	/**
	 * Remove an administrator of this node.
	 */
	void leave(View view) {
		update(view, (entry) -> entry.withAdmins(entry.admins - 1));
	}

	/**
	 * Add or renew a view of another node, with details.
	 * @param now the number of the current tick
	 * @return the view, or {@code null} if there are too many
	 */
	@Nullable WatchedView lease(View view, long now) {
		Map<View, Entry> entries = state().entries;
		if (!entries.containsKey(view) && entries.size() > MAX_VIEWS) {
			return null;
		}
		update(view, (entry) -> entry.withLease(now + LEASE));
		return find(view);
	}

	/**
	 * Remove views that other nodes have not reported recently.
	 */
	void expire(long now) {
		replace((entries) -> entries.replaceAll(
				(view, entry) -> (entry.leasedUntil != 0 && entry.leasedUntil < now) ? entry.withLease(0) : entry));
	}

	/**
	 * Return the views of the administrators of this node.
	 */
	List<WatchedView> own() {
		return state().entries.values().stream().filter((entry) -> entry.admins > 0).map(Entry::watched).toList();
	}

	/**
	 * Return the state of a view, or {@code null} if no administrator has it.
	 */
	@Nullable WatchedView find(View view) {
		Entry entry = state().entries.get(view);
		return (entry != null) ? entry.watched : null;
	}

	/**
	 * Return whether details are sent to the administrators of this node.
	 */
	boolean isDetailed(WatchedView view) {
		Entry entry = state().entries.get(view.view());
		return entry != null && entry.detailed;
	}

	/**
	 * Set whether details are sent to the administrators of this node.
	 * @return whether the setting has changed
	 */
	boolean setDetailed(WatchedView view, boolean detailed) {
		boolean changed = find(view.view()) != null && isDetailed(view) != detailed;
		if (changed) {
			update(view.view(), (entry) -> entry.withDetails(detailed));
		}
		return changed;
	}

	/**
	 * Return whether administrators of other nodes have a view.
	 */
	boolean isLeased(WatchedView view) {
		Entry entry = state().entries.get(view.view());
		return entry != null && entry.leasedUntil > 0;
	}

	private void update(View view, UnaryOperator<Entry> change) {
		replace((entries) -> {
			Entry entry = entries.get(view);
			Entry current = (entry != null) ? entry : new Entry(new WatchedView(view, this.maxSockets), 0, false, 0);
			entries.put(view, change.apply(current));
		});
	}

	/**
	 * Change the entries without a lock, which could block an event loop.
	 */
	private void replace(Change change) {
		State previous = Objects.requireNonNull(this.state.getAndUpdate((current) -> current.with(change)));
		List<WatchedView> remaining = state().active;
		previous.active.stream().filter((view) -> !remaining.contains(view)).forEach(WatchedView::clear);
	}

	/**
	 * A change of a copy of the entries.
	 */
	@FunctionalInterface
	private interface Change {

		void apply(Map<View, Entry> entries);

	}

	/**
	 * An immutable snapshot of all views.
	 *
	 * @param entries the views with their administrators
	 * @param active the views with details
	 */
	private record State(Map<View, Entry> entries, List<WatchedView> active) {

		State with(Change change) {
			Map<View, Entry> changed = new HashMap<>(this.entries);
			change.apply(changed);
			changed.values().removeIf((entry) -> entry.admins <= 0 && entry.leasedUntil == 0);
			return new State(Map.copyOf(changed),
					changed.values().stream().filter(Entry::isActive).map(Entry::watched).toList());
		}

	}

	/**
	 * A view with its administrators.
	 *
	 * @param watched the view
	 * @param admins the number of administrators of this node
	 * @param detailed whether details are sent to them
	 * @param leasedUntil the tick until which the view is kept for other nodes, or 0
	 */
	private record Entry(WatchedView watched, int admins, boolean detailed, long leasedUntil) {

		boolean isActive() {
			return (this.detailed && this.admins > 0) || this.leasedUntil > 0;
		}

		Entry withAdmins(int number) {
			return new Entry(this.watched, number, this.detailed && number > 0, this.leasedUntil);
		}

		Entry withDetails(boolean details) {
			return new Entry(this.watched, this.admins, details, this.leasedUntil);
		}

		Entry withLease(long until) {
			return new Entry(this.watched, this.admins, this.detailed, until);
		}

	}

}
