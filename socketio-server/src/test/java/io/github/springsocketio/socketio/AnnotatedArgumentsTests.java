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

package io.github.springsocketio.socketio;

import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.socketio.annotation.AuthPayload;
import io.github.springsocketio.socketio.annotation.HandlerArgumentResolver;
import io.github.springsocketio.socketio.annotation.HandlerInvocation;
import io.github.springsocketio.socketio.annotation.NamespaceVariable;
import io.github.springsocketio.socketio.annotation.OnConnect;
import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketData;
import io.github.springsocketio.socketio.annotation.SocketIoController;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.core.MethodParameter;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.WebSession;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Arguments of the methods of controllers.
 */
@Timeout(30)
class AnnotatedArgumentsTests {

	private final AnnotatedServer server = new AnnotatedServer((handlers) -> handlers.validator(new OddNumbers()));

	private TestSession client;

	@AfterEach
	void close() {
		this.server.close();
	}

	private void start(Class<?>... beans) {
		this.client = this.server.start(beans);
	}

	private String emit(String json) {
		return this.server.emit(json);
	}

	private static String error(String code, String message) {
		return AnnotatedServer.error(code, message);
	}

	private String emitTo(String namespace, String json) {
		return this.server.emitTo(namespace, json);
	}

	@Test
	void argumentsArePositional() {
		start(Payloads.class);
		this.client.connect();
		assertThat(emit("\"all\",\"a\",{\"number\":1},[{\"number\":3}],{\"x\":[1]}"))
			.isEqualTo("[\"a 1 3 {\\\"x\\\":[1]}\"]");
		assertThat(emit("\"all\",\"a\",{\"number\":1}")).isEqualTo(error("missing-argument", "Argument 2 is missing"));
		assertThat(emit("\"all\",\"a\",17,[],1"))
			.isEqualTo(error("invalid-argument", "Argument 1 does not have the expected type"));
		assertThat(emit("\"optional\"")).isEqualTo("[\"null Optional.empty Optional.empty\"]");
		assertThat(emit("\"optional\",1,2,{\"number\":3}")).isEqualTo("[\"1 Optional[2] Optional[Number[number=3]]\"]");
		assertThat(emit("\"primitive\",5")).isEqualTo("[5]");
		assertThat(emit("\"primitive\"")).isEqualTo(error("missing-argument", "Argument 0 is missing"));
		assertThat(emit("\"rest\",\"a\",1,2,3")).isEqualTo("[\"a[1, 2, 3]\"]");
		assertThat(emit("\"rest\",\"a\"")).isEqualTo("[\"a[]\"]");
		assertThat(emit("\"mixed\",\"a\",\"b\"")).isEqualTo("[\"a / mixed b\"]");
	}

	@Test
	void binaryArgumentsAreGiven() {
		start(Payloads.class);
		this.client.connect();
		this.client.receive("51-1[\"binary\",{\"_placeholder\":true,\"num\":0}]").receive(new byte[] { 1, 2, 3 });
		this.client.awaitSent("31[3]");
	}

	@Test
	void argumentsAreValidated() {
		start(Payloads.class);
		this.client.connect();
		assertThat(emit("\"valid\",{\"number\":3}")).isEqualTo("[3]");
		assertThat(emit("\"valid\",{\"number\":2}")).contains("\"validation\"", "\"path\":\"number\"", "must be odd");
	}

	@Test
	void typesOfPrincipalsAreNotTakenFromTheClient() {
		start(Principals.class);
		this.client.connect();
		assertThat(emit("\"robot\",{\"name\":\"eve\"}")).isEqualTo(error("access-denied", "Access denied"));
		assertThat(emit("\"optional\",1,{\"name\":\"eve\"}")).isEqualTo("[\"1 null\"]");
	}

	@Test
	void argumentsComeFromTheHandshakeAndTheSocket() {
		this.server.request().attributes().put("tenant", "acme");
		start(Handshakes.class);
		this.client.receive("0/handshake,{\"token\":\"t\",\"level\":5}");
		this.client.awaitSomethingSent();
		this.client.sent();
		assertThat(emitTo("/handshake", "\"values\""))
			.isEqualTo("[\"dark 7 none 3 2 acme ada de-AT t 5 Login[token=t, level=5] set\"]");
		assertThat(emitTo("/handshake", "\"types\"")).isEqualTo("[\"/handshake true engine-0\"]");
		assertThat(emitTo("/handshake", "\"cookie\""))
			.isEqualTo(error("missing-argument", "Cookie 'other' is missing"));
		assertThat(emitTo("/handshake", "\"header\""))
			.isEqualTo(error("invalid-argument", "Header 'cookie' does not have the expected type"));
		assertThat(emitTo("/handshake", "\"session\""))
			.isEqualTo(error("missing-argument", "Argument 'session' is missing"));
	}

