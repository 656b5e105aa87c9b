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

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.springsocketio.autoconfigure.SocketIoProperties.Adapter;
import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.TransportType;
import io.github.springsocketio.engineio.web.CookieValueEncoder;
import io.github.springsocketio.engineio.web.CorsOptions;
import io.github.springsocketio.engineio.web.CorsOriginResolver;
import io.github.springsocketio.engineio.web.EngineWebOptions;
import io.github.springsocketio.engineio.web.HttpCompressionOptions;
import io.github.springsocketio.engineio.web.SessionCookieOptions;
import io.github.springsocketio.engineio.web.SessionCookieOptions.Priority;
import io.github.springsocketio.engineio.web.SessionCookieOptions.SameSite;
import io.github.springsocketio.engineio.web.WebSocketCompressionOptions;
import io.github.springsocketio.engineio.web.WebSocketOriginCheck;
import io.github.springsocketio.socketio.ConnectionStateRecovery;
import io.github.springsocketio.socketio.SecurityOptions;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.github.springsocketio.socketio.packet.JsonPacketParser;
import io.github.springsocketio.socketio.packet.PacketParser;
import io.github.springsocketio.socketio.packet.ParserOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SocketIoProperties} and the way from there to the options.
 */
class SocketIoPropertiesTests {

	private static final PacketParser PARSER = JsonPacketParser.create(JsonMapper.shared());

	@Test
	void defaultsAreThoseOfTheEngine() {
		assertThat(engine(new SocketIoProperties())).usingRecursiveComparison().isEqualTo(EngineOptions.defaults());
	}

	@Test
	void defaultsAreThoseOfTheEndpoint() {
		assertThat(web(new SocketIoProperties())).usingRecursiveComparison().isEqualTo(EngineWebOptions.defaults());
	}

	@Test
	void defaultsAreThoseOfTheParser() {
		assertThat(parser(new SocketIoProperties())).usingRecursiveComparison().isEqualTo(ParserOptions.defaults());
	}

	@Test
	@Tag("OP-23")
	void limitsOfTheParserFollowTheSizeOfMessages() {
		ParserOptions options = parser(bind("socketio.max-http-buffer-size", "5000000B"));
		assertThat(options.maxStringLength()).isEqualTo(5_000_000);
		assertThat(options.maxMessageBytes()).isEqualTo(50_000_000);
		assertThat(parser(bind("socketio.max-http-buffer-size", "1GB")).maxMessageBytes()).isEqualTo(Integer.MAX_VALUE);
	}

	@Test
	void defaultsAreThoseOfTheServer() {
		assertThat(server(new SocketIoProperties())).usingRecursiveComparison()
			.ignoringFields("adapterFactory", "nodeId")
			.isEqualTo(SocketIoOptions.builder().parser(PARSER).build());
	}

	@Test
	@Tag("OP-09")
	void defaultsOfRecoveryAreThoseOfTheServerOnceItIsEnabled() {
		assertThat(server(new SocketIoProperties()).connectionStateRecovery()).isNull();
		assertThat(server(bind("socketio.connection-state-recovery.enabled", "true")).connectionStateRecovery())
			.usingRecursiveComparison()
			.isEqualTo(ConnectionStateRecovery.defaults());
	}

	@Test
	@Tag("CK-01")
	@Tag("CK-02")
	void defaultsOfTheCookieAreThoseOfTheServerOnceItIsEnabled() {
		assertThat(web(new SocketIoProperties()).cookie()).isNull();
		assertThat(web(bind("socketio.cookie.enabled", "true")).cookie()).usingRecursiveComparison()
			.ignoringFields("encoder")
			.isEqualTo(SessionCookieOptions.builder().build());
	}

	@Test
	@Tag("OP-33")
	void defaultsOfWebsocketCompressionAreThoseOfTheServerOnceItIsEnabled() {
		assertThat(web(new SocketIoProperties()).websocketCompression()).isNull();
		assertThat(web(bind("socketio.websocket.compression.enabled", "true")).websocketCompression())
			.usingRecursiveComparison()
			.isEqualTo(WebSocketCompressionOptions.defaults());
	}

