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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.springsocketio.engineio.EngineListener;
import io.github.springsocketio.engineio.EngineOptions;
import io.github.springsocketio.engineio.EngineServer;
import io.github.springsocketio.engineio.SessionIdGenerator;
import io.github.springsocketio.engineio.SessionLocator;
import io.github.springsocketio.engineio.packet.EncodedMessage;
import io.github.springsocketio.engineio.web.AllowRequest;
import io.github.springsocketio.engineio.web.CookieValueEncoder;
import io.github.springsocketio.engineio.web.CorsOptionsResolver;
import io.github.springsocketio.engineio.web.CorsOriginResolver;
import io.github.springsocketio.engineio.web.EngineWebFilter;
import io.github.springsocketio.engineio.web.EngineWebOptions;
import io.github.springsocketio.engineio.web.SessionCookieOptions;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.SocketIoOptions;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.adapter.AdapterFactory;
import io.github.springsocketio.socketio.adapter.InMemoryAdapter;
import io.github.springsocketio.socketio.packet.JsonPacketParser;
import io.github.springsocketio.socketio.packet.MsgpackPacketParser;
import io.github.springsocketio.socketio.packet.PacketParser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SocketIoAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class SocketIoAutoConfigurationTests {

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketIoAutoConfiguration.class));

	@Test
	void isRegistered() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
			.contains(SocketIoAutoConfiguration.class.getName());
	}

	@Test
	void makesAServer() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(EngineServer.class)
				.hasSingleBean(SocketIoServer.class)
				.hasSingleBean(EngineWebFilter.class)
				.hasSingleBean(PacketParser.class);
			assertThat(context.getBean(SocketIoServer.class).engine()).isSameAs(context.getBean(EngineServer.class));
		});
	}

	@Test
	@Tag("SEC-84")
	void warnsOfAShutdownThatTheApplicationDoesNotWaitFor(CapturedOutput output) {
		this.runner.run((context) -> assertThat(output).doesNotContain("'socketio.shutdown-timeout' is not shorter"));
		this.runner.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=5s")
			.run((context) -> assertThat(output).contains("'socketio.shutdown-timeout' is not shorter"));
	}

	@Test
	@Tag("OP-14")
	void whenDisabledThenThereIsNoServer() {
		this.runner.withPropertyValues("socketio.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(SocketIoServer.class)
				.doesNotHaveBean(EngineWebFilter.class));
	}

	@Test
	void whenNotAReactiveWebApplicationThenThereIsNoServer() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SocketIoAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SocketIoServer.class));
	}

	@Test
	void whenTheServerIsNotOnTheClassPathThenNothingHappens() {
		this.runner.withClassLoader(new FilteredClassLoader(SocketIoServer.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("socketIoServer"));
	}

	@Test
	void whenTheApplicationHasAnEngineThenItIsUsed() {
		EngineServer engine = EngineServer.create(EngineOptions.defaults());
		this.runner.withBean("engine", EngineServer.class, () -> engine).run((context) -> {
			assertThat(context).hasSingleBean(EngineServer.class);
			assertThat(context.getBean(SocketIoServer.class).engine()).isSameAs(engine);
		});
	}

	@Test
	void whenTheApplicationHasAServerThenItIsUsed() {
		SocketIoServer server = SocketIoServer.create(EngineServer.create(EngineOptions.defaults()),
				SocketIoOptions.defaults());
		List<SocketIoServer> configured = new ArrayList<>();
		this.runner.withBean("chat", SocketIoServer.class, () -> server)
			.withBean(NamespaceConfigurer.class, () -> configured::add)
			.run((context) -> {
				assertThat(context).hasSingleBean(SocketIoServer.class).doesNotHaveBean(EngineServer.class);
				assertThat(configured).containsExactly(server);
			});
	}

	@Test
	void whenTheApplicationHasOptionsThenTheyAreUsed() {
		EngineOptions engine = EngineOptions.builder().maxSessions(7).build();
		EngineWebOptions web = EngineWebOptions.builder().path("/ws").build();
		this.runner.withBean(EngineOptions.class, () -> engine)
			.withBean(EngineWebOptions.class, () -> web)
			.withBean(SocketIoOptions.class, SocketIoOptions::defaults)
			.run((context) -> {
				assertThat(context.getBean(EngineServer.class).options()).isSameAs(engine);
				assertThat(context).hasSingleBean(EngineWebOptions.class).hasSingleBean(SocketIoOptions.class);
			});
	}

	@Test
	void whenTheApplicationHasAFilterThenItIsUsed() {
		this.runner
			.withBean("endpoint", EngineWebFilter.class,
					() -> EngineWebFilter.builder(EngineServer.create(EngineOptions.defaults())).build())
			.run((context) -> assertThat(context).hasSingleBean(EngineWebFilter.class).hasBean("endpoint"));
	}

	@Test
	@Tag("OP-05")
	void packetsAreJsonUnlessAPropertySaysMessagePack() {
		this.runner
			.run((context) -> assertThat(context.getBean(PacketParser.class)).isInstanceOf(JsonPacketParser.class));
		this.runner.withPropertyValues("socketio.parser.type=msgpack", "socketio.parser.max-depth=7")
			.run((context) -> assertThat(context.getBean(SocketIoOptions.class).parser())
				.isInstanceOf(MsgpackPacketParser.class)
				.extracting("options.maxDepth")
				.isEqualTo(7));
		this.runner.withPropertyValues("socketio.parser.type=xml")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("No enum constant")
				.hasMessageContaining("xml"));
	}

	@Test
	@Tag("OP-05")
	void whenTheApplicationHasAParserThenItIsUsed() {
		PacketParser parser = JsonPacketParser.create(JsonMapper.shared());
		this.runner.withBean("parser", PacketParser.class, () -> parser)
			.run((context) -> assertThat(context.getBean(SocketIoOptions.class).parser()).isSameAs(parser));
	}

	@Test
	@Tag("OP-07")
	void argumentsAreWrittenByTheMapperOfTheApplication() {
		this.runner.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
			.withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE")
			.run((context) -> {
				Object[] args = { new Person("Ada") };
				EncodedMessage message = context.getBean(PacketParser.class)
					.encoder()
					.event("/", -1, "hello", args, null);
				assertThat(new String(message.text(), StandardCharsets.UTF_8))
					.contains("[\"hello\",{\"first_name\":\"Ada\"}]");
			});
	}

	@Test
	@Tag("OP-28")
	void whenTheApplicationHasAnIdGeneratorThenItIsUsed() {
		SessionIdGenerator generator = (request) -> Mono.just("id");
		this.runner.withBean(SessionIdGenerator.class, () -> generator)
			.run((context) -> assertThat(context.getBean(EngineOptions.class).idGenerator()).isSameAs(generator));
	}

	@Test
	void whenThereIsAnAdapterForClustersOrATagThenSessionIdsHaveOne() {
		AdapterFactory adapter = InMemoryAdapter::new;
		ReactiveWebApplicationContextRunner clustered = this.runner.withBean(AdapterFactory.class, () -> adapter)
			.withPropertyValues("socketio.adapter.type=redis");
		this.runner.run((context) -> assertThat(context.getBean(EngineOptions.class).nodeTag()).isNull());
		this.runner.withPropertyValues("socketio.cluster.node-tag=one")
			.run((context) -> assertThat(context.getBean(EngineOptions.class).nodeTag()).isEqualTo("one"));
		clustered.run((context) -> assertThat(context.getBean(EngineOptions.class).nodeTag()).matches("[a-z0-9]{8}"));
		clustered.withPropertyValues("socketio.cluster.node-tag=")
			.run((context) -> assertThat(context.getBean(EngineOptions.class).nodeTag()).isNull());
		clustered.withBean(SessionIdGenerator.class, () -> (request) -> Mono.just("id"))
			.run((context) -> assertThat(context.getBean(EngineOptions.class).nodeTag()).isNull());
		this.runner.withPropertyValues("socketio.cluster.node-tag=too long for a tag")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("must have 1 to 16"));
	}

	@Test
	void whenTheApplicationHasASessionLocatorThenItIsUsed() {
		SessionLocator locator = (sid, local) -> Mono.empty();
		this.runner.withBean(SessionLocator.class, () -> locator)
			.run((context) -> assertThat(context.getBean(EngineOptions.class).sessionLocator()).isSameAs(locator));
	}

	@Test
	@Tag("OP-61")
	@Tag("OP-71")
	void whenTheApplicationHasAnEncoderAndAnOriginResolverThenTheyAreUsed() {
		CookieValueEncoder encoder = (value) -> value;
		CorsOriginResolver resolver = (origin, exchange) -> Mono.just(true);
		this.runner.withPropertyValues("socketio.cookie.enabled=true")
			.withBean(CookieValueEncoder.class, () -> encoder)
			.withBean(CorsOriginResolver.class, () -> resolver)
			.run((context) -> {
				EngineWebOptions options = context.getBean(EngineWebOptions.class);
				assertThat(options.cookie()).satisfies((cookie) -> assertThat(cookie.encoder()).isSameAs(encoder));
				assertThat(options.cors()).satisfies((cors) -> assertThat(cors.originResolver()).isSameAs(resolver));
			});
	}

	@Test
	@Tag("CK-126")
	void whenTheApplicationResolvesCorsOptionsThenThePropertiesHaveNoEffect(CapturedOutput output) {
		CorsOptionsResolver resolver = (exchange) -> Mono.empty();
		this.runner.withPropertyValues("socketio.cors.allowed-origins=https://a.example")
			.withBean(CorsOptionsResolver.class, () -> resolver)
			.run((context) -> {
				EngineWebOptions options = context.getBean(EngineWebOptions.class);
				assertThat(options.corsResolver()).isSameAs(resolver);
				assertThat(options.cors()).isNull();
				assertThat(output).contains("CorsOptionsResolver is present, so these properties have no effect: "
						+ "'socketio.cors.allowed-origins'");
			});
	}

	@Test
	void customizersComeLastAndInTheirOrder() {
		this.runner.withPropertyValues("socketio.limits.max-sessions=1", "socketio.path=/one")
			.withUserConfiguration(Customizers.class)
			.run((context) -> {
				assertThat(context.getBean(EngineOptions.class).maxSessions()).isEqualTo(3);
				assertThat(context.getBean(EngineWebOptions.class).path()).isEqualTo("/two");
				assertThat(context.getBean(SocketIoOptions.class).maxPendingAcks()).isEqualTo(4);
			});
	}

	@Test
	void namespacesAreConfiguredInTheOrderOfTheBeans() {
		this.runner.withUserConfiguration(Configurers.class)
			.run((context) -> assertThat(context.getBean(Configurers.class).calls).containsExactly("first", "second"));
	}

	@Test
	void whenBeansAreLazyThenNamespacesAreConfiguredAllTheSame() {
		this.runner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withUserConfiguration(Configurers.class)
			.run((context) -> assertThat(context.getBean(Configurers.class).calls).containsExactly("first", "second"));
	}

	@Test
	void beansOfTheServerCanInjectIt() {
		this.runner.withUserConfiguration(InjectingBeans.class).run((context) -> {
			assertThat(context).hasNotFailed();
			SocketIoServer server = context.getBean(SocketIoServer.class);
			assertThat(context.getBean(ChatNamespaces.class).injected).isSameAs(server);
			assertThat(context.getBean(ChatNamespaces.class).configured).isSameAs(server);
		});
	}

	@Test
	@Tag("CK-26")
	void warnsOfWhatBrowsersDrop(CapturedOutput output) {
		this.runner.withPropertyValues("socketio.cookie.enabled=true", "socketio.cookie.same-site=none")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("'same-site' is 'none' without 'secure'");
	}

	@Test
	@Tag("CK-01")
	void warnsOfPropertiesOfTheCookieThatIsNotEnabled(CapturedOutput output) {
		String warning = "The session cookie is off";
		this.runner.run((context) -> assertThat(output).doesNotContain(warning));
		this.runner.withPropertyValues("socketio.cookie.enabled=true", "socketio.cookie.name=node")
			.run((context) -> assertThat(output).doesNotContain(warning));
		this.runner.withPropertyValues("socketio.cookie.enabled=false", "socketio.cookie.name=node")
			.run((context) -> assertThat(output).doesNotContain(warning));
		this.runner.withPropertyValues("socketio.cookie.same-site=lax", "socketio.cookie.name=io")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsOnlyOnce(warning)
			.contains("WARN")
			.contains("'socketio.cookie.name', 'socketio.cookie.same-site'. "
					+ "Set 'socketio.cookie.enabled' to true as well");
	}

	@Test
	void cookieOfACustomizerNeedsNoProperty(CapturedOutput output) {
		this.runner.withPropertyValues("socketio.cookie.name=io")
			.withBean(EngineWebOptionsCustomizer.class,
					() -> (builder) -> builder.cookie(SessionCookieOptions.builder().build()))
			.run((context) -> assertThat(context.getBean(EngineWebOptions.class).cookie()).isNotNull());
		assertThat(output).doesNotContain("The session cookie is off");
	}

	@Test
	void invalidPropertyFailsTheStart() {
		this.runner.withPropertyValues("socketio.cookie.enabled=true", "socketio.cookie.name=a b")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("must be a token"));
	}

	@Test
	void shutdownWithoutTimeFailsTheStart() {
		this.runner.withPropertyValues("socketio.shutdown-timeout=0")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("'socketio.shutdown-timeout': must be at least 1 ms"));
	}

	@Test
	void keepsTheClientsBundlesInNativeImages() {
		RuntimeHints hints = new RuntimeHints();
		new SocketIoRuntimeHints().registerHints(hints, getClass().getClassLoader());
		assertThat(RuntimeHintsPredicates.resource().forResource("META-INF/socketio-client/socket.io.min.js"))
			.accepts(hints);
	}

	record Person(String firstName) {

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		@Order(2)
		EngineOptionsCustomizer second() {
			return (builder) -> builder.maxSessions(3);
		}

		@Bean
		@Order(1)
		EngineOptionsCustomizer first() {
			return (builder) -> builder.maxSessions(2);
		}

		@Bean
		SocketIoOptionsCustomizer server() {
			return (builder) -> builder.maxPendingAcks(4);
		}

		@Bean
		EngineWebOptionsCustomizer web() {
			return (builder) -> builder.path("/two");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Configurers {

		private final List<String> calls = new ArrayList<>();

		@Bean
		@Order(2)
		NamespaceConfigurer second() {
			return (io) -> this.calls.add("second");
		}

		@Bean
		@Order(1)
		NamespaceConfigurer first() {
			return (io) -> this.calls.add("first");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InjectingBeans {

		@Bean
		ChatNamespaces namespaces(SocketIoServer server) {
			return new ChatNamespaces(server);
		}

		@Bean
		AllowRequest allowRequest(SocketIoServer server) {
			return AllowRequest.of((exchange) -> Mono.just(server.engine().clientsCount() < 10));
		}

		@Bean
		EngineListener listener(SocketIoServer server) {
			return new EngineListener() {
			};
		}

	}

	static class ChatNamespaces implements NamespaceConfigurer {

		private final SocketIoServer injected;

		private SocketIoServer configured;

		ChatNamespaces(SocketIoServer server) {
			this.injected = server;
		}

		@Override
		public void configure(SocketIoServer io) {
			this.configured = io;
		}

	}

}
