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

package io.github.springsocketio.socketio.adapter;

import java.lang.reflect.Proxy;
import java.util.List;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Sockets that join and leave rooms, and go (SEC-127).
 */
public final class RoomIndexStress {

	private static final AdapterNamespace NAMESPACE = (AdapterNamespace) Proxy.newProxyInstance(
			RoomIndexStress.class.getClassLoader(), new Class<?>[] { AdapterNamespace.class },
			(proxy, method, args) -> switch (method.getName()) {
				case "maxRoomsPerSocket" -> 100;
				case "localSockets" -> List.of();
				default -> null;
			});

	private static final List<String> ROOM = List.of("room");

	private RoomIndexStress() {
	}

	/**
	 * A socket whose end is one write.
	 */
	static final class StressSocket {

		volatile boolean left;

		final AdapterSocket socket;

		StressSocket(String id) {
			this.socket = (AdapterSocket) Proxy.newProxyInstance(RoomIndexStress.class.getClassLoader(),
					new Class<?>[] { AdapterSocket.class }, (proxy, method, args) -> switch (method.getName()) {
						case "id" -> id;
						case "connected" -> !this.left;
						case "hasLeft" -> this.left;
						case "hashCode" -> id.hashCode();
						case "equals" -> proxy == args[0];
						default -> null;
					});
		}

	}

	/**
	 * Nobody joins for good after the end.
	 */
	@JCStressTest
	@Description("A socket joins while it goes")
	@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "it is in no room, and there is none")
	@Outcome(expect = Expect.FORBIDDEN, desc = "it is left in a room")
	@State
	public static class JoinAndGo {

		private final RoomIndex index = new RoomIndex(NAMESPACE);

		private final StressSocket one = new StressSocket("one");

		/** Joins. */
		@Actor
		public void join() {
			this.index.addAll(this.one.socket, ROOM);
		}

		/** Goes. */
		@Actor
		public void go() {
			this.one.left = true;
			this.index.delAll(this.one.socket);
		}

		/** Counts. */
		@Arbiter
		public void count(II_Result result) {
			result.r1 = this.index.rooms(this.one.socket).size();
			result.r2 = this.index.rooms().size();
		}

	}

	/**
	 * A room that its last member leaves is not the one that another socket just joins.
	 */
	@JCStressTest
	@Description("One socket leaves a room while another joins it")
	@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "the second one is in it")
	@Outcome(expect = Expect.FORBIDDEN, desc = "lost")
	@State
	public static class LeaveAndJoin {

		private final RoomIndex index = new RoomIndex(NAMESPACE);

		private final StressSocket one = new StressSocket("one");

		private final StressSocket other = new StressSocket("other");

		private int reached;

		/** Puts the first one into the room. */
		public LeaveAndJoin() {
			this.index.addAll(this.one.socket, ROOM);
		}

		/** Leaves. */
		@Actor
		public void leave() {
			this.index.del(this.one.socket, "room");
		}

		/** Joins. */
		@Actor
		public void join() {
			this.index.addAll(this.other.socket, ROOM);
		}

		/** Counts who can be reached. */
		@Arbiter
		public void count(II_Result result) {
			this.index.forEach(BroadcastOptions.room("room"), (socket) -> this.reached++);
			result.r1 = this.index.rooms().size();
			result.r2 = this.reached;
		}

	}

}