	@Test
	@Tag("CK-120")
	@Tag("CK-122")
	void corsIsOnOnceOneOfItsPropertiesIsSet() {
		assertThat(web(new SocketIoProperties()).cors()).isNull();
		assertThat(web(bind("socketio.cors.allow-credentials", "false")).cors()).usingRecursiveComparison()
			.isEqualTo(CorsOptions.builder().build());
	}

	@Test
	@Tag("CK-126")
	void corsIsOnOnceAnOriginResolverIsThere() {
		CorsOriginResolver resolver = (origin, exchange) -> Mono.just(true);
		CorsOptions cors = EngineWebOptionsFactory.create(new SocketIoProperties(), null, resolver, null, List.of())
			.cors();
		assertThat(cors).isNotNull();
		assertThat(cors.originResolver()).isSameAs(resolver);
		assertThat(cors.allowedOrigins()).isEmpty();
	}

	@Test
	@Tag("CK-16")
	void encoderOfTheCookieIsTheBean() {
		CookieValueEncoder encoder = (value) -> "node1." + value;
		SessionCookieOptions cookie = EngineWebOptionsFactory
			.create(bind("socketio.cookie.enabled", "true"), encoder, null, null, List.of())
			.cookie();
		assertThat(cookie).isNotNull();
		assertThat(cookie.encoder()).isSameAs(encoder);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("settings")
	void propertyReachesItsOption(Setting setting) {
		Object before = setting.option.apply(new SocketIoProperties());
		assertThat(before).as("default").isNotEqualTo(setting.expected);
		assertThat(setting.option.apply(bind(setting.property, setting.value))).isEqualTo(setting.expected);
	}

	@Test
	@Tag("OP-04")
	void adapterIsThatOfASingleServerByDefault() {
		assertThat(new SocketIoProperties().getAdapter().getType()).isEqualTo(Adapter.Type.MEMORY);
		assertThat(bind("socketio.adapter.type", "redis-streams").getAdapter().getType())
			.isEqualTo(Adapter.Type.REDIS_STREAMS);
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind("socketio.adapter.type", "unknown"))
			.withStackTraceContaining("No enum constant");
	}

	@Test
	void everyPropertyIsTested() {
		assertThat(Stream.concat(settings().map(Setting::property),
				Stream.of("socketio.adapter.type", "socketio.parser.type",
						// in TrainingPropertiesTests
						"socketio.training.enabled", "socketio.training.duration", "socketio.training.headers",
						"socketio.training.auth")))
			.containsExactlyInAnyOrderElementsOf(PropertiesMetadata.properties()
				.keySet()
				.stream()
				// those of an own port are tested with servers
				.filter((name) -> !name.startsWith("socketio.server."))
				.toList());
	}

	@ParameterizedTest(name = "{0} = {1}")
	@MethodSource("refusals")
	void refusedValueNamesItsProperty(String property, String value, Map<String, String> others) {
		Map<String, String> values = new HashMap<>(others);
		values.put(property, value);
		SocketIoProperties properties = bind(values);
		assertThatExceptionOfType(InvalidSocketIoPropertyException.class).isThrownBy(() -> {
			engine(properties);
			web(properties);
			parser(properties);
			server(properties);
		}).satisfies((ex) -> {
			assertThat(ex.property()).isEqualTo(property);
			assertThat(ex.reason()).isNotBlank();
		});
	}

