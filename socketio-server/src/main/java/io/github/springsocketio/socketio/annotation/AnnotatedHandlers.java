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

package io.github.springsocketio.socketio.annotation;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.springsocketio.socketio.NamespaceConfigurer;
import io.github.springsocketio.socketio.NamespaceRegistration;
import io.github.springsocketio.socketio.SocketIoServer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.util.Assert;
import org.springframework.web.method.ControllerAdviceBean;

/**
 * Registers the methods of the {@link SocketIoController} beans of an application
 * context, as they are after proxying, as handlers.
 *
 * @since 0.1.0
 */
public final class AnnotatedHandlers implements NamespaceConfigurer {

	private static final Log logger = LogFactory.getLog(AnnotatedHandlers.class);

	private static final String SCOPED_TARGET = "scopedTarget.";

	private final ApplicationContext context;

	/**
	 * Create a configurer.
	 * @param context holds the controllers, advice, {@link HandlerArgumentResolver} and
	 * {@link HandlerMethodInterceptor.Factory} beans
	 */
	public AnnotatedHandlers(ApplicationContext context) {
		Assert.notNull(context, "'context' must not be null");
		this.context = context;
	}

	/**
	 * Register the methods of all controllers.
	 * @throws InvalidHandlerMethodException if one of them cannot be called
	 */
	@Override
	public void configure(SocketIoServer io) {
		List<Object> controllers = controllers();
		if (!controllers.isEmpty()) {
			Registrar registrar = new Registrar(io);
			controllers.forEach(registrar::register);
		}
	}

	private List<Object> controllers() {
		return Arrays.stream(this.context.getBeanNamesForAnnotation(SocketIoController.class))
			.filter((name) -> !name.startsWith(SCOPED_TARGET))
			.map(this.context::getBean)
			.sorted(AnnotationAwareOrderComparator.INSTANCE)
			.toList();
	}

	private ConversionService conversion() {
		ConversionService own = (this.context
			.getAutowireCapableBeanFactory() instanceof ConfigurableBeanFactory factory)
					? factory.getConversionService() : null;
		return (own != null) ? own : DefaultConversionService.getSharedInstance();
	}

	/**
	 * Registers controllers for one server.
	 */
	private final class Registrar {

		private final SocketIoServer io;

		private final HandlerParameters parameters;

		private final List<HandlerMethodInterceptor.Factory> interceptors;

		private final List<ControllerAdviceBean> advice;

		private final Map<String, NamespaceRegistration<?>> families = new HashMap<>();

		/** The methods by namespace and event. */
		private final Map<String, Method> events = new HashMap<>();

		private Registrar(SocketIoServer io) {
			this.io = io;
			ApplicationContext beans = AnnotatedHandlers.this.context;
			this.parameters = new HandlerParameters(io, new HandshakeParameters(conversion()),
					beans.getBeanProvider(HandlerArgumentResolver.class).orderedStream().toList());
			this.interceptors = beans.getBeanProvider(HandlerMethodInterceptor.Factory.class).orderedStream().toList();
			this.advice = ControllerAdviceBean.findAnnotatedBeans(beans);
		}

		private void register(Object bean) {
			Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
			SocketIoController controller = AnnotatedElementUtils.findMergedAnnotation(type, SocketIoController.class);
			Assert.state(controller != null, () -> "No controller: " + type.getName());
			NamespaceTemplate namespace = NamespaceTemplate.of(controller.namespace());
			HandlerRegistrations registrations = new HandlerRegistrations(registration(namespace), controller.order(),
					exceptionHandlers(bean, type, namespace));
			methods(type).forEach((method, kind) -> register(registrations, namespace, bean, type, method, kind));
		}

		private NamespaceRegistration<?> registration(NamespaceTemplate namespace) {
			Pattern pattern = namespace.pattern();
			return (pattern != null)
					? this.families.computeIfAbsent(namespace.toString(), (name) -> this.io.of(pattern))
					: this.io.of(namespace.toString());
		}

