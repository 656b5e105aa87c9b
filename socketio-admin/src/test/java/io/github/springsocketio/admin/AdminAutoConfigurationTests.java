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

package io.github.springsocketio.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.springsocketio.autoconfigure.SocketIoAutoConfiguration;
import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.github.springsocketio.socketio.SocketIoServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.servlet.function.RouterFunction;

import static org.assertj.core.api.Assertions.assertThat;

class AdminAutoConfigurationTests {

	private static final Pattern ROW = Pattern.compile("\\| `(socketio\\.admin\\.[^`]+)` \\| ([^|]+) \\| ([^|]+) \\|");

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AdminAutoConfiguration.class, SocketIoAutoConfiguration.class));

	private final ReactiveWebApplicationContextRunner enabled = this.runner.withPropertyValues(
			"socketio.admin.enabled=true", "socketio.admin.username=admin",
			"socketio.admin.password=" + AdminApplication.HASH);

	@Test
	void nothingIsThereUnlessEnabled() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(AdminServer.class)
			.doesNotHaveBean(AdminUiFiles.class)
			.doesNotHaveBean("socketIoAdminUiRoutes"));
	}

	@Test
	void credentialsEnableAll() {
		this.enabled.run((context) -> assertThat(context).hasSingleBean(AdminServer.class)
			.hasBean("socketIoAdminUiRoutes")
			.hasBean("socketIoAdminMetrics")
			.doesNotHaveBean(AdminUiEndpoint.class));
		this.enabled.withPropertyValues("socketio.admin.password={bcrypt}" + AdminApplication.HASH)
			.run((context) -> assertThat(context).hasSingleBean(AdminServer.class));
	}

	@Test
	void filesNeedNotBeServed() {
		this.enabled.withPropertyValues("socketio.admin.ui.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(AdminServer.class)
				.doesNotHaveBean("socketIoAdminUiRoutes"));
	}

	@Test
	void filesAreServedInServletApplications() {
		new WebApplicationContextRunner().withConfiguration(AutoConfigurations.of(AdminAutoConfiguration.class))
			.withBean(SocketIoServer.class,
					() -> SocketIoServer.create(EngineServer.create(EngineOptions.defaults()),
							SocketIoOptions.builder().build()))
			.withPropertyValues("socketio.admin.enabled=true", "socketio.admin.auth=none")
			.run((context) -> {
				MockMvcTester mvc = MockMvcTester
					.create(MockMvcBuilders.routerFunctions(context.getBean(RouterFunction.class)).build());
				assertThat(mvc.get().uri("/socketio-admin")).hasRedirectedUrl("socketio-admin/");
				assertThat(mvc.get().uri("/socketio-admin/")).hasStatusOk()
					.containsHeader("Content-Security-Policy")
					.bodyText()
					.contains("Socket.IO Admin UI");
				assertThat(mvc.get().uri("/socketio-admin/x.js")).hasStatus(404);
			});
	}

	@Test
	void optionalLibrariesMayBeAbsent() {
		this.enabled
			.withClassLoader(new FilteredClassLoader("io.micrometer.core", "org.springframework.boot.actuate",
					"org.springframework.web.servlet", "jakarta.servlet"))
			.run((context) -> assertThat(context).hasSingleBean(AdminServer.class));
	}

	@ParameterizedTest
	@CsvSource({ "username,'',username", "password,'',password", "password,changeit,password",
			"password,$2a$04$tooshort,password", "namespace,/,namespace", "session-duration,0s,session-duration",
			"max-sockets,-1,max-sockets", "max-sockets,100000,max-sockets",
			"max-events-per-second,0,max-events-per-second", "ui.path,x,ui.path", "ui.path,/x/,ui.path" })
	void invalidPropertiesAreNamedButNotTheirValues(String property, String value, String named) {
		this.enabled.withPropertyValues("socketio.admin." + property + "=" + value).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new InvalidAdminPropertyFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription()).contains("'socketio.admin." + named + "'").doesNotContain("changeit");
		});
	}

	@Test
	void missingCredentialsAreNamedUnlessAuthenticationIsOff() {
		ReactiveWebApplicationContextRunner without = this.runner.withPropertyValues("socketio.admin.enabled=true");
		without.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("socketio.admin.username"));
		without.withPropertyValues("socketio.admin.auth=none")
			.run((context) -> assertThat(context).hasSingleBean(AdminServer.class));
	}

	@Test
	void everyPropertyIsDocumentedWithItsDefault() throws IOException {
		Map<String, String> documented = new TreeMap<>();
		Matcher row = ROW.matcher(Files.readString(Path.of("../docs/admin-ui.md")));
		while (row.find()) {
			documented.put(row.group(1), row.group(3).strip());
		}
		Map<String, String> expected = new TreeMap<>();
		JsonNode metadata = JsonMapper.shared()
			.readTree(Files.readString(Path.of("target/classes/META-INF/spring-configuration-metadata.json")));
		for (JsonNode property : metadata.get("properties")) {
			if (property.get("name").asString().startsWith("management.")) {
				continue;
			}
			assertThat(property.path("description").asString("")).as(property.get("name").asString())
				.endsWith(".")
				.doesNotStartWith("The ");
			expected.put(property.get("name").asString(), "`" + property.path("defaultValue").asString("none") + "`");
		}
		assertThat(documented).isEqualTo(expected);
	}

}
