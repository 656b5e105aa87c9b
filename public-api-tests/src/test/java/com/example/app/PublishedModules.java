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

package com.example.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;

import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The modules of the build that are published as a jar, read from the POMs.
 */
final class PublishedModules {

	private PublishedModules() {
	}

	static List<Module> read() {
		Path root = Path.of(System.getProperty("repository.directory"));
		List<Module> modules = new ArrayList<>();
		for (String directory : select(root.resolve("pom.xml"), "/project/modules/module")) {
			Path pom = root.resolve(directory).resolve("pom.xml");
			boolean jar = select(pom, "/project/packaging").isEmpty();
			if (jar && !select(pom, "/project/properties/maven.deploy.skip").contains("true")) {
				modules.add(new Module(select(pom, "/project/artifactId").get(0),
						select(pom, "/project/properties/java.module.name")));
			}
		}
		return modules;
	}

	static List<String> managedByTheBom() {
		Path bom = Path.of(System.getProperty("repository.directory"), "socketio-bom", "pom.xml");
		return select(bom, "/project/dependencyManagement//dependency[groupId='io.github.springsocketio']/artifactId");
	}

	private static List<String> select(Path pom, String path) {
		try {
			Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
			NodeList nodes = (NodeList) XPathFactory.newInstance()
				.newXPath()
				.evaluate(path, document, XPathConstants.NODESET);
			List<String> texts = new ArrayList<>();
			for (int i = 0; i < nodes.getLength(); i++) {
				texts.add(nodes.item(i).getTextContent());
			}
			return texts;
		}
		catch (IOException | SAXException | ParserConfigurationException | XPathExpressionException ex) {
			throw new IllegalStateException(pom + " cannot be read", ex);
		}
	}

	/**
	 * A module that is published.
	 *
	 * @param artifactId the artifact id
	 * @param names the names of the Java module, one if the POM is right
	 */
	record Module(String artifactId, List<String> names) {

	}

}
