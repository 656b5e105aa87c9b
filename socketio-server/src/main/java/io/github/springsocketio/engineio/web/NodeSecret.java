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

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The shared secret of all nodes of a cluster. Creates signatures with HMAC-SHA256 over
 * the parts of a text, each preceded by its length.
 */
final class NodeSecret {

	private static final String ALGORITHM = "HmacSHA256";

	private final SecretKeySpec key;

	NodeSecret(String secret) {
		this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
	}

	String sign(String... parts) {
		StringBuilder text = new StringBuilder();
		for (String part : parts) {
			text.append(part.length()).append(':').append(part).append('\n');
		}
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			byte[] bytes = mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	boolean isValid(String signature, String... parts) {
		return MessageDigest.isEqual(signature.getBytes(StandardCharsets.UTF_8),
				sign(parts).getBytes(StandardCharsets.UTF_8));
	}

}
