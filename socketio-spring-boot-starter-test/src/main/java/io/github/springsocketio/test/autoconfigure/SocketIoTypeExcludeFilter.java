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

package io.github.springsocketio.test.autoconfigure;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.springsocketio.autoconfigure.EngineOptionsCustomizer;
import io.github.springsocketio.autoconfigure.EngineWebOptionsCustomizer;
import io.github.springsocketio.autoconfigure.SocketIoOptionsCustomizer;
import io.github.springsocketio.engineio.web.AllowRequest;
import io.github.springsocketio.engineio.web.EngineFilter;
import io.github.springsocketio.engineio.web.HeadersListener;
import io.github.springsocketio.engineio.web.InitialHeadersListener;
import io.github.springsocketio.socketio.ErrorAckResolver;
import io.github.springsocketio.socketio.EventInterceptor;
import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.ReactorContextCustomizer;
import io.github.springsocketio.socketio.ThreadContext;
import io.github.springsocketio.socketio.annotation.HandlerArgumentResolver;
import io.github.springsocketio.socketio.annotation.HandlerMethodInterceptor;
import io.github.springsocketio.socketio.annotation.SocketIoController;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.server.WebFilter;

/**
 * Selects the components that a {@link SocketIoTest} scans.
 */
class SocketIoTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<SocketIoTest> {

	private static final Class<?>[] NO_CONTROLLERS = {};

	private static final String SECURITY = "org.springframework.security.web.server.SecurityWebFilterChain";

	private static final List<Class<?>> KNOWN = List.of(ControllerAdvice.class, NamespaceConfigurer.class,
			EventInterceptor.class, ReactorContextCustomizer.class, ErrorAckResolver.class, ThreadContext.class,
			HandlerArgumentResolver.class, HandlerMethodInterceptor.Factory.class, SocketIoOptionsCustomizer.class,
			EngineOptionsCustomizer.class, EngineWebOptionsCustomizer.class, AllowRequest.class, EngineFilter.class,
			HeadersListener.class, InitialHeadersListener.class, WebFilter.class);

	private final Class<?>[] controllers;

	SocketIoTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
		this.controllers = getAnnotation().getValue("controllers", Class[].class)
			.map((found) -> (Class<?>[]) found)
			.orElse(NO_CONTROLLERS);
	}

	@Override
	protected Set<Class<?>> getKnownIncludes() {
		Set<Class<?>> includes = new LinkedHashSet<>(KNOWN);
		ClassLoader loader = getClass().getClassLoader();
		if (ClassUtils.isPresent(SECURITY, loader)) {
			includes.add(ClassUtils.resolveClassName(SECURITY, loader));
		}
		if (this.controllers.length == 0) {
			includes.add(SocketIoController.class);
		}
		return includes;
	}

	@Override
	protected Set<Class<?>> getComponentIncludes() {
		return new LinkedHashSet<>(List.of(this.controllers));
	}

}