	static Stream<Setting> settings() {
		return Stream.of(of("socketio.enabled", "false", false, SocketIoProperties::isEnabled),
				of("socketio.observations.enabled", "true", true,
						(properties) -> properties.getObservations().isEnabled()),
				of("socketio.observations.trace-argument", "true", true,
						(properties) -> properties.getObservations().isTraceArgument()),
				of("socketio.mdc.enabled", "true", true, (properties) -> properties.getMdc().isEnabled()),
				of("socketio.exit-on-fatal-error", "true", true, SocketIoProperties::isExitOnFatalError),
				of("socketio.event-loop-per-processor", "true", true, SocketIoProperties::isEventLoopPerProcessor),
				of("socketio.shutdown-timeout", "1500", Duration.ofMillis(1500),
						SocketIoProperties::getShutdownTimeout),
				of("socketio.cluster.node-tag", "one", "one",
						(properties) -> String.valueOf(properties.getCluster().getNodeTag())),
				of("socketio.cluster.forward", "true", true, (properties) -> properties.getCluster().isForward()),
				of("socketio.cluster.secret", "0123456789abcdef", "0123456789abcdef",
						(properties) -> String.valueOf(properties.getCluster().getSecret())),
				of("socketio.cluster.advertised-address", "http://10.0.0.1:8080", "http://10.0.0.1:8080",
						(properties) -> String.valueOf(properties.getCluster().getAdvertisedAddress())),
				of("socketio.cluster.connect-timeout", "300", Duration.ofMillis(300),
						(properties) -> properties.getCluster().getConnectTimeout()),
				of("socketio.cluster.max-forwarded-requests", "7", 7,
						(properties) -> properties.getCluster().getMaxForwardedRequests()),
				server("connect-timeout", "300", Duration.ofMillis(300), SocketIoOptions::connectTimeout),
				server("ack-timeout", "300", Duration.ofMillis(300), SocketIoOptions::ackTimeout),
				server("slow-handler-threshold", "300", Duration.ofMillis(300), SocketIoOptions::slowHandlerThreshold),
				server("cleanup-empty-child-namespaces", "false", false, SocketIoOptions::cleanupEmptyChildNamespaces),
				server("limits.attachment-timeout", "300", Duration.ofMillis(300), SocketIoOptions::attachmentTimeout),
				server("limits.max-unjoined-sessions", "7", 7, SocketIoOptions::maxUnjoinedSessions),
				server("limits.max-namespaces-per-session", "7", 7, SocketIoOptions::maxNamespacesPerSession),
				server("limits.max-dynamic-namespaces", "7", 7, SocketIoOptions::maxDynamicNamespaces),
				server("limits.max-dynamic-namespaces-per-session", "7", 7,
						SocketIoOptions::maxDynamicNamespacesPerSession),
				server("limits.max-rooms-per-socket", "7", 7, SocketIoOptions::maxRoomsPerSocket),
				server("limits.max-room-name-length", "7", 7, SocketIoOptions::maxRoomNameLength),
				server("limits.max-pending-acks", "7", 7, SocketIoOptions::maxPendingAcks),
				server("error-acks", "false", false, (server) -> server.handlers().errorAcks()),
				server("limits.max-handlers-in-flight", "7", 7, SocketIoOptions::maxHandlersInFlight),
				server("connection-state-recovery.enabled", "true", true,
						(server) -> server.connectionStateRecovery() != null),
				security("security.authentication-required", "true", true, SecurityOptions::authenticationRequired),
				security("security.expiry-notice", "300", Duration.ofMillis(300), SecurityOptions::expiryNotice),
				security("security.expiry-grace", "300", Duration.ofMillis(300), SecurityOptions::expiryGrace),
				security("web-session.check-interval", "300", Duration.ofMillis(300),
						SecurityOptions::webSessionCheckInterval),
				security("web-session.keep-alive", "true", true, SecurityOptions::webSessionKeepAlive),
				of("socketio.security.bearer-token.enabled", "false", false,
						(properties) -> properties.getSecurity().getBearerToken().isEnabled()),
				recovery("max-disconnection-duration", "300", Duration.ofMillis(300),
						ConnectionStateRecovery::maxDisconnectionDuration),
				recovery("skip-middlewares", "false", false, ConnectionStateRecovery::skipMiddlewares),
				recovery("max-sessions", "7", 7, ConnectionStateRecovery::maxSessions),
				recovery("max-packets", "7", 7, ConnectionStateRecovery::maxPackets),
				recovery("max-bytes", "7KB", 7168, ConnectionStateRecovery::maxBytes),
				engine("initial-packet", "hello", "hello", EngineOptions::initialPacket),
				engine("ping-interval", "300", Duration.ofMillis(300), EngineOptions::pingInterval),
				engine("ping-timeout", "1m", Duration.ofMinutes(1), EngineOptions::pingTimeout),
				engine("upgrade-timeout", "300", Duration.ofMillis(300), EngineOptions::upgradeTimeout),
				engine("close-timeout", "300", Duration.ofMillis(300), EngineOptions::closeTimeout),
				engine("session-locator-timeout", "300", Duration.ofMillis(300), EngineOptions::sessionLocatorTimeout),
				engine("max-http-buffer-size", "1MB", 1048576, EngineOptions::maxHttpBufferSize),
				engine("transports", "websocket", Set.of(TransportType.WEBSOCKET), EngineOptions::transports),
				engine("allow-upgrades", "false", false, EngineOptions::allowUpgrades),
				engine("allow-eio3", "true", true, EngineOptions::allowEio3),
				engine("limits.max-outbound-bytes", "1KB", 1024, EngineOptions::maxOutboundBytes),
				engine("limits.max-outbound-packets", "7", 7, EngineOptions::maxOutboundPackets),
				engine("limits.slow-reader-timeout", "300", Duration.ofMillis(300), EngineOptions::slowReaderTimeout),
				engine("limits.max-memory", "3GB", 3221225472L, EngineOptions::maxMemory),
				engine("limits.max-packets-per-payload", "7", 7, EngineOptions::maxPacketsPerPayload),
				engine("limits.max-sessions", "7", 7, EngineOptions::maxSessions),
				engine("limits.max-sessions-per-address", "7", 7, EngineOptions::maxSessionsPerAddress),
				parser("max-attachments", "7", 7, ParserOptions::maxAttachments),
				parser("max-message-bytes", "1KB", 1024, ParserOptions::maxMessageBytes),
				parser("max-depth", "7", 7, ParserOptions::maxDepth),
				parser("max-arguments", "7", 7, ParserOptions::maxArguments),
				parser("max-string-length", "7", 7, ParserOptions::maxStringLength),
				parser("max-number-length", "7", 7, ParserOptions::maxNumberLength),
				parser("max-name-length", "7", 7, ParserOptions::maxNameLength),
				parser("max-namespace-length", "7", 7, ParserOptions::maxNamespaceLength),
				web("path", "/ws", "/ws", EngineWebOptions::path),
				web("add-trailing-slash", "false", false, EngineWebOptions::addTrailingSlash),
				web("serve-client", "false", false, EngineWebOptions::serveClient),
				web("jsonp.enabled", "true", true, EngineWebOptions::jsonp),
				web("websocket.native", "false", false, EngineWebOptions::nativeWebsocket),
				web("share-web-session", "true", true, EngineWebOptions::shareWebSession),
				web("headers-timeout", "300", Duration.ofMillis(300), EngineWebOptions::headersTimeout),
				web("allow-request-timeout", "300", Duration.ofMillis(300), EngineWebOptions::allowRequestTimeout),
				of("socketio.limits.request-head-timeout", "300", Duration.ofMillis(300),
						(properties) -> properties.getLimits().getRequestHeadTimeout()),
				server("limits.max-events-per-second", "7", 7, SocketIoOptions::maxEventsPerSecond),
				web("limits.min-data-rate", "1KB", 1024, EngineWebOptions::minDataRate),
				web("limits.min-data-rate-grace-period", "300", Duration.ofMillis(300),
						EngineWebOptions::minDataRateGracePeriod),
				web("limits.max-handshakes-in-flight", "7", 7, EngineWebOptions::maxHandshakesInFlight),
				web("limits.max-handshake-delay", "300", Duration.ofMillis(300), EngineWebOptions::maxHandshakeDelay),
				web("websocket.max-fragments", "7", 7, EngineWebOptions::maxWebsocketFragments),
				web("http-compression.enabled", "false", null, EngineWebOptions::httpCompression),
				httpCompression("threshold", "2KB", 2048, HttpCompressionOptions::threshold),
				httpCompression("level", "9", 9, HttpCompressionOptions::level),
				web("websocket.origin-check", "always", WebSocketOriginCheck.ALWAYS,
						EngineWebOptions::websocketOriginCheck),
				web("websocket.compression.enabled", "true", true, (web) -> web.websocketCompression() != null),
				websocketCompression("server-no-context", "true", true, WebSocketCompressionOptions::serverNoContext),
				websocketCompression("preferred-client-no-context", "true", true,
						WebSocketCompressionOptions::preferredClientNoContext),
				websocketCompression("threshold", "2KB", 2048, WebSocketCompressionOptions::threshold),
				websocketCompression("server-max-window-bits", "9", 9,
						WebSocketCompressionOptions::serverMaxWindowBits),
				websocketCompression("client-max-window-bits", "10", 10,
						WebSocketCompressionOptions::clientMaxWindowBits),
				web("cookie.enabled", "true", true, (web) -> web.cookie() != null),
				cookie("name", "srv", "srv", SessionCookieOptions::name),
				cookie("path", "/chat", "/chat", SessionCookieOptions::path),
				cookie("domain", "example.com", "example.com", SessionCookieOptions::domain),
				cookie("max-age", "3600", Duration.ofHours(1), SessionCookieOptions::maxAge),
				cookie("expires", "2030-01-02T03:04:05Z", Instant.parse("2030-01-02T03:04:05Z"),
						SessionCookieOptions::expires),
				cookie("http-only", "false", false, SessionCookieOptions::httpOnly),
				cookie("secure", "true", true, SessionCookieOptions::secure),
				cookie("partitioned", "true", true, SessionCookieOptions::partitioned),
				cookie("priority", "high", Priority.HIGH, SessionCookieOptions::priority),
				cookie("same-site", "omitted", SameSite.OMITTED, SessionCookieOptions::sameSite),
				cookie("send-on-websocket", "true", true, SessionCookieOptions::sendOnWebSocket),
				cors("allowed-origins", "https://a.example,https://b.example",
						List.of("https://a.example", "https://b.example"), CorsOptions::allowedOrigins),
				cors("allowed-origin-patterns", "https://*.example", List.of("https://*.example"),
						CorsOptions::allowedOriginPatterns),
				cors("allowed-methods", "GET,POST", List.of("GET", "POST"), CorsOptions::allowedMethods),
				cors("allowed-headers", "X-One", List.of("X-One"), CorsOptions::allowedHeaders),
				cors("exposed-headers", "X-Two", List.of("X-Two"), CorsOptions::exposedHeaders),
				of("socketio.cors.allow-credentials", "true", true,
						(properties) -> properties.getCors() != null && properties.getCors().isAllowCredentials()),
				cors("max-age", "3600", Duration.ofHours(1), CorsOptions::maxAge),
				cors("options-success-status", "200", 200, CorsOptions::optionsSuccessStatus));
	}

