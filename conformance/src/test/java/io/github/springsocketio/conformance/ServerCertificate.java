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

package io.github.springsocketio.conformance;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import okhttp3.OkHttpClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A certificate for {@code localhost} that signs itself, made with the JDK's
 * {@code keytool}.
 */
final class ServerCertificate {

	private static final String PASSWORD = "changeit";

	private final Path store;

	private ServerCertificate(Path store) {
		this.store = store;
	}

	static ServerCertificate create(Path folder) throws Exception {
		Path store = folder.resolve("server.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
				"san=dns:localhost", "-validity", "2", "-storetype", "PKCS12", "-keystore", store.toString(),
				"-storepass", PASSWORD)
			.redirectErrorStream(true)
			.start();
		String output = new String(keytool.getInputStream().readAllBytes());
		assertThat(keytool.waitFor()).as(output).isZero();
		return new ServerCertificate(store);
	}

	/**
	 * Return the properties of the server that has the certificate.
	 * @return arguments of the application
	 */
	List<String> properties() {
		return List.of("--server.ssl.key-store=" + this.store, "--server.ssl.key-store-type=PKCS12",
				"--server.ssl.key-store-password=" + PASSWORD);
	}

	/**
	 * Have a client trust this certificate, and no other.
	 * @param client the client
	 */
	void trust(OkHttpClient.Builder client) throws Exception {
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(this.store)) {
			keys.load(in, PASSWORD.toCharArray());
		}
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(keys);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, factory.getTrustManagers(), null);
		client.sslSocketFactory(context.getSocketFactory(), (X509TrustManager) factory.getTrustManagers()[0]);
	}

}
