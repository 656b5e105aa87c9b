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

package io.github.springsocketio.autoconfigure.observation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Lets Micrometer's context propagation carry the MDC from the Reactor context to the
 * threads of reactive operators.
 */
final class MdcAccessor implements ThreadLocalAccessor<Map<String, String>> {

	private static final List<String> KEYS = List.of(SocketMdc.SOCKET, SocketMdc.NAMESPACE, SocketMdc.USER);

	static void register() {
		ContextRegistry.getInstance().registerThreadLocalAccessor(new MdcAccessor());
	}

	@Override
	public Object key() {
		return SocketMdc.KEY;
	}

	@Override
	public @Nullable Map<String, String> getValue() {
		Map<String, String> values = new LinkedHashMap<>();
		for (String key : KEYS) {
			String value = MDC.get(key);
			if (value != null) {
				values.put(key, value);
			}
		}
		return values.isEmpty() ? null : values;
	}

	@Override
	public void setValue(Map<String, String> values) {
		setValue();
		values.forEach(MDC::put);
	}

	@Override
	public void setValue() {
		KEYS.forEach(MDC::remove);
	}

}
