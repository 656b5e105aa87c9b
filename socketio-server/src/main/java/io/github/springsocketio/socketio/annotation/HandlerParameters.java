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
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.springsocketio.engineio.EngineSession;
import io.github.springsocketio.socketio.AckError;
import io.github.springsocketio.socketio.AckErrorException;
import io.github.springsocketio.socketio.DisconnectReason;
import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.Handshake;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.annotation.ResolvedParameter.Absence;
import io.github.springsocketio.socketio.packet.ArgumentConversionException;
import io.github.springsocketio.socketio.packet.Arguments;
import io.github.springsocketio.socketio.packet.MissingArgumentException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

/**
 * Finds the source of the argument for each parameter of a method: by annotation, by
 * type, by the resolvers of the application, and finally by position among the arguments
 * of the event.
 */
final class HandlerParameters {

	private static final Object[] NO_HINTS = {};

	private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

	private static final Map<Class<?>, Function<HandlerInvocation, @Nullable Object>> TYPES = types();

	private final SocketIoServer io;

	private final HandshakeParameters handshakes;

	private final List<HandlerArgumentResolver> resolvers;

	HandlerParameters(SocketIoServer io, HandshakeParameters handshakes, List<HandlerArgumentResolver> resolvers) {
		this.io = io;
		this.handshakes = handshakes;
		this.resolvers = resolvers;
	}

	private static Map<Class<?>, Function<HandlerInvocation, @Nullable Object>> types() {
		Map<Class<?>, Function<HandlerInvocation, @Nullable Object>> types = new HashMap<>();
		types.put(Socket.class, HandlerInvocation::socket);
		types.put(Namespace.class, (invocation) -> invocation.socket().namespace());
		types.put(SocketIoServer.class, (invocation) -> invocation.socket().namespace().server());
		types.put(Handshake.class, (invocation) -> invocation.socket().handshake());
		types.put(EngineSession.class, (invocation) -> invocation.socket().conn());
		types.put(Locale.class, HandshakeParameters::locale);
		types.put(Event.class, HandlerInvocation::event);
		types.put(Arguments.class, HandlerInvocation::event);
		types.put(DisconnectReason.class, HandlerInvocation::reason);
		return types;
	}

	/**
	 * Find the sources of the arguments of a method.
	 * @throws InvalidHandlerMethodException if there is none for a parameter
	 */
	HandlerArguments resolve(HandlerSignature signature, Class<?> type, HandlerKind kind, NamespaceTemplate namespace) {
		List<ArgumentSource> sources = new ArrayList<>();
		int position = 0;
		for (int i = 0; i < signature.parameterCount(); i++) {
			MethodParameter parameter = new MethodParameter(signature.method(), i).withContainingClass(type);
			parameter.initParameterNameDiscovery(NAMES);
			ArgumentSource source = find(parameter, kind, namespace);
			if (source == null) {
				int index = position++;
				source = signature.boxed(i, payload(parameter, signature, kind, index),
						(ex) -> new ArgumentConversionException(index, ex));
			}
			else if (!(source instanceof ResolvedParameter)) {
				source = signature.boxed(i, source, (ex) -> HandshakeParameters.invalid(parameter));
			}
			sources.add(source);
		}
		return new HandlerArguments(sources);
	}

	private @Nullable ArgumentSource find(MethodParameter parameter, HandlerKind kind, NamespaceTemplate namespace) {
		ArgumentSource source = byAnnotation(parameter, namespace);
		if (source == null) {
			source = byType(parameter, kind);
		}
		if (source == null) {
			source = byResolver(parameter);
		}
		return (source != null) ? source : byPrincipal(parameter);
	}

	private @Nullable ArgumentSource byAnnotation(MethodParameter parameter, NamespaceTemplate namespace) {
		AuthPayload auth = parameter.getParameterAnnotation(AuthPayload.class);
		if (auth != null) {
			return authPayload(parameter, auth.value());
		}
		SocketData data = parameter.getParameterAnnotation(SocketData.class);
		if (data != null) {
			String name = name(parameter, data.value());
			return required(parameter, (invocation) -> invocation.socket().data().get(name),
					() -> missing("Value '" + name + "' of the socket"));
		}
		NamespaceVariable variable = parameter.getParameterAnnotation(NamespaceVariable.class);
		if (variable != null) {
			return namespaceVariable(parameter, name(parameter, variable.value()), namespace);
		}
		return this.handshakes.find(parameter);
	}

