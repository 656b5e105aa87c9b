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

/**
 * Which websockets must come from a page of a known origin (SEC-89). Browsers let any
 * page open a websocket and send the cookies of the user with it; without a check such a
 * page could act in the user's name. Known are the origin of the request itself and those
 * that the CORS options allow. Requests without an {@code Origin} header do not come from
 * a browser's page and pass.
 *
 * @since 0.1.0
 */
public enum WebSocketOriginCheck {

	/**
	 * Those whose request carries a cookie. The default.
	 */
	WITH_COOKIES,

	/**
	 * All of them.
	 */
	ALWAYS,

	/**
	 * None, as in the JavaScript server: {@link AllowRequest} beans have to see to it.
	 */
	OFF

}
