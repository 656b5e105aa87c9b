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

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.github.springsocketio.socketio.annotation.HandlerMethodInterceptor;
import io.github.springsocketio.socketio.annotation.InvalidHandlerMethodException;
import org.aopalliance.aop.Advice;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import org.springframework.aop.Advisor;
import org.springframework.aop.PointcutAdvisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.authorization.method.AuthorizationAdvisor;
import org.springframework.security.authorization.method.AuthorizationManagerAfterReactiveMethodInterceptor;
import org.springframework.security.authorization.method.AuthorizationManagerBeforeReactiveMethodInterceptor;
import org.springframework.security.authorization.method.MethodInvocationResult;
import org.springframework.security.authorization.method.PostFilterAuthorizationReactiveMethodInterceptor;
import org.springframework.security.authorization.method.PreFilterAuthorizationReactiveMethodInterceptor;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Applies method security to handlers. The interceptors of reactive method security
 * refuse methods that do not return a publisher. For such methods, this class calls the
 * authorization managers of the interceptors itself, and invokes the method on a proxy
 * without these interceptors but with all other advice. Imperative method security uses
 * the security context of the thread.
 */
final class MethodSecurityInterceptorFactory implements HandlerMethodInterceptor.Factory {

	/** A package-private class in the configuration of Spring Security. */
	static final String DEFERRING = "org.springframework.security.config.annotation.method.configuration.DeferringMethodInterceptor";

	private static final String KOTLIN_FLOW = "kotlinx.coroutines.flow.Flow";

	private static final String DELEGATE = "delegate";

	private static final String MANAGER = "authorizationManager";

	private final SecurityThreadContext threadContext;

	MethodSecurityInterceptorFactory(SecurityThreadContext threadContext) {
		this.threadContext = threadContext;
	}

	@Override
	public @Nullable HandlerMethodInterceptor create(Object bean, Method method, boolean reactive) {
		if (!(bean instanceof Advised advised)) {
			return null;
		}
		Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
		Method declared = AopUtils.getMostSpecificMethod(method, type);
		List<Advisor> security = new ArrayList<>();
		for (Advisor advisor : advised.getAdvisors()) {
			if (advisor.getAdvice() instanceof AuthorizationAdvisor && advisor instanceof PointcutAdvisor candidate
					&& AopUtils.canApply(candidate.getPointcut(), type)
					&& candidate.getPointcut().getMethodMatcher().matches(declared, type)) {
				security.add(advisor);
			}
		}
		if (security.isEmpty()) {
			return null;
		}
		boolean imperative = security.stream().noneMatch(MethodSecurityInterceptorFactory::isReactive);
		if (imperative) {
			// the security context is already set for blocking code
			return reactive ? new ImperativeInterceptor(bean, this.threadContext) : null;
		}
		if (isAccepted(method)) {
			return null;
		}
		return reactiveInterceptor(advised, type, declared, security);
	}

	/**
	 * Return whether Spring Security itself authorizes methods with this return type.
	 */
	private static boolean isAccepted(Method method) {
		return Publisher.class.isAssignableFrom(method.getReturnType()) || KotlinDetector.isSuspendingFunction(method)
				|| method.getReturnType().getName().equals(KOTLIN_FLOW);
	}

	private static boolean isReactive(Advisor advisor) {
		Advice advice = advice(advisor);
		return advice instanceof AuthorizationManagerBeforeReactiveMethodInterceptor
				|| advice instanceof AuthorizationManagerAfterReactiveMethodInterceptor || isFilter(advice);
	}

	private static boolean isFilter(Advice advice) {
		return advice instanceof PreFilterAuthorizationReactiveMethodInterceptor
				|| advice instanceof PostFilterAuthorizationReactiveMethodInterceptor;
	}

	/**
	 * Return the interceptor, unwrapped from the deferring one of Spring Security's
	 * configuration.
	 */
	private static Advice advice(Advisor advisor) {
		Advice advice = advisor.getAdvice();
		if (advice.getClass().getName().equals(DEFERRING) && field(advice, DELEGATE) instanceof Supplier<?> supplier
				&& supplier.get() instanceof Advice delegate) {
			return delegate;
		}
		return advice;
	}

	private static @Nullable Object field(Object object, String name) {
		Field field = ReflectionUtils.findField(object.getClass(), name);
		if (field == null) {
			return null;
		}
		ReflectionUtils.makeAccessible(field);
		return ReflectionUtils.getField(field, object);
	}

	private static HandlerMethodInterceptor reactiveInterceptor(Advised advised, Class<?> type, Method method,
			List<Advisor> security) {
		List<ReactiveAuthorizationManager<MethodInvocation>> before = new ArrayList<>();
		List<ReactiveAuthorizationManager<MethodInvocationResult>> after = new ArrayList<>();
		for (Advisor advisor : security) {
			Advice advice = advice(advisor);
			if (isFilter(advice)) {
				throw new InvalidHandlerMethodException(
						"@PreFilter and @PostFilter need a method that returns a publisher: "
								+ InvalidHandlerMethodException.describe(method),
						"Return a Mono, or filter in the method.");
			}
			if (advice instanceof AuthorizationManagerBeforeReactiveMethodInterceptor) {
				before.add(manager(advice));
			}
			else if (advice instanceof AuthorizationManagerAfterReactiveMethodInterceptor) {
				after.add(0, manager(advice));
			}
		}
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(method.getReturnType());
		boolean several = adapter != null && adapter.isMultiValue();
		return new ReactiveAuthorization(withoutReactiveSecurity(advised, type), advised, method, several, before,
				after);
	}

	/**
	 * Return the authorization manager of an interceptor, which has no getter.
	 */
	@SuppressWarnings("unchecked")
	private static <T> ReactiveAuthorizationManager<T> manager(Advice advice) {
		Object manager = field(advice, MANAGER);
		if (!(manager instanceof ReactiveAuthorizationManager<?> found)) {
			throw new InvalidHandlerMethodException(
					"The authorization manager of " + advice.getClass().getName() + " is not known",
					"Let the secured handler return a Mono, which Spring Security authorizes itself.");
		}
		return (ReactiveAuthorizationManager<T>) found;
	}

	private static Object withoutReactiveSecurity(Advised advised, Class<?> type) {
		ProxyFactory factory = new ProxyFactory();
		factory.setTargetSource(advised.getTargetSource());
		factory.setInterfaces(advised.getProxiedInterfaces());
		factory.setProxyTargetClass(advised.isProxyTargetClass());
		factory.setExposeProxy(advised.isExposeProxy());
		for (Advisor advisor : advised.getAdvisors()) {
			if (!isReactive(advisor)) {
				factory.addAdvisor(advisor);
			}
		}
		ClassLoader loader = type.getClassLoader();
		return factory.getProxy((loader != null) ? loader : ClassUtils.getDefaultClassLoader());
	}

}
