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

package io.github.springsocketio.socketio.adapter.test;

/**
 * A mistake of an adapter, and a test of the kit that has to find it.
 */
enum Flaw {

	SELECTS_EXCEPTED_SOCKETS("Broadcasts", "severalRoomsAreAUnionAndExceptWins"),

	REACHES_OTHERS_WITH_LOCAL("Broadcasts", "localBroadcastReachesThisNodeOnly"),

	DELIVERS_TWICE("Broadcasts", "broadcastReachesAllSocketsOfAllNodes"),

	DELIVERS_BEFORE_SUBSCRIPTION("Broadcasts", "operationsAreCold"),

	KNOWS_ITSELF_ONLY("Acknowledgements", "acknowledgementsOfAllNodesAreCollected"),

	FETCHES_ITS_OWN_SOCKETS("Management", "socketsOfAllNodesAreFetched"),

	DISCONNECTS_TOO_EARLY("Management", "broadcastsBeforeADisconnectionAreReceived"),

	RECEIVES_ITS_OWN_EVENTS("ServerSideEvents", "eventsReachTheOtherNodesOnly"),

	HIDES_OTHER_NODES("Presence", "socketsOfAllNodesArePresent"),

	DROPS_SERVER_SIDE_EVENTS("Presence", "changesOfAllNodesAreTold"),

	HIDES_CHANGES_OF_NODES("Presence", "nodeThatStartsLaterIsSeenAtOnce"),

	REORDERS("Order", "broadcastsOfOneSenderAreReceivedInTheirOrder"),

	LETS_MESSAGES_OVERTAKE("Order", "whatIsSentToASocketDoesNotOvertakeTheBroadcastsOfItsSender"),

	RESTORES_TWICE("Recovery", "stateIsRestoredOnce"),

	FORGETS_MISSED_PACKETS("Recovery", "missedBroadcastsAreReceived"),

	REPEATS_RECEIVED_PACKETS("Recovery", "nothingIsLostOrReceivedTwiceOnChangingNodes"),

	IGNORES_THE_PRINCIPAL("Recovery", "stateIsRestoredForItsPrincipalOnly"),

	REPLAYS_FROM_THE_ROOMS("Recovery", "missedPacketsAreThoseOfTheRoomsAtTheirTime"),

	HIDES_FAILURES("Lifecycle", "failuresAreErrorsOfPublishAndDoNotEscapeFromEmit"),

	STAYS_WHEN_CLOSED("Lifecycle", "nodeThatIsClosedIsForgotten");

	private final String group;

	private final String test;

	Flaw(String group, String test) {
		this.group = group;
		this.test = test;
	}

	String group() {
		return this.group;
	}

	String test() {
		return this.test;
	}

}
