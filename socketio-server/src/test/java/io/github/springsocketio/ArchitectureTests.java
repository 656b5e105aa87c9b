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

package io.github.springsocketio;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.WebSession;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the packages of the protocol and of the server to what ARCHITECTURE.md says about
 * them.
 */
class ArchitectureTests {

	private static final String ROOT = "io.github.springsocketio";

	private static final String ENGINE = ROOT + ".engineio";

	private static final String ENGINE_PACKET = ENGINE + ".packet";

	private static final String ENGINE_WEB = ENGINE + ".web";

	private static final String SOCKET = ROOT + ".socketio";

	private static final String SOCKET_ADAPTER = SOCKET + ".adapter";

	private static final String SOCKET_ANNOTATION = SOCKET + ".annotation";

	private static final String SOCKET_EVENT = SOCKET + ".event";

	private static final String SOCKET_PACKET = SOCKET + ".packet";

	private static final String MSGPACK = SOCKET_PACKET + ".msgpack";

	private static final String[] WEB = { "org.springframework.web..", "org.springframework.http..", "reactor.netty..",
			"io.netty.." };

	/** What applications hand over or throw. */
	private static final Class<?>[] WEB_OF_APPLICATIONS = { WebSession.class, ErrorResponse.class, HttpStatusCode.class,
			HttpStatus.class, ProblemDetail.class };

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.withImportOption((location) -> !location.contains("/test-support"))
		.importPackages(ROOT);

	@Test
	void packagesHaveNoCycles() {
		check(slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
	}

	@Test
	void protocolAndServerAreSeen() {
		assertThat(CLASSES.containPackage(ENGINE_PACKET)).isTrue();
		assertThat(CLASSES.containPackage(SOCKET_PACKET)).isTrue();
		assertThat(CLASSES.containPackage(ENGINE_WEB)).isTrue();
		assertThat(CLASSES.containPackage(SOCKET_ADAPTER)).isTrue();
	}

	@Test
	void enginePacketsKnowTheJdkAndTheStreamingParserOfJackson() {
		check(classes().that()
			.resideInAPackage(ENGINE_PACKET)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(ROOT, ENGINE_PACKET, "java..", "org.jspecify.annotations", "tools.jackson.core.."));
	}

	@Test
	void messagePackKnowsTheJdkOnly() {
		check(classes().that()
			.resideInAPackage(MSGPACK)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(MSGPACK, "java..", "org.jspecify.annotations"));
	}

	@Test
	void packetsDoNoInputAndOutput() {
		check(noClasses().that()
			.resideInAnyPackage(ENGINE_PACKET, SOCKET_PACKET, MSGPACK)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("java.net..", "java.nio.channels..", "java.nio.file.."));
	}

	@Test
	void engineKnowsNeitherTheWebNorNamespaces() {
		check(noClasses().that()
			.resideInAPackage(ENGINE)
			.should()
			.dependOnClassesThat(resideInAnyPackage(WEB).or(resideInAnyPackage(ENGINE_WEB, SOCKET + ".."))));
	}

	@Test
	void nothingOfTheEngineKnowsNamespaces() {
		check(noClasses().that()
			.resideInAPackage(ENGINE + "..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(SOCKET + ".."));
	}

	@Test
	void annotatedHandlersSeeNoNetwork() {
		check(noClasses().that()
			.resideInAPackage(SOCKET_ANNOTATION)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("reactor.netty..", "io.netty..", "org.springframework.web.reactive.."));
	}

	@Test
	void webIsSeenInOnePackageOnly() {
		check(noClasses().that()
			.resideOutsideOfPackages(ENGINE_WEB, SOCKET_ANNOTATION)
			.should()
			.dependOnClassesThat(
					resideInAnyPackage(WEB).and(DescribedPredicate.not(belongToAnyOf(WEB_OF_APPLICATIONS)))));
	}

	@Test
	void webOfApplicationsIsSeenWithHandshakesAndFailuresOnly() {
		check(noClasses().that()
			.resideOutsideOfPackages(ENGINE_WEB, SOCKET_ANNOTATION)
			.and()
			.doNotHaveSimpleName("Handshake")
			.and()
			.doNotHaveSimpleName("DefaultHandshake")
			.and()
			.doNotHaveSimpleName("ErrorCodes")
			.should()
			.dependOnClassesThat(belongToAnyOf(WEB_OF_APPLICATIONS)));
	}

	@Test
	void namespacesDoNotKnowTheWebPackage() {
		check(noClasses().that()
			.resideInAPackage(SOCKET + "..")
			.and()
			.resideOutsideOfPackage(SOCKET_ANNOTATION)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(ENGINE_WEB));
	}

	@Test
	void jacksonIsSeenWithPacketsAndAnnotationsOnly() {
		check(noClasses().that()
			.resideOutsideOfPackages(ENGINE_PACKET, SOCKET_PACKET, SOCKET_ANNOTATION)
			.should()
			.dependOnClassesThat()
			.resideInAPackage("tools.jackson.."));
	}

	@Test
	void adaptersSeePacketsOnly() {
		check(noClasses().that()
			.resideInAPackage(SOCKET_ADAPTER)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(SOCKET, SOCKET_ANNOTATION, SOCKET_EVENT, ENGINE, ENGINE_WEB));
	}

	@Test
	void socketPacketsSeeNothingOfTheirUsers() {
		check(noClasses().that()
			.resideInAPackage(SOCKET_PACKET)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(SOCKET, SOCKET_ADAPTER, SOCKET_ANNOTATION, SOCKET_EVENT, ENGINE, ENGINE_WEB));
	}

	@Test
	void namespacesDoNotKnowAnnotatedHandlers() {
		check(noClasses().that()
			.resideInAPackage(SOCKET)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(SOCKET_ANNOTATION));
	}

	@Test
	void namespacesDoNotKnowApplicationEvents() {
		check(noClasses().that()
			.resideInAPackage(SOCKET)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(SOCKET_EVENT));
	}

	@Test
	void everyPackageIsNullMarked() {
		assertThat(CLASSES).isNotEmpty();
		assertThat(CLASSES).extracting(JavaClass::getPackage)
			.allMatch((javaPackage) -> javaPackage.isAnnotatedWith(NullMarked.class));
	}

	private static void check(ArchRule rule) {
		rule.allowEmptyShould(true).check(CLASSES);
	}

}
