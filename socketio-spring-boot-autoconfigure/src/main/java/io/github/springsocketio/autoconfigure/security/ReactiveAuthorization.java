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

package io.github.springsocketio.autoconfigure.security;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;

import io.github.springsocketio.socketio.annotation.HandlerMethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.aop.framework.Advised;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.authorization.method.MethodInvocationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.util.SimpleMethodInvocation;

/**
 * Authorizes the invocation of a method that does not return a publisher.
 *
 * @param target the proxy without reactive method security
 * @param advised contains the target of the proxy
 * @param method the method of the class
 * @param several whether the method returns several values, each of which is authorized
 * @param before the managers that authorize the invocation
 * @param after the managers that authorize the result, innermost first
 */
record ReactiveAuthorization(Object target, Advised advised, Method method, boolean several,
		List<ReactiveAuthorizationManager<MethodInvocation>> before,
		List<ReactiveAuthorizationManager<MethodInvocationResult>> after) implements HandlerMethodInterceptor {

	/** Used without an authentication, as by Spring Security's own interceptors. */
	private static final Authentication ANONYMOUS = new AnonymousAuthenticationToken("key", "anonymous",
			AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));

	private static final Mono<Authentication> AUTHENTICATION = ReactiveSecurityContextHolder.getContext()
		.mapNotNull(SecurityContext::getAuthentication)
		.defaultIfEmpty(ANONYMOUS);

	@Override
	public Publisher<?> intercept(@Nullable Object[] arguments, Publisher<?> invocation) {
		return this.several ? Flux.defer(() -> interceptSeveral(call(arguments), invocation))
				: Mono.defer(() -> interceptOne(call(arguments), invocation));
	}

	private Mono<Object> interceptOne(MethodInvocation call, Publisher<?> invocation) {
		Mono<Object> result = authorize(call).then(Mono.<Object>from(invocation));
		return this.after.isEmpty() ? result
				: result.map(Optional::of)
					.defaultIfEmpty(Optional.empty())
					.flatMap((value) -> authorizeResult(call, value));
	}

	private Flux<Object> interceptSeveral(MethodInvocation call, Publisher<?> invocation) {
		Flux<Object> result = authorize(call).thenMany(Flux.<Object>from(invocation));
		return this.after.isEmpty() ? result : result.concatMap((value) -> authorizeResult(call, Optional.of(value)));
	}

	private Mono<Void> authorize(MethodInvocation call) {
		return Flux.fromIterable(this.before)
			.concatMap((manager) -> verify(manager.authorize(AUTHENTICATION, call)))
			.then();
	}

	private Mono<Object> authorizeResult(MethodInvocation call, Optional<Object> value) {
		MethodInvocationResult result = new MethodInvocationResult(call, value.orElse(null));
		return Flux.fromIterable(this.after)
			.concatMap((manager) -> verify(manager.authorize(AUTHENTICATION, result)))
			.then(Mono.justOrEmpty(value));
	}

	private static Mono<Void> verify(Mono<AuthorizationResult> decision) {
		return decision.switchIfEmpty(Mono.error(() -> new AuthorizationDeniedException("Access Denied")))
			.flatMap((result) -> result.isGranted() ? Mono.empty()
					: Mono.error(new AuthorizationDeniedException("Access Denied", result)));
	}

	// Spring Security declares that arguments are not null
	@SuppressWarnings("NullAway")
	private MethodInvocation call(@Nullable Object[] arguments) {
		return new SimpleMethodInvocation(targetObject(), this.method, arguments);
	}

	private Object targetObject() {
		try {
			Object object = this.advised.getTargetSource().isStatic() ? this.advised.getTargetSource().getTarget()
					: null;
			return (object != null) ? object : this.target;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
