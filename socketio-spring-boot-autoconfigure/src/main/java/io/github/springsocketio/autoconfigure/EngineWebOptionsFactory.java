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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.springsocketio.InvalidOptionException;
import io.github.springsocketio.engineio.web.CookieValueEncoder;
import io.github.springsocketio.engineio.web.CorsOptions;
import io.github.springsocketio.engineio.web.CorsOptionsResolver;
import io.github.springsocketio.engineio.web.CorsOriginResolver;
import io.github.springsocketio.engineio.web.EngineWebOptions;
import io.github.springsocketio.engineio.web.HttpCompressionOptions;
import io.github.springsocketio.engineio.web.SessionCookieOptions;
import io.github.springsocketio.engineio.web.WebSocketCompressionOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.CollectionUtils;

/**
 * Creates the options of the HTTP endpoint from properties and beans.
 */
final class EngineWebOptionsFactory {

	private static final String COOKIE = PropertyToOption.PREFIX + "cookie";

	private static final String CORS = PropertyToOption.PREFIX + "cors";

	private static final String SERVER = PropertyToOption.PREFIX + "server";

	private EngineWebOptionsFactory() {
	}

	static EngineWebOptions create(SocketIoProperties properties, @Nullable CookieValueEncoder cookieValueEncoder,
			@Nullable CorsOriginResolver corsOriginResolver, @Nullable CorsOptionsResolver corsOptionsResolver,
			Iterable<EngineWebOptionsCustomizer> customizers) {
		EngineWebOptions.Builder builder = EngineWebOptions.builder();
		PropertyToOption.set("path", properties.getPath(), builder::path);
		builder.addTrailingSlash(properties.isAddTrailingSlash());
		builder.serveClient(properties.isServeClient());
		builder.jsonp(properties.getJsonp().isEnabled());
		builder.shareWebSession(properties.isShareWebSession());
		PropertyToOption.set("headers-timeout", properties.getHeadersTimeout(), builder::headersTimeout);
		PropertyToOption.set("allow-request-timeout", properties.getAllowRequestTimeout(),
				builder::allowRequestTimeout);
		builder.httpCompression(httpCompression(properties.getHttpCompression()));
		setWebsocket(properties.getWebsocket(), builder);
		setLimits(properties.getLimits(), builder);
		builder.cookie(cookie(properties.getCookie(), cookieValueEncoder));
		if (corsOptionsResolver != null) {
			builder.corsResolver(corsOptionsResolver);
		}
		else {
			builder.cors(cors(properties.getCors(), corsOriginResolver));
		}
		customizers.forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	/**
	 * Return warnings about options that are valid but probably wrong.
	 * @param options the options
	 * @param environment the environment, for the names of the properties that are set
	 * @return one sentence for each warning
	 */
	static List<String> warnings(EngineWebOptions options, Environment environment) {
		List<String> warnings = new ArrayList<>(unusedServerProperties(environment));
		SessionCookieOptions cookie = options.cookie();
		if (cookie != null) {
			warnings.addAll(cookie.warnings());
		}
		else {
			warnings.addAll(unusedCookieProperties(environment));
		}
		CorsOptions cors = options.cors();
		if (cors != null) {
			warnings.addAll(cors.warnings());
		}
		if (options.corsResolver() != null) {
			warnings.addAll(unusedCorsProperties(environment));
		}
		return warnings;
	}

	/**
	 * Return a warning if properties of the cookie are set, but not the one that enables
	 * it. There is none if that property is set to {@code false}.
	 */
	private static List<String> unusedCookieProperties(Environment environment) {
		Set<String> names = propertiesBelow(COOKIE, environment);
		return (names.isEmpty() || names.contains(COOKIE + ".enabled")) ? List.of()
				: List.of("The session cookie is off, so these properties have no effect: " + quote(names) + ". Set '"
						+ COOKIE + ".enabled' to true as well");
	}

	private static List<String> unusedServerProperties(Environment environment) {
		Set<String> names = propertiesBelow(SERVER + ".ssl", environment);
		names.addAll(propertiesBelow(SERVER + ".http2", environment));
		for (String name : List.of(SERVER + ".address", SERVER + ".session-cookie")) {
			if (environment.containsProperty(name)) {
				names.add(name);
			}
		}
		return (names.isEmpty() || OnServerPortCondition.isSet(environment)) ? List.of()
				: List.of("The server has no port of its own, so these properties have no effect: " + quote(names)
						+ ". Set '" + OnServerPortCondition.PROPERTY + "' as well");
	}

	private static List<String> unusedCorsProperties(Environment environment) {
		Set<String> names = propertiesBelow(CORS, environment);
		return names.isEmpty() ? List.of() : List
			.of("A bean of type CorsOptionsResolver is present, so these properties have no effect: " + quote(names));
	}

	private static Set<String> propertiesBelow(String prefix, Environment environment) {
		return Binder.get(environment)
			.bind(prefix, Bindable.mapOf(String.class, Object.class))
			.orElse(Map.of())
			.keySet()
			.stream()
			.map((name) -> prefix + "." + name)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static String quote(Set<String> names) {
		return names.stream().map((name) -> "'" + name + "'").collect(Collectors.joining(", "));
	}

	private static void setWebsocket(SocketIoProperties.Websocket websocket, EngineWebOptions.Builder builder) {
		builder.nativeWebsocket(websocket.isNativeWebsocket());
		PropertyToOption.set("websocket.max-fragments", websocket.getMaxFragments(), builder::maxWebsocketFragments);
		PropertyToOption.set("websocket.origin-check", websocket.getOriginCheck(), builder::websocketOriginCheck);
		builder.websocketCompression(websocketCompression(websocket.getCompression()));
	}

	private static @Nullable HttpCompressionOptions httpCompression(SocketIoProperties.HttpCompression compression) {
		HttpCompressionOptions.Builder builder = HttpCompressionOptions.builder();
		PropertyToOption.setBytes("http-compression.threshold", compression.getThreshold(), builder::threshold);
		PropertyToOption.set("http-compression.level", compression.getLevel(), builder::level);
		return compression.isEnabled() ? builder.build() : null;
	}

	private static @Nullable WebSocketCompressionOptions websocketCompression(
			SocketIoProperties.Websocket.Compression compression) {
		WebSocketCompressionOptions.Builder builder = WebSocketCompressionOptions.builder()
			.serverNoContext(compression.isServerNoContext())
			.preferredClientNoContext(compression.isPreferredClientNoContext());
		PropertyToOption.setBytes("websocket.compression.threshold", compression.getThreshold(), builder::threshold);
		PropertyToOption.set("websocket.compression.server-max-window-bits", compression.getServerMaxWindowBits(),
				builder::serverMaxWindowBits);
		PropertyToOption.set("websocket.compression.client-max-window-bits", compression.getClientMaxWindowBits(),
				builder::clientMaxWindowBits);
		return compression.isEnabled() ? builder.build() : null;
	}

	private static void setLimits(SocketIoProperties.Limits limits, EngineWebOptions.Builder builder) {
		PropertyToOption.setBytes("limits.min-data-rate", limits.getMinDataRate(), builder::minDataRate);
		PropertyToOption.set("limits.min-data-rate-grace-period", limits.getMinDataRateGracePeriod(),
				builder::minDataRateGracePeriod);
		PropertyToOption.set("limits.max-handshakes-in-flight", limits.getMaxHandshakesInFlight(),
				builder::maxHandshakesInFlight);
		PropertyToOption.set("limits.max-handshake-delay", limits.getMaxHandshakeDelay(), builder::maxHandshakeDelay);
	}

	private static @Nullable SessionCookieOptions cookie(SocketIoProperties.Cookie cookie,
			@Nullable CookieValueEncoder encoder) {
		if (!cookie.isEnabled()) {
			return null;
		}
		SessionCookieOptions.Builder builder = SessionCookieOptions.builder()
			.path(cookie.getPath())
			.domain(cookie.getDomain())
			.maxAge(cookie.getMaxAge())
			.expires(cookie.getExpires())
			.httpOnly(cookie.isHttpOnly())
			.secure(cookie.isSecure())
			.partitioned(cookie.isPartitioned())
			.priority(cookie.getPriority())
			.sendOnWebSocket(cookie.isSendOnWebsocket());
		PropertyToOption.set("cookie.name", cookie.getName(), builder::name);
		PropertyToOption.set("cookie.same-site", cookie.getSameSite(), builder::sameSite);
		if (encoder != null) {
			builder.encoder(encoder);
		}
		try {
			return builder.build();
		}
		catch (InvalidOptionException ex) {
			throw PropertyToOption.refused("cookie", ex);
		}
	}

	private static @Nullable CorsOptions cors(SocketIoProperties.@Nullable Cors cors,
			@Nullable CorsOriginResolver resolver) {
		if (cors == null) {
			return (resolver != null) ? CorsOptions.builder().originResolver(resolver).build() : null;
		}
		CorsOptions.Builder builder = CorsOptions.builder()
			.originResolver(resolver)
			.allowCredentials(cors.isAllowCredentials())
			.maxAge(cors.getMaxAge())
			.optionsSuccessStatus(cors.getOptionsSuccessStatus());
		PropertyToOption.set("cors.allowed-origins", cors.getAllowedOrigins(), builder::allowedOrigins);
		PropertyToOption.set("cors.allowed-origin-patterns", cors.getAllowedOriginPatterns(),
				builder::allowedOriginPatterns);
		PropertyToOption.set("cors.allowed-methods", cors.getAllowedMethods(), builder::allowedMethods);
		if (!CollectionUtils.isEmpty(cors.getAllowedHeaders())) {
			builder.allowedHeaders(cors.getAllowedHeaders());
		}
		PropertyToOption.set("cors.exposed-headers", cors.getExposedHeaders(), builder::exposedHeaders);
		try {
			return builder.build();
		}
		catch (InvalidOptionException ex) {
			throw "originResolver".equals(ex.option()) ? originsBesideResolver(cors, ex)
					: PropertyToOption.refused("cors", ex);
		}
	}

	private static InvalidSocketIoPropertyException originsBesideResolver(SocketIoProperties.Cors cors,
			InvalidOptionException ex) {
		boolean patterns = cors.getAllowedOrigins().isEmpty();
		return new InvalidSocketIoPropertyException(CORS + (patterns ? ".allowed-origin-patterns" : ".allowed-origins"),
				patterns ? cors.getAllowedOriginPatterns() : cors.getAllowedOrigins(),
				"it must not be set when a bean of type CorsOriginResolver decides about origins", ex);
	}

}
