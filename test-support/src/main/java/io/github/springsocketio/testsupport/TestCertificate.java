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

package io.github.springsocketio.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;

/**
 * A certificate for {@code localhost}, made with the JDK's {@code keytool}.
 *
 * @since 0.1.0
 */
public final class TestCertificate {

	/**
	 * The password of the key store.
	 */
	public static final String PASSWORD = "changeit";

	private final KeyStore keys;

	private TestCertificate(KeyStore keys) {
		this.keys = keys;
	}

	/**
	 * Return the certificate, which is made once.
	 * @return the certificate
	 */
	public static TestCertificate get() {
		return Holder.INSTANCE;
	}

	private static TestCertificate create() {
		try {
			Path directory = Files.createTempDirectory("certificate");
			Path file = directory.resolve("test.p12");
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
					"-genkeypair", "-alias", "test", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
					"san=dns:localhost", "-validity", "2", "-storetype", "PKCS12", "-keystore", file.toString(),
					"-storepass", PASSWORD)
				.redirectErrorStream(true)
				.start();
			String output = new String(process.getInputStream().readAllBytes());
			if (process.waitFor() != 0) {
				throw new IllegalStateException("No certificate: " + output);
			}
			KeyStore keys = KeyStore.getInstance("PKCS12");
			try (InputStream in = Files.newInputStream(file)) {
				keys.load(in, PASSWORD.toCharArray());
			}
			Files.delete(file);
			Files.delete(directory);
			return new TestCertificate(keys);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Write the key store of a server, of the type PKCS12.
	 * @param folder the folder
	 * @return the file
	 */
	public Path store(Path folder) {
		Path file = folder.resolve("test.p12");
		try (OutputStream out = Files.newOutputStream(file)) {
			this.keys.store(out, PASSWORD.toCharArray());
			return file;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return what a server uses.
	 * @return the key managers
	 */
	public KeyManagerFactory keyManagers() {
		try {
			KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			factory.init(this.keys, PASSWORD.toCharArray());
			return factory;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return what a client uses, which trusts this certificate only.
	 * @return the context
	 */
	public SSLContext client() {
		return context(null);
	}

	/**
	 * Return what a client uses that trusts this certificate only, and has it as its own.
	 * @return the context
	 */
	public SSLContext clientWithCertificate() {
		return context(keyManagers().getKeyManagers());
	}

	/**
	 * Return what a server uses that trusts the clients with this certificate.
	 * @return the trust managers
	 */
	public TrustManagerFactory trustManagers() {
		try {
			TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			factory.init(this.keys);
			return factory;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private SSLContext context(KeyManager @Nullable [] own) {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(own, trustManagers().getTrustManagers(), null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static final class Holder {

		private static final TestCertificate INSTANCE = create();

	}

}
