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

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The meter {@code socketio.admin.logins}.
 */
final class AdminMetrics implements MeterBinder {

	private final AdminLogin login;

	AdminMetrics(AdminLogin login) {
		this.login = login;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		count(registry, "success", AdminLogin::succeeded);
		count(registry, "failure", AdminLogin::failed);
		count(registry, "refused", AdminLogin::refused);
	}

	private void count(MeterRegistry registry, String outcome, ToDoubleFunction<AdminLogin> number) {
		FunctionCounter.builder("socketio.admin.logins", this.login, number)
			.tag("outcome", outcome)
			.description("Logins to the Admin UI; refused ones were not tried, because too many had failed")
			.register(registry);
	}

}