	private ArgumentSource authPayload(MethodParameter parameter, String property) {
		MethodParameter value = parameter.nestedIfOptional();
		Class<?> type = value.getNestedParameterType();
		Object[] hints = hints(parameter);
		return required(parameter, (invocation) -> {
			Handshake handshake = invocation.socket().handshake();
			Object payload = property.isEmpty() ? whole(handshake, type, value)
					: this.handshakes.convert(handshake.auth().get(property), value);
			if (payload != null && hints != null) {
				this.io.validate(-1, payload, hints);
			}
			return payload;
		}, () -> missing(property.isEmpty() ? "The auth payload" : "'" + property + "' of the auth payload"));
	}

	private static @Nullable Object whole(Handshake handshake, Class<?> type, MethodParameter parameter) {
		if (handshake.auth().isEmpty() && parameter.isOptional()) {
			return null;
		}
		return (type == Map.class) ? handshake.auth() : handshake.auth(type);
	}

	private ArgumentSource namespaceVariable(MethodParameter parameter, String name, NamespaceTemplate namespace) {
		if (!namespace.hasVariable(name)) {
			throw invalid(parameter, "The namespace " + namespace + " has no variable '" + name + "'",
					"Name a variable of the namespace, such as in \"/tenant-{tenant}\".");
		}
		MethodParameter value = parameter.nestedIfOptional();
		return required(parameter,
				(invocation) -> this.handshakes.convert(namespace.variable(invocation.socket().nsp(), name), value),
				() -> missing("Variable '" + name + "' of the namespace"));
	}

	private @Nullable ArgumentSource byType(MethodParameter parameter, HandlerKind kind) {
		Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
		if (Throwable.class.isAssignableFrom(type)) {
			if (kind != HandlerKind.EXCEPTION) {
				throw invalid(parameter, "A method with " + kind + " has no exception", "Remove the parameter.");
			}
			return HandlerInvocation::exception;
		}
		if ((type == Event.class || type == Arguments.class) && !kind.hasEvent()) {
			throw invalid(parameter, "A method with " + kind + " has no event", "Remove the parameter.");
		}
		if (type == DisconnectReason.class && kind != HandlerKind.DISCONNECT) {
			throw invalid(parameter, "A method with " + kind + " has no reason of a disconnection",
					"Remove the parameter.");
		}
		Function<HandlerInvocation, @Nullable Object> known = TYPES.get(type);
		if (known != null) {
			return required(parameter, known, () -> missing(type.getSimpleName()));
		}
		if (type == Principal.class) {
			return required(parameter, (invocation) -> invocation.socket().handshake().principal(),
					() -> new AckErrorException(AckError.UNAUTHENTICATED, "Not authenticated"));
		}
		return this.handshakes.byType(parameter, type);
	}

	private @Nullable ArgumentSource byResolver(MethodParameter parameter) {
		for (HandlerArgumentResolver resolver : this.resolvers) {
			MethodParameter value = parameter.nestedIfOptional();
			if (resolver.supportsParameter(value)) {
				return new ResolvedParameter(value, Absence.of(parameter),
						(invocation) -> resolver.resolveArgument(value, invocation));
			}
		}
		return null;
	}

	/**
	 * Return the source for a type of principals, which clients must not choose.
	 */
	private static @Nullable ArgumentSource byPrincipal(MethodParameter parameter) {
		Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
		if (!Principal.class.isAssignableFrom(type)) {
			return null;
		}
		Absence absence = Absence.of(parameter);
		return (invocation) -> {
			Principal principal = invocation.socket().handshake().principal();
			return absence.apply(type.isInstance(principal) ? principal : null,
					() -> (principal != null) ? new AckErrorException(AckError.ACCESS_DENIED, "Access denied")
							: new AckErrorException(AckError.UNAUTHENTICATED, "Not authenticated"));
		};
	}

