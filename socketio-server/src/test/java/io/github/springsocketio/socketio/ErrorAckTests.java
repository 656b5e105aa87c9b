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

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ch.qos.logback.classic.Level;
import io.github.springsocketio.testsupport.LogCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatus;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Acknowledgements of events that have failed.
 */
class ErrorAckTests {

	@RegisterExtension
	final LogCapture log = new LogCapture();

	private static String acknowledgement(TestServer server, String packet) {
		TestSession client = server.open();
		client.connect();
		client.receive(packet);
		client.awaitSomethingSent();
		return String.join("|", client.sent());
	}

	private static String failure(Exception error) {
		TestServer server = new TestServer();
		server.io.handle("x", (socket, event) -> Mono.error(error));
		return acknowledgement(server, "21[\"x\"]");
	}

	private static String error(String code, String message) {
		return "31[{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}]";
	}

	@Test
	void missingArgumentIsNamed() {
		TestServer server = new TestServer();
		server.io.handle("x", Integer.class, String.class, (socket, number, text, event) -> Mono.just(text));
		assertThat(acknowledgement(server, "21[\"x\",1]"))
			.isEqualTo(error("missing-argument", "Argument 1 is missing"));
		assertThat(acknowledgement(server, "21[\"x\",null,\"a\"]"))
			.isEqualTo(error("missing-argument", "Argument 0 is missing"));
		assertThat(acknowledgement(server, "21[\"x\",1,\"a\"]")).isEqualTo("31[\"a\"]");
	}

	@Test
	void argumentOfAnotherTypeIsNamed() {
		TestServer server = new TestServer();
		server.io.handleBlocking("x", Map.class, (socket, map, event) -> map);
		assertThat(acknowledgement(server, "21[\"x\",17]"))
			.isEqualTo(error("invalid-argument", "Argument 0 does not have the expected type"));
	}

	@Test
	void argumentMayBeOptional() {
		TestServer server = new TestServer();
		server.io.handle("x", Argument.of(Integer.class), Argument.optional(String.class),
				(socket, number, text, event) -> Mono.just(text.orElse("none")));
		assertThat(acknowledgement(server, "21[\"x\",1]")).isEqualTo("31[\"none\"]");
		assertThat(acknowledgement(server, "21[\"x\",1,\"a\"]")).isEqualTo("31[\"a\"]");
		assertThat(acknowledgement(server, "21[\"x\",1,{}]"))
			.isEqualTo(error("invalid-argument", "Argument 1 does not have the expected type"));
	}

	@Test
	void invalidArgumentIsDescribedByItsFields() {
		TestServer server = TestServer.withHandlers((handlers) -> handlers.validator(new PositiveOnly()));
		server.io.handle("x", Argument.of(Amount.class).valid(), (socket, amount, event) -> Mono.just(amount.value()))
			.handle("unchecked", Amount.class, (socket, amount, event) -> Mono.just(amount.value()));
		assertThat(acknowledgement(server, "21[\"x\",{\"value\":1}]")).isEqualTo("31[1]");
		assertThat(acknowledgement(server, "21[\"x\",{\"value\":-1}]"))
			.isEqualTo("31[{\"error\":{\"code\":\"validation\",\"message\":\"Argument 0 is not valid\","
					+ "\"fields\":[{\"path\":\"value\",\"message\":\"must be positive\"}]}}]");
		assertThat(acknowledgement(server, "21[\"unchecked\",{\"value\":-1}]")).isEqualTo("31[-1]");
	}

	@Test
	void elementsOfACollectionAreValidated() {
		TestServer server = TestServer.withHandlers((handlers) -> handlers.validator(new PositiveOnly()));
		server.io.handle("x", Argument.of(new ParameterizedTypeReference<List<Amount>>() {
		}).valid(), (socket, amounts, event) -> Mono.just(amounts.size()));
		assertThat(acknowledgement(server, "21[\"x\",[{\"value\":1},{\"value\":0}]]")).contains("[1].value");
	}

