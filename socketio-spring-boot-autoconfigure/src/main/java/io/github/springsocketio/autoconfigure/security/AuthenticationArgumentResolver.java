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

import java.lang.annotation.Annotation;

import io.github.springsocketio.socketio.annotation.HandlerArgumentResolver;
import io.github.springsocketio.socketio.annotation.HandlerInvocation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.expression.Expression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.annotation.CurrentSecurityContext;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Resolves {@link Authentication}, {@link AuthenticationPrincipal} and
 * {@link CurrentSecurityContext} parameters of annotated handlers from the reactive
 * security context.
 */
final class AuthenticationArgumentResolver implements HandlerArgumentResolver, Ordered {

	private final SpelExpressionParser parser = new SpelExpressionParser();

	private final BeanFactoryResolver beans;

	AuthenticationArgumentResolver(BeanFactory beanFactory) {
		this.beans = new BeanFactoryResolver(beanFactory);
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return Authentication.class.isAssignableFrom(parameter.getNestedParameterType())
				|| SecurityContext.class.isAssignableFrom(parameter.getNestedParameterType())
				|| find(parameter, AuthenticationPrincipal.class) != null
				|| find(parameter, CurrentSecurityContext.class) != null;
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, HandlerInvocation invocation) {
		return ReactiveSecurityContextHolder.getContext()
			.flatMap((context) -> Mono.justOrEmpty(resolve(parameter, context)))
			.switchIfEmpty(Mono.defer(() -> absent(parameter)));
	}

	/**
	 * Refuse an invocation without authentication, unless the parameter may be missing.
	 */
	private static Mono<Object> absent(MethodParameter parameter) {
		boolean required = !parameter.isOptional() && parameter.getNestingLevel() == 1;
		return required ? Mono.error(new AuthenticationCredentialsNotFoundException("Not authenticated"))
				: Mono.empty();
	}

	private @Nullable Object resolve(MethodParameter parameter, SecurityContext context) {
		AuthenticationPrincipal principal = find(parameter, AuthenticationPrincipal.class);
		CurrentSecurityContext current = find(parameter, CurrentSecurityContext.class);
		Authentication authentication = context.getAuthentication();
		if (principal != null) {
			Object value = (authentication != null) ? authentication.getPrincipal() : null;
			return checked(parameter, evaluate(principal.expression(), value), principal.errorOnInvalidType());
		}
		if (current != null) {
			return checked(parameter, evaluate(current.expression(), context), current.errorOnInvalidType());
		}
		boolean whole = SecurityContext.class.isAssignableFrom(parameter.getNestedParameterType());
		return checked(parameter, whole ? context : authentication, false);
	}

	private @Nullable Object evaluate(String expression, @Nullable Object root) {
		if (root == null || !StringUtils.hasLength(expression)) {
			return root;
		}
		StandardEvaluationContext context = new StandardEvaluationContext(root);
		context.setVariable("this", root);
		context.setBeanResolver(this.beans);
		Expression parsed = this.parser.parseExpression(expression);
		return parsed.getValue(context);
	}

	private static @Nullable Object checked(MethodParameter parameter, @Nullable Object value, boolean failing) {
		if (value == null || ClassUtils.isAssignableValue(parameter.getNestedParameterType(), value)) {
			return value;
		}
		if (failing) {
			throw new ClassCastException(
					value.getClass().getName() + " is not a " + parameter.getNestedParameterType().getName());
		}
		return null;
	}

	private static <A extends Annotation> @Nullable A find(MethodParameter parameter, Class<A> type) {
		A direct = parameter.getParameterAnnotation(type);
		if (direct != null) {
			return direct;
		}
		for (Annotation annotation : parameter.getParameterAnnotations()) {
			A found = AnnotatedElementUtils.findMergedAnnotation(annotation.annotationType(), type);
			if (found != null) {
				return AnnotationUtils.synthesizeAnnotation(found, annotation.annotationType());
			}
		}
		return null;
	}

}
