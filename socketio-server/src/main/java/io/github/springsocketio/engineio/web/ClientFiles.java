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

package io.github.springsocketio.engineio.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Serves the bundles of the JavaScript client from the class path (SIO-116 to SIO-121).
 * The names are a fixed list. Each file is read and compressed once, on the first
 * request. The Brotli form is created by the build.
 */
final class ClientFiles {

	private static final String LOCATION = "/META-INF/socketio-client/";

	private static final Set<String> NAMES = Set.of("socket.io.js", "socket.io.js.map", "socket.io.min.js",
			"socket.io.min.js.map", "socket.io.esm.min.js", "socket.io.esm.min.js.map", "socket.io.msgpack.min.js",
			"socket.io.msgpack.min.js.map");

	private static final List<String> WITH_BROTLI = List.of("br", "gzip", "deflate");

	private final Set<String> names = existing("");

	/**
	 * The files with a Brotli form on the class path, because the JDK cannot create it.
	 */
	private final Set<String> brotli = existing(".br");

	private final String etag;

	private final HttpCompression compression = new HttpCompression(HttpCompressionOptions.defaults());

	private final Map<String, byte[]> contents = new ConcurrentHashMap<>();

	private ClientFiles(String version) {
		this.etag = '"' + version + '"';
	}

	/**
	 * Return the files, or {@code null} if they are not on the class path.
	 */
	static @Nullable ClientFiles find() {
		byte[] version = read("version");
		return (version != null) ? new ClientFiles(new String(version, StandardCharsets.UTF_8).trim()) : null;
	}

	/**
	 * Return whether a request is for one of the files.
	 */
	boolean matches(EngineRequest request, @Nullable String name) {
		HttpMethod method = request.method();
		return name != null && (method == HttpMethod.GET || method == HttpMethod.HEAD) && this.names.contains(name);
	}

	Mono<Void> serve(EngineRequest request, String name) {
		ServerHttpResponse response = request.exchange().getResponse();
		String known = request.headers().getFirst(HttpHeaders.IF_NONE_MATCH);
		if (known != null && (known.equals(this.etag) || known.equals("W/" + this.etag))) {
			response.setStatusCode(HttpStatus.NOT_MODIFIED);
			return response.setComplete();
		}
		HttpHeaders headers = response.getHeaders();
		headers.set(HttpHeaders.CACHE_CONTROL, "public, max-age=0");
		headers.set(HttpHeaders.CONTENT_TYPE,
				(name.endsWith(".map") ? "application/json" : "application/javascript") + "; charset=utf-8");
		headers.set(HttpHeaders.ETAG, this.etag);
		String encoding = AcceptEncoding.select(request.headers().getFirst(HttpHeaders.ACCEPT_ENCODING),
				this.brotli.contains(name) ? WITH_BROTLI : HttpCompression.ENCODINGS);
		if (encoding != null) {
			headers.set(HttpHeaders.CONTENT_ENCODING, encoding);
		}
		return content(name, (encoding != null) ? encoding : "")
			.flatMap((body) -> Monos.then(request.onEventLoop(), () -> send(request, response, body)));
	}

	private static Mono<Void> send(EngineRequest request, ServerHttpResponse response, byte[] body) {
		response.getHeaders().setContentLength(body.length);
		response.setStatusCode(HttpStatus.OK);
		if (request.method() == HttpMethod.HEAD) {
			return response.setComplete();
		}
		return FullResponse.send(request, body);
	}

	/**
	 * Return a file, which is read and compressed on a thread that may block.
	 */
	private Mono<byte[]> content(String name, String encoding) {
		byte[] known = this.contents.get(name + ' ' + encoding);
		return (known != null) ? Mono.just(known)
				: Mono.fromCallable(() -> load(name, encoding)).subscribeOn(Schedulers.boundedElastic());
	}

	private byte[] load(String name, String encoding) {
		return this.contents.computeIfAbsent(name + ' ' + encoding, (key) -> {
			byte[] file = read(encoding.equals("br") ? name + ".br" : name);
			if (file == null) {
				return new byte[0];
			}
			return HttpCompression.ENCODINGS.contains(encoding) ? this.compression.compress(file, encoding) : file;
		});
	}

	private static Set<String> existing(String suffix) {
		return NAMES.stream()
			.filter((name) -> ClientFiles.class.getResource(LOCATION + name + suffix) != null)
			.collect(Collectors.toUnmodifiableSet());
	}

	private static byte @Nullable [] read(String name) {
		try (InputStream stream = ClientFiles.class.getResourceAsStream(LOCATION + name)) {
			return (stream != null) ? stream.readAllBytes() : null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
