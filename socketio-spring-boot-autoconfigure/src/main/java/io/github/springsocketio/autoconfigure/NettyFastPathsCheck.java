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
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Logs a message at startup if Netty runs without its fast paths because the JVM denies
 * access to memory. Since JDK 24, the access has to be enabled on the command line.
 */
final class NettyFastPathsCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(NettyFastPathsCheck.class);

	@Override
	public void afterSingletonsInstantiated() {
		String message = message(Runtime.version().feature(), PlatformDependent.hasUnsafe());
		if (message != null) {
			logger.info(message);
		}
	}

	/**
	 * Return the message to log.
	 * @param jdk the version of the JDK
	 * @param fast whether Netty has access to memory
	 * @return the message, or {@code null} if there is nothing to log
	 */
	static @Nullable String message(int jdk, boolean fast) {
		return (jdk >= 24 && !fast) ? "Netty runs without its fast paths on JDK " + jdk + ": start the JVM with "
				+ "--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow" : null;
	}

}
