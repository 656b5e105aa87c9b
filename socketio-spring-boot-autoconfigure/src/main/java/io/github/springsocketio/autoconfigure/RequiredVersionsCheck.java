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

import java.util.ArrayList;
import java.util.List;

import io.netty.util.Version;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServer;

import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Logs a warning at startup if Netty or Reactor Netty on the class path is older than
 * required. An application that inherits from Spring Boot's parent uses the versions that
 * Spring Boot manages, which may be older. A version that cannot be determined is not
 * reported.
 */
final class RequiredVersionsCheck implements SmartInitializingSingleton, BeanClassLoaderAware {

	private static final Log logger = LogFactory.getLog(RequiredVersionsCheck.class);

	private @Nullable ClassLoader classLoader;

	@Override
	public void setBeanClassLoader(ClassLoader classLoader) {
		this.classLoader = classLoader;
	}

	@Override
	public void afterSingletonsInstantiated() {
		RequiredVersions required = RequiredVersions.load();
		if (required == null) {
			return;
		}
		String warning = required.warning(nettyVersions(this.classLoader), reactorNettyVersions());
		if (warning != null) {
			logger.warn(warning);
		}
	}

	/**
	 * Return the versions of Netty's own modules. Modules of the incubator and tcnative
	 * have their own versions.
	 */
	private static List<String> nettyVersions(@Nullable ClassLoader classLoader) {
		return Version.identify(classLoader)
			.values()
			.stream()
			.filter((version) -> !version.artifactId().startsWith("netty-incubator"))
			.filter((version) -> !version.artifactId().startsWith("netty-tcnative"))
			.map(Version::artifactVersion)
			.toList();
	}

	private static List<String> reactorNettyVersions() {
		List<String> versions = new ArrayList<>();
		addVersion(versions, Connection.class.getPackage(), "reactor-netty-core");
		addVersion(versions, HttpServer.class.getPackage(), "reactor-netty-http");
		return versions;
	}

	/**
	 * Add a version from the manifest of a jar. The title is compared, because a jar that
	 * contains a whole application has the manifest of the application.
	 */
	private static void addVersion(List<String> versions, Package source, String title) {
		String version = source.getImplementationVersion();
		if (version != null && title.equals(source.getImplementationTitle())) {
			versions.add(version);
		}
	}

}
