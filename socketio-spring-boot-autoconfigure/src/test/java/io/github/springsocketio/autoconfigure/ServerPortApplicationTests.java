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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import io.github.springsocketio.autoconfigure.security.SocketIoRequest;
import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.test.SocketIoTester;
import io.github.springsocketio.testsupport.Await;
import io.github.springsocketio.testsupport.TestCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server with a port of its own: beside a WebFlux application, and when there is none.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ServerPortApplicationTests {

	private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketIoAutoConfiguration.class,
				SocketIoServletAutoConfiguration.class, SslAutoConfiguration.class));

	@Test
	void filtersAndSecurityOfTheApplicationApply() throws Exception {
		try (TestApplication application = TestApplication.run(Members.class, "socketio.server.port=0",
				"spring.webflux.base-path=/app")) {
			String url = "http://localhost:"
					+ application.context().getEnvironment().getRequiredProperty("local.socketio.port");
			String jane = "Basic "
					+ Base64.getEncoder().encodeToString("jane:secret".getBytes(StandardCharsets.US_ASCII));
			assertThat(application.get("/app" + POLLING).statusCode()).isEqualTo(404);
			assertThat(get(url + POLLING).statusCode()).isEqualTo(401);
			assertThat(get(url + "/app" + POLLING).statusCode()).isEqualTo(404);
			HttpResponse<String> preflight = send(HttpRequest.newBuilder(URI.create(url + POLLING))
				.method("OPTIONS", HttpRequest.BodyPublishers.noBody())
				.headers("Origin", "http://localhost:" + application.port(), "Access-Control-Request-Method", "GET"));
			assertThat(preflight.statusCode()).isEqualTo(204);
			try (SocketIoTester tester = SocketIoTester.bindToServer(url)
				.timeout(Await.LIMIT)
				.header("Authorization", jane)) {
				tester.connect().emitWithAck("who").expectAck(String.class).isEqualTo("jane");
			}
		}
	}

	@Test
	void endpointIsNotInTheContainer() {
		this.runner
			.run((context) -> assertThat(context).hasBean("socketIoServlet").doesNotHaveBean("socketIoWebServer"));
		this.runner.withPropertyValues("socketio.server.port=0")
			.run((context) -> assertThat(context).hasSingleBean(EngineWebFilter.class)
				.doesNotHaveBean("socketIoServlet")
				.hasBean("socketIoWebServer"));
	}

	@Test
	void variableOfKubernetesIsNoPort() {
		this.runner.withPropertyValues("socketio.server.port=tcp://10.0.0.1:80")
			.run((context) -> assertThat(context).hasBean("socketIoServlet").doesNotHaveBean("socketIoWebServer"));
	}

	@Test
	void propertiesWithoutAPortAreReported(CapturedOutput output) {
		this.runner
			.withPropertyValues("socketio.server.ssl.bundle=test", "socketio.server.http2.enabled=true",
					"socketio.server.address=127.0.0.1", "socketio.server.session-cookie=ID")
			.run((context) -> assertThat(output).contains("these properties have no effect: 'socketio.server.address', "
					+ "'socketio.server.http2.enabled', 'socketio.server.session-cookie', "
					+ "'socketio.server.ssl.bundle'. " + "Set 'socketio.server.port' as well"));
	}

	@Test
	void moduleThatIsMissingIsNamed() {
		this.runner.withPropertyValues("socketio.server.port=0")
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.reactor.netty"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("socketio.server.port")
				.hasMessageContaining("the module 'spring-boot-reactor-netty' is needed"));
	}

	@Test
	void corsOptionsOfTheApplicationReplaceTheDefault() {
		this.runner
			.withPropertyValues("socketio.server.port=0", "socketio.server.address=127.0.0.1", "local.server.port=8080",
					"socketio.cors.allowed-origins=https://example.com")
			.run((context) -> {
				String url = url(context, "http") + POLLING;
				assertThat(allowed(url, "https://example.com")).hasValue("https://example.com");
				assertThat(allowed(url, "http://localhost:8080")).isEmpty();
			});
	}

	@Test
	void tlsAndHttp2() {
		this.runner.withUserConfiguration(Bundle.class)
			.withPropertyValues("socketio.server.port=0", "socketio.server.ssl.bundle=test", "local.server.port=8080",
					"socketio.server.http2.enabled=true")
			.run((context) -> {
				String url = url(context, "https");
				HttpResponse<String> response = get(url + POLLING);
				assertThat(response.statusCode()).isEqualTo(200);
				assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
				assertThat(allowed(url + POLLING, "https://localhost:8080")).hasValue("https://localhost:8080");
				assertThat(allowed(url + POLLING, "http://localhost:8080")).isEmpty();
				try (SocketIoTester tester = SocketIoTester.bindToServer(url)
					.timeout(Await.LIMIT)
					.client((client) -> client.httpClient(ServerPortApplicationTests::trusting))) {
					tester.connect().expectUpgrade().expectStatus(101);
				}
			});
	}

	private static reactor.netty.http.client.HttpClient trusting(reactor.netty.http.client.HttpClient http) {
		GenericSslContextSpec<?> context = Http11SslContextSpec.forClient()
			.configure((builder) -> builder.trustManager(TestCertificate.get().trustManagers()));
		return http.secure((ssl) -> ssl.sslContext(context));
	}

	@Test
	void portInUseIsNamedWithItsProperty() throws IOException {
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			String port = String.valueOf(other.getLocalPort());
			this.runner.withPropertyValues("socketio.server.port=" + port, "socketio.server.address=127.0.0.1")
				.run((context) -> {
					MockEnvironment environment = new MockEnvironment().withProperty("socketio.server.port", port);
					FailureAnalysis analysis = new ServerPortInUseFailureAnalyzer(environment)
						.analyze(context.getStartupFailure());
					assertThat(analysis).isNotNull();
					assertThat(analysis.getDescription())
						.isEqualTo("Web server failed to start. Port " + port + " was already in use.");
					assertThat(analysis.getAction()).contains("or set 'socketio.server.port' to another port");
					assertThat(new ServerPortInUseFailureAnalyzer(new MockEnvironment())
						.analyze(context.getStartupFailure())).isNull();
				});
		}
	}

	@ParameterizedTest
	@CsvSource({ "socketio.server.port, 65536, must be from 0 to 65535",
			"socketio.server.ssl.bundle, unknown, is not the name of a bundle below 'spring.ssl.bundle'",
			"socketio.server.ssl.key-store, missing.p12, missing.p12" })
	void invalidPropertyIsNamed(String property, String value, String reason) {
		this.runner.withPropertyValues("socketio.server.port=0", property + "=" + value)
			.run((context) -> assertThat(context.getStartupFailure())
				.hasCauseInstanceOf(InvalidSocketIoPropertyException.class)
				.satisfies((failure) -> {
					InvalidSocketIoPropertyException cause = (InvalidSocketIoPropertyException) failure.getCause();
					assertThat(cause.property()).isEqualTo(property);
					assertThat(cause.value()).isEqualTo(value);
					assertThat(cause.reason()).contains(reason);
				}));
	}

	private static String url(ApplicationContext context, String scheme) {
		return scheme + "://localhost:" + context.getEnvironment().getRequiredProperty("local.socketio.port");
	}

	private static Optional<String> allowed(String url, String origin) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(URI.create(url)).header("Origin", origin)).headers()
			.firstValue("Access-Control-Allow-Origin");
	}

	private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(URI.create(url)));
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return HttpClient.newBuilder()
			.sslContext(TestCertificate.get().client())
			.build()
			.send(request.build(), BodyHandlers.ofString());
	}

	/**
	 * The certificate of the server.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Bundle {

		@Bean
		SslBundleRegistrar bundle() {
			SslManagerBundle managers = SslManagerBundle.of(TestCertificate.get().keyManagers(),
					TestCertificate.get().trustManagers());
			return (registry) -> registry.registerBundle("test", SslBundle.of(null, null, null, null, managers));
		}

	}

	/**
	 * An application whose sockets are for users.
	 */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Members {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		SecurityWebFilterChain socketIo(ServerHttpSecurity http) {
			SocketIoRequest.withDefaults().customize(http);
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
				.httpBasic(Customizer.withDefaults())
				.build();
		}

		@Bean
		SecurityWebFilterChain pages(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll()).build();
		}

		@Bean
		MapReactiveUserDetailsService users() {
			return new MapReactiveUserDetailsService(
					User.withUsername("jane").password("{noop}secret").roles("USER").build());
		}

		@Bean
		NamespaceConfigurer who() {
			return (io) -> io.on("who", (socket, event) -> event.ack(socket.principal().getName()));
		}

	}

}