	@Test
	void validationNeedsAValidator() {
		TestServer server = new TestServer();
		assertThatIllegalStateException().isThrownBy(
				() -> server.io.handle("x", Argument.of(Amount.class).valid(), (socket, amount, event) -> Mono.empty()))
			.withMessageContaining("no validator");
		assertThatIllegalStateException().isThrownBy(() -> server.io.of((name, auth) -> Mono.just(true))
			.handleBlocking("x", Argument.of(Amount.class).valid(), (socket, amount, event) -> null));
	}

	@Test
	void errorOfTheApplicationSaysNothingButTheIdThatTheLogHas() {
		TestServer server = new TestServer();
		server.io.handleBlocking("x", (socket, event) -> {
			throw new IllegalStateException("secret");
		});
		Pattern pattern = Pattern.compile(
				"31\\[\\{\"error\":\\{\"code\":\"internal\",\"message\":\"Internal server error\",\"id\":\"(\\w+)\"}}]");
		Matcher first = pattern.matcher(acknowledgement(server, "21[\"x\"]"));
		assertThat(first.matches()).isTrue();
		assertThat(this.log.lines(Level.ERROR)).singleElement().asString().contains("error " + first.group(1));
		// the log has a repeated error once
		Matcher second = pattern.matcher(acknowledgement(server, "21[\"x\"]"));
		assertThat(second.matches()).isTrue();
		assertThat(second.group(1)).isEqualTo(first.group(1));
		assertThat(this.log.lines(Level.ERROR)).hasSize(1);
	}

	@Test
	void errorsThatTheClientMayKnowHaveTheirCode() {
		assertThat(failure(new AckErrorException("room-full", "The room is full")))
			.isEqualTo(error("room-full", "The room is full"));
		assertThat(failure(new TimeoutException("in 5 s of com.example.Dao"))).isEqualTo(error("timeout", "Timed out"));
		assertThat(failure(new ResponseStatusException(HttpStatus.NOT_FOUND, "No such room")))
			.isEqualTo(error("not-found", "No such room"));
		assertThat(failure(new ResponseStatusException(HttpStatus.UNAUTHORIZED)))
			.isEqualTo(error("unauthenticated", "Unauthorized"));
		assertThat(failure(new ResponseStatusException(HttpStatus.BAD_GATEWAY, "at 10.0.0.1"))).contains("internal")
			.doesNotContain("10.0.0.1");
	}

	@Test
	void everyWayToFailIsAcknowledged() {
		TestServer server = new TestServer();
		server.io.on("listener", (socket, event) -> {
			throw new AckErrorException("a", "b");
		}).handle("thrown", (socket, event) -> {
			throw new AckErrorException("a", "b");
		})
			.handle("mono", (socket, event) -> Mono.error(new AckErrorException("a", "b")))
			.handleSerial("serial", (socket, event) -> Mono.error(new AckErrorException("a", "b")))
			.handleBlocking("blocking", (socket, event) -> {
				throw new AckErrorException("a", "b");
			})
			.intercept((socket, event, chain) -> event.name().equals("interceptor")
					? Mono.error(new AckErrorException("a", "b")) : chain.proceed(event))
			.on("interceptor", (socket, event) -> {
			});
		for (String name : List.of("listener", "thrown", "mono", "serial", "blocking", "interceptor")) {
			assertThat(acknowledgement(server, "21[\"" + name + "\"]")).as(name).isEqualTo(error("a", "b"));
		}
	}

	@Test
	void failureOfACatchAllListenerOrOfOneOfSeveralListenersLeavesTheAcknowledgementToTheHandler() {
		TestServer server = new TestServer();
		server.io.onAny((socket, event) -> {
			throw new IllegalStateException("test");
		}).on("x", (socket, event) -> {
			throw new IllegalStateException("test");
		}).handle("x", (socket, event) -> Mono.just("fine"));
		assertThat(acknowledgement(server, "21[\"x\"]")).isEqualTo("31[\"fine\"]");
	}