	static Stream<Arguments> refusals() {
		return Stream.of(refusal("socketio.path", "ws"), refusal("socketio.path", ""),
				refusal("socketio.ping-interval", "0"), refusal("socketio.ping-timeout", "-1"),
				refusal("socketio.upgrade-timeout", "0"), refusal("socketio.session-locator-timeout", "0"),
				refusal("socketio.close-timeout", "0"), refusal("socketio.headers-timeout", "0"),
				refusal("socketio.allow-request-timeout", "0"), refusal("socketio.max-http-buffer-size", "0"),
				refusal("socketio.max-http-buffer-size", "3GB"), refusal("socketio.transports", ""),
				refusal("socketio.http-compression.level", "10"), refusal("socketio.http-compression.threshold", "-1"),
				refusal("socketio.limits.max-outbound-bytes", "-1B"),
				refusal("socketio.limits.max-outbound-packets", "-1"),
				refusal("socketio.limits.slow-reader-timeout", "0"), refusal("socketio.limits.max-memory", "-1B"),
				refusal("socketio.limits.max-packets-per-payload", "-1"), refusal("socketio.limits.max-sessions", "-1"),
				refusal("socketio.limits.max-sessions-per-address", "-1"),
				refusal("socketio.limits.min-data-rate", "-1B"),
				refusal("socketio.limits.min-data-rate-grace-period", "0"),
				refusal("socketio.limits.max-handshakes-in-flight", "0"),
				refusal("socketio.websocket.compression.threshold", "-1B"),
				refusal("socketio.websocket.compression.server-max-window-bits", "7"),
				refusal("socketio.websocket.compression.client-max-window-bits", "16"),
				refusal("socketio.websocket.max-fragments", "0"), refusal("socketio.connect-timeout", "0"),
				refusal("socketio.ack-timeout", "-1"), refusal("socketio.limits.attachment-timeout", "0"),
				refusal("socketio.limits.max-unjoined-sessions", "-1"),
				refusal("socketio.limits.max-namespaces-per-session", "0"),
				refusal("socketio.limits.max-dynamic-namespaces", "0"),
				refusal("socketio.limits.max-dynamic-namespaces-per-session", "0"),
				refusal("socketio.limits.max-rooms-per-socket", "0"),
				refusal("socketio.limits.max-room-name-length", "0"), refusal("socketio.limits.max-pending-acks", "0"),
				refusal("socketio.limits.max-handlers-in-flight", "0"),
				refusal("socketio.limits.max-events-per-second", "-1"),
				refusal("socketio.slow-handler-threshold", "-1"), refusal("socketio.security.expiry-notice", "-1"),
				refusal("socketio.security.expiry-grace", "-1"), refusal("socketio.web-session.check-interval", "-1"),
				refusedRecovery("max-disconnection-duration", "0"), refusedRecovery("max-sessions", "0"),
				refusedRecovery("max-packets", "0"), refusedRecovery("max-bytes", "0"),
				refusal("socketio.parser.max-attachments", "-1"), refusal("socketio.parser.max-depth", "501"),
				refusal("socketio.parser.max-arguments", "0"), refusal("socketio.parser.max-message-bytes", "0"),
				refusal("socketio.parser.max-string-length", "0"), refusal("socketio.parser.max-number-length", "0"),
				refusal("socketio.parser.max-name-length", "0"), refusal("socketio.parser.max-namespace-length", "0"),
				refusedCookie("name", "a b"), refusedCookie("name", ""), refusedCookie("domain", "example.com:8080"),
				refusedCookie("path", "/a;b"), refusedCookie("expires", "1500-01-01T00:00:00Z"),
				refusal("socketio.cookie.secure", "false", "socketio.cookie.enabled", "true", "socketio.cookie.name",
						"__Host-io"),
				refusal("socketio.cors.allowed-origins", "*", "socketio.cors.allow-credentials", "true"),
				refusal("socketio.cors.allowed-methods", "GET POST"), refusal("socketio.cors.allowed-headers", "a b"),
				refusal("socketio.cors.exposed-headers", "a b"),
				refusal("socketio.cors.allowed-origin-patterns", "http://a b"),
				refusal("socketio.cors.options-success-status", "302"));
	}

