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

package io.github.springsocketio.test.autoconfigure;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * With a server that has a port of its own, beside the application.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, classes = ChatApplication.class,
		properties = { "socketio.cookie.enabled=true", "socketio.server.port=0" })
@AutoConfigureSocketIoTester
class ChatOnAServerPortTests extends ChatContract {

}