	@Test
	void resolversDecideBeforeTheDefault() {
		TestServer server = TestServer.withHandlers((handlers) -> handlers.errorAckResolvers(
				List.of((socket, error, event) -> (error instanceof IllegalStateException) ? "first" : null,
						(socket, error, event) -> (error instanceof ArithmeticException)
								? new AckError("arithmetic", event.name()) : null)));
		server.io.handle("x", (socket, event) -> Mono.error(new IllegalStateException()))
			.handle("y", (socket, event) -> Mono.error(new ArithmeticException()))
			.handle("z", (socket, event) -> Mono.error(new AckErrorException("a", "b")));
		assertThat(acknowledgement(server, "21[\"x\"]")).isEqualTo("31[\"first\"]");
		assertThat(acknowledgement(server, "21[\"y\"]")).isEqualTo(error("arithmetic", "y"));
		assertThat(acknowledgement(server, "21[\"z\"]")).isEqualTo(error("a", "b"));
	}

	@Test
	void resolversGetWhatIsWrapped() {
		TestServer server = TestServer.withHandlers((handlers) -> handlers.errorAckResolvers(List
			.of((socket, error, event) -> (error instanceof UnsupportedOperationException) ? "unsupported" : null)));
		server.io.handle("x", (socket, event) -> Mono
			.error(new ExecutionException(new CompletionException(new UnsupportedOperationException("test")))));
		assertThat(acknowledgement(server, "21[\"x\"]")).isEqualTo("31[\"unsupported\"]");
	}

	@Test
	void resolverThatFailsIsLoggedAndTheDefaultDecides() {
		TestServer server = TestServer
			.withHandlers((handlers) -> handlers.errorAckResolvers(List.of((socket, error, event) -> {
				throw new IllegalStateException("test");
			})));
		server.io.handle("x", (socket, event) -> Mono.error(new AckErrorException("a", "b")));
		assertThat(acknowledgement(server, "21[\"x\"]")).isEqualTo(error("a", "b"));
		assertThat(this.log.lines(Level.ERROR)).singleElement().asString().contains("Acknowledgement of an error");
		assertThat(this.log.lines(Level.DEBUG)).anyMatch((line) -> line.contains("Handling of event x failed"));
	}

	@Test
	void errorListenerComesFirst() {
		TestServer server = new TestServer();
		server.io.handle("x", (socket, event) -> Mono.error(new IllegalStateException()))
			.onError((socket, error, event) -> {
				if (event != null && event.size() != 0) {
					event.ack("listener");
				}
			});
		assertThat(acknowledgement(server, "21[\"x\",1]")).isEqualTo("31[\"listener\"]");
		assertThat(acknowledgement(server, "21[\"x\"]")).contains("internal");
	}

	@Test
	void errorsCanBeKeptFromClients() {
		TestServer server = TestServer.withHandlers((handlers) -> handlers.errorAcks(false));
		server.io.handle("x", (socket, event) -> Mono.error(new AckErrorException("a", "b")));
		TestSession client = server.open();
		client.connect();
		client.receive("21[\"x\"]");
		assertThat(client.sent()).isEmpty();
	}

	@Test
	void eventWithoutAcknowledgementGetsNone() {
		TestServer server = new TestServer();
		server.io.handle("x", (socket, event) -> Mono.error(new AckErrorException("a", "b")));
		TestSession client = server.open();
		client.connect();
		client.receive("2[\"x\"]");
		assertThat(client.sent()).isEmpty();
	}

	private record Amount(int value) {

	}

	private static final class PositiveOnly implements Validator {

		@Override
		public boolean supports(Class<?> type) {
			return type == Amount.class;
		}

		@Override
		public void validate(Object target, Errors errors) {
			if (((Amount) target).value() <= 0) {
				errors.rejectValue("value", "positive", "must be positive");
			}
		}

	}

}
