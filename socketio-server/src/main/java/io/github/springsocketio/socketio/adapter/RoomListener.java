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

/**
 * Listens to the rooms of a namespace on this node. A new room is reported before its
 * first member, and an empty one after its last. Called on the thread that makes the
 * change; must not block.
 *
 * @since 0.1.0
 */
public interface RoomListener {

	/**
	 * Called when a room was created.
	 * @param room the name of the room
	 */
	default void onCreateRoom(String room) {
	}

	/**
	 * Called when a socket has joined a room.
	 * @param room the name of the room
	 * @param id the id of the socket
	 */
	default void onJoinRoom(String room, String id) {
	}

	/**
	 * Called when a socket has left a room.
	 * @param room the name of the room
	 * @param id the id of the socket
	 */
	default void onLeaveRoom(String room, String id) {
	}

	/**
	 * Called when a room was removed.
	 * @param room the name of the room
	 */
	default void onDeleteRoom(String room) {
	}

}