	private static Arguments refusedCookie(String attribute, String value) {
		return refusal("socketio.cookie." + attribute, value, "socketio.cookie.enabled", "true");
	}

	private static Arguments refusedRecovery(String name, String value) {
		return refusal("socketio.connection-state-recovery." + name, value,
				"socketio.connection-state-recovery.enabled", "true");
	}

	private static Arguments refusal(String property, String value, String... others) {
		Map<String, String> map = new HashMap<>();
		for (int i = 0; i < others.length; i += 2) {
			map.put(others[i], others[i + 1]);
		}
		return Arguments.of(property, value, map);
	}

	private static Setting of(String property, String value, Object expected,
			Function<SocketIoProperties, Object> option) {
		return new Setting(property, value, expected, option);
	}

	private static Setting engine(String property, String value, Object expected,
			Function<EngineOptions, Object> option) {
		return of("socketio." + property, value, expected, (properties) -> option.apply(engine(properties)));
	}

	private static Setting web(String property, String value, Object expected,
			Function<EngineWebOptions, Object> option) {
		return of("socketio." + property, value, expected, (properties) -> option.apply(web(properties)));
	}

	private static Setting parser(String property, String value, Object expected,
			Function<ParserOptions, Object> option) {
		return of("socketio.parser." + property, value, expected, (properties) -> option.apply(parser(properties)));
	}