	private ArgumentSource payload(MethodParameter parameter, HandlerSignature signature, HandlerKind kind,
			int position) {
		if (!kind.hasEvent()) {
			Class<?> attribute = parameter.nestedIfOptional().getNestedParameterType();
			if (!isSimple(attribute)) {
				return required(parameter, (invocation) -> invocation.socket().handshake().attribute(attribute),
						() -> missing(attribute.getSimpleName()));
			}
			throw invalid(parameter, "A method with " + kind + " has no arguments of an event",
					"Annotate the parameter, such as with @AuthPayload or @SocketData, or define a "
							+ HandlerArgumentResolver.class.getSimpleName() + " bean for it.");
		}
		Object[] hints = hints(parameter);
		if (signature.isVarArgs(parameter.getParameterIndex())) {
			return rest(parameter, position, hints);
		}
		Type type = signature.decodedType(parameter.getParameterIndex(), parameter.nestedIfOptional());
		return one(Absence.of(parameter), boxed(type), position, hints);
	}

	private static Type boxed(Type type) {
		return (type instanceof Class<?> known && known.isPrimitive()) ? ClassUtils.resolvePrimitiveIfNecessary(known)
				: type;
	}

	private ArgumentSource one(Absence absence, Type type, int position, Object @Nullable [] hints) {
		Class<?> known = (type instanceof Class<?> raw) ? raw : null;
		Supplier<RuntimeException> missing = () -> new MissingArgumentException(position);
		return (invocation) -> {
			Arguments event = event(invocation);
			Object value = (known != null) ? event.get(position, known) : event.get(position, type);
			if (value != null && hints != null) {
				this.io.validate(position, value, hints);
			}
			return absence.apply(value, missing);
		};
	}

	private ArgumentSource rest(MethodParameter parameter, int position, Object @Nullable [] hints) {
		ResolvableType array = ResolvableType.forMethodParameter(parameter);
		Type type = array.getComponentType().getType();
		Class<?> component = array.getComponentType().resolve(Object.class);
		return (invocation) -> {
			Arguments event = event(invocation);
			int count = Math.max(0, event.size() - position);
			Object values = Array.newInstance(component, count);
			for (int i = 0; i < count; i++) {
				Object value = event.get(position + i, type);
				if (value == null && component.isPrimitive()) {
					throw new MissingArgumentException(position + i);
				}
				if (value != null && hints != null) {
					this.io.validate(position + i, value, hints);
				}
				Array.set(values, i, value);
			}
			return values;
		};
	}

	private static Arguments event(HandlerInvocation invocation) {
		Event event = invocation.event();
		if (event == null) {
			throw new IllegalStateException("There is no event");
		}
		return event;
	}

	private static Object @Nullable [] hints(MethodParameter parameter) {
		for (Annotation annotation : parameter.getParameterAnnotations()) {
			Object[] hints = ValidationAnnotationUtils.determineValidationHints(annotation);
			if (hints != null) {
				return (hints.length != 0) ? hints : NO_HINTS;
			}
		}
		return null;
	}

	/**
	 * Return a source whose value is required unless the parameter may be missing.
	 */
	static ArgumentSource required(MethodParameter parameter, Function<HandlerInvocation, @Nullable Object> source,
			Supplier<RuntimeException> error) {
		Absence absence = Absence.of(parameter);
		return (invocation) -> absence.apply(source.apply(invocation), error);
	}

	static AckErrorException missing(String what) {
		return new AckErrorException(AckError.MISSING_ARGUMENT, what + " is missing");
	}

	/**
	 * Return the name that an annotation defines, or that of the parameter.
	 */
	static String name(MethodParameter parameter, String value) {
		String name = value.isEmpty() ? parameter.getParameterName() : value;
		if (name == null) {
			throw invalid(parameter, "The name of the parameter is not known",
					"Compile with '-parameters', or name it in the annotation.");
		}
		return name;
	}

	static InvalidHandlerMethodException invalid(MethodParameter parameter, String description, String action) {
		Method method = parameter.getMethod();
		String where = (method != null) ? InvalidHandlerMethodException.describe(method) : "the method";
		return new InvalidHandlerMethodException(
				description + ": parameter " + parameter.getParameterIndex() + " of " + where, action);
	}

	/**
	 * Return whether a type is one of a single value, such as a number or a string.
	 */
	static boolean isSimple(Class<?> type) {
		return BeanUtils.isSimpleValueType(type) || type.isArray() || type == Object.class;
	}

}
