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

package io.github.springsocketio.rewrite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Converts an application's settings of the library to properties.
 */
final class Settings {

	private static final Map<String, Setting> SETTINGS = Map.ofEntries(
			Map.entry("setHostname", new Setting("server.address", "")),
			Map.entry("setPort", new Setting("server.port", "")),
			Map.entry("setContext", new Setting("socketio.path", "")),
			Map.entry("setTransports", new Setting("socketio.transports", "")),
			Map.entry("setPingInterval", new Setting("socketio.ping-interval", "ms")),
			Map.entry("setPingTimeout", new Setting("socketio.ping-timeout", "ms")),
			Map.entry("setUpgradeTimeout", new Setting("socketio.upgrade-timeout", "ms")),
			Map.entry("setFirstDataTimeout", new Setting("socketio.limits.request-head-timeout", "ms")),
			Map.entry("setMaxHttpContentLength", new Setting("socketio.max-http-buffer-size", "B")),
			Map.entry("setMaxFramePayloadLength", new Setting("socketio.max-http-buffer-size", "B")),
			Map.entry("setHttpCompression", new Setting("socketio.http-compression.enabled", "")),
			Map.entry("setWebsocketCompression", new Setting("socketio.websocket.compression.enabled", "")),
			Map.entry("setOrigin", new Setting("socketio.cors.allowed-origins", "")),
			Map.entry("setAllowHeaders", new Setting("socketio.cors.allowed-headers", "")));

	/**
	 * Settings that this server, or the web server of the application, does not need.
	 */
	private static final List<String> SUPERFLUOUS = List.of("setAddVersionHeader", "setAllowCustomRequests",
			"setEnableCors", "setPackagePrefix", "setPreferDirectBuffer", "setRandomSession", "setSocketConfig",
			"setUseLinuxNativeEpoll");

	private static final Map<String, String> HINTS = Map.ofEntries(
			Map.entry("setAckMode", "annotated methods acknowledge when they return, other handlers with event.ack()"),
			Map.entry("setAuthorizationListener", "an AllowRequest bean"),
			Map.entry("setBossThreads", "a ReactorResourceFactory bean"),
			Map.entry("setExceptionListener", "onError, or a @SocketIoExceptionHandler method"),
			Map.entry("setHttpRequestDecoderConfiguration", "server.max-http-request-header-size"),
			Map.entry("setJsonSupport", "the JsonMapper bean"), Map.entry("setKeyStore", "server.ssl.key-store"),
			Map.entry("setKeyStorePassword", "server.ssl.key-store-password"),
			Map.entry("setNeedClientAuth", "server.ssl.client-auth"),
			Map.entry("setStoreFactory", "socketio.adapter.type, for many nodes"),
			Map.entry("setTrustStore", "server.ssl.trust-store"),
			Map.entry("setTrustStorePassword", "server.ssl.trust-store-password"),
			Map.entry("setWorkerThreads", "a ReactorResourceFactory bean"));

	/**
	 * The properties by the root of the module, which is the empty path for a project
	 * without modules.
	 */
	private final Map<Path, Map<String, String>> properties = new LinkedHashMap<>();

	private final Map<Path, Path> files = new LinkedHashMap<>();

	/**
	 * Add a setting.
	 * @param source the path of the class
	 * @param setter the method that was called
	 * @param value its argument, or {@code null} if it is not known
	 */
	void add(Path source, String setter, @Nullable String value) {
		Setting setting = SETTINGS.get(setter);
		if (setting == null || value == null) {
			return;
		}
		Map<String, String> module = this.properties.computeIfAbsent(root(source), (key) -> new TreeMap<>());
		module.merge(setting.property(), setting.value(value), Settings::larger);
		if (setter.equals("setOrigin")) {
			module.put("socketio.cors.allow-credentials", "true");
		}
	}

	/**
	 * Return the comment for a setting that has to be migrated manually, or {@code null}
	 * if there is nothing to do.
	 */
	static @Nullable String todo(String setter, @Nullable String value, String source) {
		if (SUPERFLUOUS.contains(setter) || SETTINGS.containsKey(setter) && value != null) {
			return null;
		}
		Setting setting = SETTINGS.get(setter);
		String hint = (setting != null) ? setting.property() : HINTS.getOrDefault(setter, "no counterpart");
		return setter + "(" + source + "): " + hint;
	}

	/**
	 * Add a file with properties of the application. The first file of a module is used.
	 */
	void addFile(Path file) {
		this.files.putIfAbsent(root(file), file);
	}

	Map<String, String> propertiesOf(Path file) {
		return file.equals(this.files.get(root(file))) ? this.properties.getOrDefault(root(file), Map.of()) : Map.of();
	}

	/**
	 * Return the files that have to be created.
	 */
	Map<Path, Map<String, String>> missingFiles() {
		Map<Path, Map<String, String>> missing = new LinkedHashMap<>();
		this.properties.forEach((root, values) -> {
			if (!this.files.containsKey(root)) {
				missing.put(root.resolve("src/main/resources/application.yml"), values);
			}
		});
		return missing;
	}

	/**
	 * Return the properties as YAML.
	 */
	static String yaml(Map<String, String> properties) {
		StringBuilder text = new StringBuilder();
		List<String> open = new ArrayList<>();
		properties.forEach((name, value) -> {
			List<String> path = List.of(name.split("\\."));
			int common = 0;
			while (common < open.size() && common < path.size() - 1 && open.get(common).equals(path.get(common))) {
				common++;
			}
			open.subList(common, open.size()).clear();
			for (int depth = common; depth < path.size(); depth++) {
				text.append("  ".repeat(depth)).append(path.get(depth)).append(':');
				text.append((depth == path.size() - 1) ? " " + scalar(value) + "\n" : "\n");
				open.add(path.get(depth));
			}
			open.remove(open.size() - 1);
		});
		return text.toString();
	}

	private static String scalar(String value) {
		boolean plain = value.matches("[\\w./$][\\w./${}:,-]*") && !value.endsWith(":");
		return plain ? value : "\"" + value.replace("\"", "\\\"") + "\"";
	}

	private static Path root(Path path) {
		for (int i = 0; i < path.getNameCount(); i++) {
			if (path.getName(i).toString().equals("src")) {
				return (i > 0) ? path.subpath(0, i) : Path.of("");
			}
		}
		return Path.of("");
	}

	private static String larger(String first, String second) {
		boolean sizes = first.matches("\\d+B") && second.matches("\\d+B");
		return (sizes && size(first) > size(second)) ? first : second;
	}

	private static long size(String text) {
		return Long.parseLong(text.substring(0, text.length() - 1));
	}

	private record Setting(String property, String unit) {

		String value(String text) {
			return text.matches("\\d+") ? text + this.unit : text;
		}

	}

}
