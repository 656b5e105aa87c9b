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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * The oldest versions of Netty and Reactor Netty that the server requires, as written by
 * the build.
 *
 * @param bom the version of the BOM that manages these versions
 * @param netty the oldest version of Netty
 * @param reactorNetty the oldest version of Reactor Netty
 */
record RequiredVersions(String bom, String netty, String reactorNetty) {

	private static final String RESOURCE = "META-INF/socketio/required-versions.properties";

	private static final Pattern NUMBERS = Pattern.compile("\\d{1,9}(\\.\\d{1,9})*");

	/**
	 * Read the versions that the build has written.
	 * @return the versions, or {@code null} if an application was packaged without them
	 */
	static @Nullable RequiredVersions load() {
		Resource resource = new ClassPathResource(RESOURCE, RequiredVersions.class.getClassLoader());
		if (!resource.exists()) {
			return null;
		}
		try {
			Properties versions = PropertiesLoaderUtils.loadProperties(resource);
			return new RequiredVersions(versions.getProperty("bom"), versions.getProperty("netty"),
					versions.getProperty("reactor-netty"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return a warning if a library is older than required.
	 * @param nettyVersions the versions of the modules of Netty on the class path
	 * @param reactorNettyVersions the versions of the modules of Reactor Netty on the
	 * class path
	 * @return the warning, or {@code null} if no library is known to be too old
	 */
	@Nullable String warning(Collection<String> nettyVersions, Collection<String> reactorNettyVersions) {
		List<String> outdated = new ArrayList<>();
		addOutdated(outdated, "Netty", nettyVersions, this.netty);
		addOutdated(outdated, "Reactor Netty", reactorNettyVersions, this.reactorNetty);
		if (outdated.isEmpty()) {
			return null;
		}
		return "Libraries with known faults are on the class path: " + String.join(", ", outdated)
				+ ". Add to <dependencyManagement> in the application's POM, before other imports: "
				+ "<dependency><groupId>io.github.springsocketio</groupId><artifactId>socketio-bom</artifactId>"
				+ "<version>" + this.bom + "</version><type>pom</type><scope>import</scope></dependency>";
	}

	private static void addOutdated(List<String> outdated, String library, Collection<String> found, String required) {
		found.stream()
			.filter((version) -> compare(version, required) < 0)
			.min(RequiredVersions::compare)
			.ifPresent((version) -> outdated.add(library + " " + version + " (required: " + required + " or newer)"));
	}

	/**
	 * Compare the leading numbers. Versions that do not begin with a number are equal to
	 * any other.
	 */
	private static int compare(String version, String other) {
		int[] left = numbers(version);
		int[] right = numbers(other);
		if (left.length == 0 || right.length == 0) {
			return 0;
		}
		for (int i = 0; i < Math.max(left.length, right.length); i++) {
			int result = Integer.compare((i < left.length) ? left[i] : 0, (i < right.length) ? right[i] : 0);
			if (result != 0) {
				return result;
			}
		}
		return 0;
	}

	private static int[] numbers(String version) {
		Matcher matcher = NUMBERS.matcher(version);
		return matcher.lookingAt()
				? Pattern.compile("\\.").splitAsStream(matcher.group()).mapToInt(Integer::parseInt).toArray()
				: new int[0];
	}

}