		private void register(HandlerRegistrations registrations, NamespaceTemplate namespace, Object bean,
				Class<?> type, Method method, HandlerKind kind) {
			Emits emits = AnnotatedElementUtils.findMergedAnnotation(method, Emits.class);
			String emitted = (emits != null) ? emits.value() : null;
			HandlerMethod handler = handler(bean, type, method, kind, namespace, emitted);
			switch (kind) {
				case CONNECT -> registrations.onConnect(handler);
				case CONNECTED -> registrations.onConnected(handler, annotation(method, OnConnected.class).order());
				case DISCONNECT -> registrations.onDisconnect(handler);
				case EVENT -> {
					OnEvent annotation = annotation(method, OnEvent.class);
					String event = annotation.value().isEmpty() ? HandlerSignature.of(method).name()
							: annotation.value();
					checkUnique(namespace, event, method);
					try {
						registrations.onEvent(event, handler, annotation.order(), emitted);
					}
					catch (IllegalArgumentException ex) {
						throw new InvalidHandlerMethodException(
								ex.getMessage() + ": " + InvalidHandlerMethodException.describe(method),
								"Use @OnConnect, @OnConnected or @OnDisconnect, or another name.");
					}
					log(namespace, "event " + event, method);
					return;
				}
				default -> {
					return;
				}
			}
			log(namespace, kind.toString(), method);
		}

		private static void log(NamespaceTemplate namespace, String what, Method method) {
			if (logger.isDebugEnabled()) {
				logger.debug(
						"Namespace " + namespace + ", " + what + ": " + InvalidHandlerMethodException.describe(method));
			}
		}

		private static <A extends Annotation> A annotation(Method method, Class<A> type) {
			A annotation = AnnotatedElementUtils.findMergedAnnotation(method, type);
			Assert.state(annotation != null, "No annotation");
			return annotation;
		}

		private void checkUnique(NamespaceTemplate namespace, String event, Method method) {
			Method other = this.events.putIfAbsent(namespace + "\n" + event, method);
			if (other != null) {
				throw new InvalidHandlerMethodException(
						"Two methods handle the event '" + event + "' of namespace " + namespace + ": "
								+ InvalidHandlerMethodException.describe(other) + " and "
								+ InvalidHandlerMethodException.describe(method),
						"Give one of them another event, or let one method call both.");
			}
		}

		private HandlerMethod handler(Object bean, Class<?> type, Method method, HandlerKind kind,
				NamespaceTemplate namespace, @Nullable String emits) {
			HandlerSignature signature = HandlerSignature.of(method);
			ReturnType returnType = ReturnType.of(method);
			HandlerRegistrations.checkResult(method, kind, returnType, emits);
			HandlerArguments arguments = this.parameters.resolve(signature, type, kind, namespace);
			Method invocable = invocable(bean, method);
			HandlerMethodInterceptor interceptor = null;
			for (HandlerMethodInterceptor.Factory factory : this.interceptors) {
				HandlerMethodInterceptor created = factory.create((interceptor != null) ? interceptor.target() : bean,
						invocable, !returnType.isBlocking());
				if (created != null) {
					interceptor = (interceptor != null) ? new Chained(interceptor, created) : created;
				}
			}
			return new HandlerMethod(this.io, bean, invocable, signature.invoker(invocable), arguments, returnType,
					interceptor);
		}

		private static Method invocable(Object bean, Method method) {
			if (Modifier.isStatic(method.getModifiers())) {
				throw new InvalidHandlerMethodException(
						"A handler must not be static: " + InvalidHandlerMethodException.describe(method),
						"Remove the modifier.");
			}
			try {
				return AopUtils.selectInvocableMethod(method, bean.getClass());
			}
			catch (IllegalStateException ex) {
				throw new InvalidHandlerMethodException(
						"The method cannot be called on the proxy of its bean: "
								+ InvalidHandlerMethodException.describe(method),
						"Make it public or package-private, and proxy the class and not its interfaces "
								+ "(proxyTargetClass = true).");
			}
		}

		private ExceptionHandlers exceptionHandlers(Object bean, Class<?> type, NamespaceTemplate namespace) {
			ExceptionHandlers handlers = new ExceptionHandlers();
			handlers.add(exceptionMethods(bean, type, namespace));
			for (ControllerAdviceBean candidate : this.advice) {
				Class<?> adviceType = candidate.getBeanType();
				if (adviceType != null && candidate.isApplicableToBeanType(type)
						&& methods(adviceType).containsValue(HandlerKind.EXCEPTION)) {
					handlers.add(exceptionMethods(candidate.resolveBean(), adviceType, namespace));
				}
			}
			return handlers;
		}