	@Test
	void namespaceMayHaveVariables() {
		start(Tenants.class);
		this.client.connect("0/tenant-acme/room-7,");
		assertThat(emitTo("/tenant-acme/room-7", "\"who\"")).isEqualTo("[\"acme 7\"]");
		this.client.receive("0/tenant-acme/room-x,").receive("0/tenant-a/b/room-1,");
		assertThat(this.client.sent()).allSatisfy((packet) -> assertThat(packet).contains("Invalid namespace"));
	}

	@Test
	void parametersMayBeResolvedByBeans() {
		start(Resolved.class, TenantResolver.class);
		this.client.connect();
		assertThat(emit("\"plain\",\"a\"")).isEqualTo("[\"acme a\"]");
		assertThat(emit("\"reactive\",\"a\"")).isEqualTo("[\"acme a\"]");
		assertThat(emit("\"absent\"")).isEqualTo("[\"Optional.empty\"]");
		assertThat(emit("\"required\"")).isEqualTo(error("missing-argument", "Argument 'tenant' is missing"));
	}

	record Number(int number) {

	}

	record Login(String token, int level) {

	}

	@SocketIoController
	static class Payloads {

		@OnEvent
		String all(String text, Number number, List<Number> list, JsonNode node) {
			return text + " " + number.number() + " " + list.get(0).number() + " " + node;
		}

		@OnEvent
		String optional(@Nullable String one, Optional<Integer> two, Optional<Number> three) {
			return one + " " + two + " " + three;
		}

		@OnEvent
		int primitive(int number) {
			return number;
		}

		@OnEvent
		String rest(String text, Integer... numbers) {
			return text + List.of(numbers);
		}

		@OnEvent
		String mixed(Socket socket, String first, Namespace namespace, Event event, String second) {
			return first + " " + socket.namespace().name() + " " + event.name() + " " + second;
		}

		@OnEvent
		int binary(byte[] data) {
			return data.length;
		}

		@OnEvent
		int valid(@Validated Number number) {
			return number.number();
		}

	}

	@SocketIoController("handshake")
	static class Handshakes {

		@OnConnect
		void admit(Socket socket) {
			socket.data().put("value", "set");
		}

		@OnEvent
		String values(@CookieValue String theme, @CookieValue("n") int number, @CookieValue Optional<String> none,
				@RequestHeader("X-Count") int count, @RequestParam("a") String query, @RequestAttribute String tenant,
				Principal user, Locale locale, @AuthPayload("token") String token, @AuthPayload("level") int level,
				@AuthPayload Login login, @SocketData String value) {
			return theme + " " + number + " " + none.orElse("none") + " " + count + " " + query + " " + tenant + " "
					+ user.getName() + " " + locale.toLanguageTag() + " " + token + " " + level + " " + login + " "
					+ value;
		}

		@OnEvent
		String types(Handshake handshake, SocketIoServer server, EngineSession session, Namespace namespace) {
			return namespace.name() + " " + (handshake != null && server != null) + " " + session.id();
		}

		@OnEvent
		Mono<String> cookie(@CookieValue String other) {
			return Mono.just(other);
		}

		@OnEvent
		Mono<Integer> header(@RequestHeader("cookie") int number) {
			return Mono.just(number);
		}

		@OnEvent
		void session(WebSession session) {
		}

	}

	@SocketIoController("/tenant-{tenant}/room-{room:\\d+}")
	static class Tenants {

		@OnEvent
		String who(@NamespaceVariable String tenant, @NamespaceVariable("room") int number) {
			return tenant + " " + number;
		}

	}

	record Tenant(String name) {

	}

	static class TenantResolver implements HandlerArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getNestedParameterType() == Tenant.class;
		}

		@Override
		public @Nullable Object resolveArgument(MethodParameter parameter, HandlerInvocation invocation) {
			return switch (invocation.event().name()) {
				case "plain" -> new Tenant("acme");
				case "reactive" -> Mono.just(new Tenant("acme"));
				case "absent" -> Mono.empty();
				default -> null;
			};
		}

	}

	@SocketIoController
	static class Resolved {

		@OnEvent
		String plain(Tenant tenant, String text) {
			return tenant.name() + " " + text;
		}

		@OnEvent
		Mono<String> reactive(String text, Tenant tenant) {
			return Mono.just(tenant.name() + " " + text);
		}

		@OnEvent
		String absent(Optional<Tenant> tenant) {
			return tenant.toString();
		}

		@OnEvent
		String required(Tenant tenant) {
			return tenant.name();
		}

	}

	private static final class OddNumbers implements Validator {

		@Override
		public boolean supports(Class<?> type) {
			return type == Number.class;
		}

		@Override
		public void validate(Object target, Errors errors) {
			if (((Number) target).number() % 2 == 0) {
				errors.rejectValue("number", "odd", "must be odd");
			}
		}

	}

	record Robot(String name) implements Principal {

		@Override
		public String getName() {
			return this.name;
		}

	}

	@SocketIoController
	static class Principals {

		@OnEvent
		String robot(Robot robot) {
			return robot.name();
		}

		@OnEvent
		String optional(int number, @Nullable Robot robot) {
			return number + " " + robot;
		}

	}

}
