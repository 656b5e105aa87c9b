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

package io.github.springsocketio.autoconfigure;

import io.github.springsocketio.socketio.packet.ParserOptions;

import org.springframework.util.unit.DataSize;

/**
 * Creates the options of the parser from properties. The defaults of some limits depend
 * on the maximum size of a message.
 */
final class ParserOptionsFactory {

	private ParserOptionsFactory() {
	}

	static ParserOptions create(SocketIoProperties.Parser properties, int maxHttpBufferSize) {
		ParserOptions.Builder builder = ParserOptions.builder();
		PropertyToOption.set("parser.max-attachments", properties.getMaxAttachments(), builder::maxAttachments);
		PropertyToOption.set("parser.max-depth", properties.getMaxDepth(), builder::maxDepth);
		PropertyToOption.set("parser.max-arguments", properties.getMaxArguments(), builder::maxArguments);
		PropertyToOption.set("parser.max-number-length", properties.getMaxNumberLength(), builder::maxNumberLength);
		PropertyToOption.set("parser.max-name-length", properties.getMaxNameLength(), builder::maxNameLength);
		PropertyToOption.set("parser.max-namespace-length", properties.getMaxNamespaceLength(),
				builder::maxNamespaceLength);
		builder.maxStringLength(maxHttpBufferSize);
		PropertyToOption.set("parser.max-string-length", properties.getMaxStringLength(), builder::maxStringLength);
		builder.maxMessageBytes((int) Math.min(Integer.MAX_VALUE, maxHttpBufferSize * 10L));
		DataSize maxMessageBytes = properties.getMaxMessageBytes();
		if (maxMessageBytes != null) {
			PropertyToOption.setBytes("parser.max-message-bytes", maxMessageBytes, builder::maxMessageBytes);
		}
		return builder.build();
	}

}