		private Map<Class<? extends Throwable>, HandlerMethod> exceptionMethods(Object bean, Class<?> type,
				NamespaceTemplate namespace) {
			Map<Class<? extends Throwable>, HandlerMethod> result = new LinkedHashMap<>();
			Map<Class<? extends Throwable>, Method> seen = new HashMap<>();
			methods(type).forEach((method, kind) -> {
				if (kind == HandlerKind.EXCEPTION) {
					HandlerMethod handler = handler(bean, type, method, kind, namespace, null);
					for (Class<? extends Throwable> exception : exceptions(method)) {
						Method other = seen.putIfAbsent(exception, method);
						if (other != null) {
							throw new InvalidHandlerMethodException(
									"Two methods handle " + exception.getName() + ": "
											+ InvalidHandlerMethodException.describe(other) + " and "
											+ InvalidHandlerMethodException.describe(method),
									"Give one of them another type.");
						}
						result.put(exception, handler);
					}
				}
			});
			return result;
		}

		private static List<Class<? extends Throwable>> exceptions(Method method) {
			List<Class<? extends Throwable>> types = new ArrayList<>(
					Arrays.asList(annotation(method, SocketIoExceptionHandler.class).value()));
			if (types.isEmpty()) {
				for (Class<?> parameter : method.getParameterTypes()) {
					if (Throwable.class.isAssignableFrom(parameter)) {
						types.add(parameter.asSubclass(Throwable.class));
					}
				}
			}
			if (types.isEmpty()) {
				throw new InvalidHandlerMethodException(
						"No exception is named: " + InvalidHandlerMethodException.describe(method),
						"Add a parameter with the exception, or name its type in @SocketIoExceptionHandler.");
			}
			for (Class<?> parameter : method.getParameterTypes()) {
				if (Throwable.class.isAssignableFrom(parameter)
						&& !types.stream().allMatch(parameter::isAssignableFrom)) {
					throw new InvalidHandlerMethodException(
							"A parameter of type " + parameter.getName() + " cannot receive every exception of: "
									+ InvalidHandlerMethodException.describe(method),
							"Declare the parameter with a common supertype of all exceptions in @SocketIoExceptionHandler.");
				}
			}
			return types;
		}

		private static Map<Method, HandlerKind> methods(Class<?> type) {
			Map<Method, HandlerKind> found = MethodIntrospector.selectMethods(type,
					(MethodIntrospector.MetadataLookup<HandlerKind>) Registrar::kind);
			Map<Method, HandlerKind> sorted = new LinkedHashMap<>();
			found.entrySet()
				.stream()
				.sorted(Comparator.comparing((entry) -> InvalidHandlerMethodException.describe(entry.getKey())))
				.forEach((entry) -> sorted.put(entry.getKey(), entry.getValue()));
			return sorted;
		}

		private static @Nullable HandlerKind kind(Method method) {
			HandlerKind found = null;
			for (HandlerKind kind : HandlerKind.values()) {
				if (AnnotatedElementUtils.hasAnnotation(method, kind.annotation())) {
					if (found != null) {
						throw new InvalidHandlerMethodException("A method has both " + found + " and " + kind + ": "
								+ InvalidHandlerMethodException.describe(method), "Remove one of them.");
					}
					found = kind;
				}
			}
			return found;
		}

	}

	/**
	 * Two interceptors around a method.
	 *
	 * @param outer the first one
	 * @param inner the second one
	 */
	private record Chained(HandlerMethodInterceptor outer,
			HandlerMethodInterceptor inner) implements HandlerMethodInterceptor {

		@Override
		public Object target() {
			return this.inner.target();
		}

		@Override
		public Publisher<?> intercept(@Nullable Object[] arguments, Publisher<?> invocation) {
			return this.outer.intercept(arguments, this.inner.intercept(arguments, invocation));
		}

	}

}
