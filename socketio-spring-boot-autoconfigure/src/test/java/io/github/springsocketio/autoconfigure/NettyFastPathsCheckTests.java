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

package io.github.springsocketio.autoconfigure;

import io.netty.util.internal.PlatformDependent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class NettyFastPathsCheckTests {

	@Test
	void whenFastPathsAreOffOnNewJdkThenMessageNamesTheFlags() {
		assertThat(NettyFastPathsCheck.message(25, false)).contains("JDK 25", "--enable-native-access=ALL-UNNAMED",
				"--sun-misc-unsafe-memory-access=allow");
	}

	@Test
	void whenFastPathsAreOnOrJdkIsOlderThenThereIsNoMessage() {
		assertThat(NettyFastPathsCheck.message(25, true)).isNull();
		assertThat(NettyFastPathsCheck.message(23, false)).isNull();
		assertThat(NettyFastPathsCheck.message(17, true)).isNull();
	}

	@Test
	void checkLogsTheMessageForThisJvm(CapturedOutput output) {
		// another application of this JVM may have changed it
		LoggingSystem.get(getClass().getClassLoader()).setLogLevel(NettyFastPathsCheck.class.getName(), LogLevel.INFO);
		new NettyFastPathsCheck().afterSingletonsInstantiated();
		String expected = NettyFastPathsCheck.message(Runtime.version().feature(), PlatformDependent.hasUnsafe());
		assertThat(output.getOut()).contains((expected != null) ? expected : "");
	}

}
