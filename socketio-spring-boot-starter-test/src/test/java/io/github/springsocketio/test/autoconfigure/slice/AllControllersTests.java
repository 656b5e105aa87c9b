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

package io.github.springsocketio.test.autoconfigure.slice;

import io.github.springsocketio.test.autoconfigure.SocketIoTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;

@SocketIoTest(properties = "socketio.path=/ws")
class AllControllersTests {

	@MockitoBean
	private GreetingService service;

	@Test
	void allControllersAreThere(@Autowired ApplicationContext context) {
		assertThat(context.getBean(GreetingController.class)).isNotNull();
		assertThat(context.getBean(OtherController.class)).isNotNull();
		assertThat(context.getEnvironment().getProperty("socketio.path")).isEqualTo("/ws");
	}

}
