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

package io.github.springsocketio.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the environment variables ask for, as a profile and properties of the application.
 * The options of each profile are in {@code application.yml}.
 *
 * @param profile the name of the profile
 * @param properties what does not depend on the profile alone
 */
record Settings(String profile, Map<String, Object> properties) {

	private static final List<String> PROFILES = List.of("engine-echo", "engine-client", "socket-echo", "socket-client",
			"java-client", "wire", "wire-alt", "wire-ws", "web", "cases", "errors", "cluster", "emitter");

	static Settings of(Map<String, String> environment) {
		String profile = oneOf(environment, "PROFILE", "socket-echo", PROFILES);
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("server.port", value(environment, "PORT", "3000"));
		properties.put("conformance.profile", profile);
		properties.put("conformance.node", value(environment, "NODE_ID", "node-1"));
		switch (profile) {
			case "web" -> addWeb(environment, properties);
			case "cases" -> CasesSettings.add(environment, properties);
			case "cluster" -> ClusterSettings.add(environment, properties);
			case "emitter" -> {
				ClusterSettings.add(environment, properties);
				properties.put("socketio.enabled", false);
			}
			default -> {
			}
		}
		return new Settings(profile, properties);
	}

	/**
	 * Return the profiles of the application: {@code secured} where Spring Security is
	 * on.
	 */
	String[] profiles() {
		return hasSecurity() ? new String[] { this.profile, "secured" } : new String[] { this.profile };
	}

	/**
	 * Return whether requests pass the filters of Spring Security.
	 */
	boolean hasSecurity() {
		Object users = this.properties.get("conformance.users");
		return "form".equals(users) || "basic".equals(users) || this.profile.equals("errors");
	}

	/**
	 * Return whether the application has a Socket.IO server.
	 */
	boolean hasServer() {
		return !this.profile.equals("emitter");
	}

	private static void addWeb(Map<String, String> environment, Map<String, Object> properties) {
		properties.put("socketio.cookie.enabled", !value(environment, "COOKIE", "on").equals("off"));
		addCors(environment, properties);
	}

	static void addCors(Map<String, String> environment, Map<String, Object> properties) {
		String origins = value(environment, "CORS_ORIGINS", "");
		if (!origins.isEmpty()) {
			properties.put("socketio.cors.allowed-origins", origins);
			properties.put("socketio.cors.allow-credentials", true);
		}
	}

	static String oneOf(Map<String, String> environment, String name, String defaultValue, List<String> values) {
		String value = value(environment, name, defaultValue);
		if (!values.contains(value)) {
			throw new InvalidSettingException(name, value, values);
		}
		return value;
	}

	static String value(Map<String, String> environment, String name, String defaultValue) {
		String value = environment.getOrDefault(name, "");
		return value.isEmpty() ? defaultValue : value;
	}

}
