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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;

/**
 * The files of the UI, from the npm package {@code @socket.io/admin-ui}. They are loaded
 * into memory, so that a path cannot lead to any other file.
 */
final class AdminUiFiles {

	static final String INDEX = "index.html";

	/**
	 * The page may execute only its own scripts. It loads fonts from two other sites, and
	 * connects to the server that the user enters.
	 */
	static final Map<String, String> SECURITY_HEADERS = Map.of("Content-Security-Policy",
			"default-src 'none'; script-src 'self'; "
					+ "style-src 'self' 'unsafe-inline' https://fonts.googleapis.com https://cdn.jsdelivr.net; "
					+ "font-src 'self' https://fonts.gstatic.com https://cdn.jsdelivr.net; img-src 'self' data:; "
					+ "connect-src *; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
			"X-Content-Type-Options", "nosniff");

	private static final String FOLDER = "/META-INF/socketio-admin/";

	private static final String FOREVER = "max-age=31536000, immutable";

	private final Map<String, AdminUiFile> files = new HashMap<>();

	AdminUiFiles() {
		for (String name : new String(read("files"), StandardCharsets.UTF_8).split("\n")) {
			MediaType type = MediaTypeFactory.getMediaType(name).orElse(MediaType.APPLICATION_OCTET_STREAM);
			boolean hashed = name.contains("/");
			this.files.put(name, new AdminUiFile(read("ui/" + name), type, hashed ? FOREVER : "no-cache"));
		}
	}

	private static byte[] read(String name) {
		try (InputStream stream = AdminUiFiles.class.getResourceAsStream(FOLDER + name)) {
			if (stream == null) {
				throw new IllegalStateException("The jar of the Admin UI has no file " + FOLDER + name);
			}
			return stream.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return a file, or {@code null} if there is none with that name.
	 */
	@Nullable AdminUiFile find(String name) {
		return this.files.get(name.isEmpty() ? INDEX : name);
	}

	/**
	 * Return the target of the redirect for a request without a trailing slash. It is
	 * relative, so that it is correct behind a proxy that removes a prefix.
	 */
	static URI folder(String path) {
		return URI.create(path.substring(path.lastIndexOf('/') + 1) + "/");
	}

	/**
	 * A file.
	 *
	 * @param content the bytes, which must not be changed
	 * @param type the type
	 * @param cacheControl the value of the {@code Cache-Control} header
	 */
	record AdminUiFile(byte[] content, MediaType type, String cacheControl) {

	}

}