	private static Setting server(String property, String value, Object expected,
			Function<SocketIoOptions, Object> option) {
		return of("socketio." + property, value, expected, (properties) -> option.apply(server(properties)));
	}

	private static Setting security(String property, String value, Object expected,
			Function<SecurityOptions, Object> option) {
		return server(property, value, expected, (server) -> option.apply(server.security()));
	}

	private static Setting recovery(String property, String value, Object expected,
			Function<ConnectionStateRecovery, Object> option) {
		return server("connection-state-recovery." + property, value, expected, (server) -> {
			ConnectionStateRecovery recovery = server.connectionStateRecovery();
			return (recovery != null) ? option.apply(recovery) : null;
		});
	}

	private static Setting httpCompression(String property, String value, Object expected,
			Function<HttpCompressionOptions, Object> option) {
		return web("http-compression." + property, value, expected, (web) -> {
			HttpCompressionOptions compression = web.httpCompression();
			return (compression != null) ? option.apply(compression) : null;
		});
	}

	private static Setting websocketCompression(String property, String value, Object expected,
			Function<WebSocketCompressionOptions, Object> option) {
		return web("websocket.compression." + property, value, expected, (web) -> {
			WebSocketCompressionOptions compression = web.websocketCompression();
			return (compression != null) ? option.apply(compression) : null;
		});
	}

