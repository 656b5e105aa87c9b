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

import java.nio.charset.StandardCharsets;

import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The page of the profile {@code web}.
 */
@RestController
@Profile("web")
class WebPageController {

	private static final byte[] PAGE = """
			<!DOCTYPE html>
			<html lang="en">
			<head><meta charset="utf-8"><title>Socket.IO</title></head>
			<body>
			<p id="state">loading</p>
			<script src="/socket.io/socket.io.js"></script>
			<script>
			document.getElementById("state").textContent = typeof io === "function" ? "ready" : "no client";
			</script>
			</body>
			</html>
			""".getBytes(StandardCharsets.UTF_8);

	@GetMapping("/")
	ResponseEntity<byte[]> page() {
		return ResponseEntity.ok().header(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8").body(PAGE);
	}

}