	private static Setting cookie(String property, String value, Object expected,
			Function<SessionCookieOptions, Object> option) {
		return web("cookie." + property, value, expected, (web) -> {
			SessionCookieOptions cookie = web.cookie();
			return (cookie != null) ? option.apply(cookie) : null;
		});
	}

	private static Setting cors(String property, String value, Object expected, Function<CorsOptions, Object> option) {
		return web("cors." + property, value, expected, (web) -> {
			CorsOptions cors = web.cors();
			return (cors != null) ? option.apply(cors) : null;
		});
	}

	private static EngineOptions engine(SocketIoProperties properties) {
		return EngineOptionsFactory.create(properties, null, null, List.of());
	}

	private static ParserOptions parser(SocketIoProperties properties) {
		return ParserOptionsFactory.create(properties.getParser(), engine(properties).maxHttpBufferSize());
	}

	private static SocketIoOptions server(SocketIoProperties properties) {
		return SocketIoOptionsFactory.builder(properties, PARSER, List.of()).build();
	}

	private static EngineWebOptions web(SocketIoProperties properties) {
		return EngineWebOptionsFactory.create(properties, null, null, null, List.of());
	}

	private static SocketIoProperties bind(String property, String value) {
		for (String group : List.of("socketio.cookie.", "socketio.connection-state-recovery.",
				"socketio.websocket.compression.")) {
			if (property.startsWith(group) && !property.endsWith(".enabled")) {
				return bind(Map.of(group + "enabled", "true", property, value));
			}
		}
		return bind(Map.of(property, value));
	}

	private static SocketIoProperties bind(Map<String, String> values) {
		return new Binder(List.of(new MapConfigurationPropertySource(values)), null,
				ApplicationConversionService.getSharedInstance())
			.bindOrCreate("socketio", SocketIoProperties.class);
	}

	record Setting(String property, String value, Object expected, Function<SocketIoProperties, Object> option) {

		@Override
		public String toString() {
			return this.property;
		}

	}

}
