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

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import io.github.springsocketio.engineio.web.Cookies;
import io.github.springsocketio.socketio.AckError;
import io.github.springsocketio.socketio.AckErrorException;
import io.github.springsocketio.socketio.annotation.ResolvedParameter.Absence;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.server.WebSession;

/**
 * Finds the source of the argument for parameters that come from the handshake request.
 */
final class HandshakeParameters {

	private final ConversionService conversion;

	HandshakeParameters(ConversionService conversion) {
		this.conversion = conversion;
	}

	/**
	 * Return the source for an annotated parameter, or {@code null} if it has none of the
	 * annotations.
	 */
	@Nullable ArgumentSource find(MethodParameter parameter) {
		CookieValue cookie = parameter.getParameterAnnotation(CookieValue.class);
		if (cookie != null) {
			String name = HandlerParameters.name(parameter, cookie.value());
			return text(parameter, "Cookie '" + name + "'", cookie.defaultValue(), cookie.required(),
					(invocation) -> Cookies.parse(invocation.socket().handshake().header("cookie")).get(name));
		}
		RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
		if (header != null) {
			String name = HandlerParameters.name(parameter, header.value());
			return text(parameter, "Header '" + name + "'", header.defaultValue(), header.required(),
					(invocation) -> invocation.socket().handshake().header(name));
		}
		RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
		if (query != null) {
			String name = HandlerParameters.name(parameter, query.value());
			return text(parameter, "Query parameter '" + name + "'", query.defaultValue(), query.required(),
					(invocation) -> invocation.socket().handshake().query().get(name));
		}
		RequestAttribute attribute = parameter.getParameterAnnotation(RequestAttribute.class);
		if (attribute != null) {
			String name = HandlerParameters.name(parameter, attribute.value());
			return HandlerParameters.required(parameter,
					(invocation) -> invocation.socket().handshake().attributes().get(name),
					() -> HandlerParameters.missing("Attribute '" + name + "'"));
		}
		return null;
	}

	/**
	 * Return the source for a parameter by its type, or {@code null}.
	 */
	@Nullable ArgumentSource byType(MethodParameter parameter, Class<?> type) {
		if (type == WebSession.class) {
			return new ResolvedParameter(parameter.nestedIfOptional(), Absence.of(parameter),
					(invocation) -> invocation.socket().handshake().session());
		}
		return null;
	}

	private ArgumentSource text(MethodParameter parameter, String what, String defaultValue, boolean required,
			Function<HandlerInvocation, @Nullable String> source) {
		MethodParameter value = parameter.nestedIfOptional();
		boolean hasDefault = !ValueConstants.DEFAULT_NONE.equals(defaultValue);
		if (parameter.getParameterType() == Map.class) {
			throw HandlerParameters.invalid(parameter, "A map of all values is not supported",
					"Use a parameter of type Handshake.");
		}
		Function<HandlerInvocation, @Nullable Object> converted = (invocation) -> {
			String text = source.apply(invocation);
			String present = (!StringUtils.hasLength(text) && hasDefault) ? defaultValue : text;
			return convert(present, value, what);
		};
		return required ? HandlerParameters.required(parameter, converted, () -> HandlerParameters.missing(what))
				: converted::apply;
	}

	/**
	 * Convert a value to the type of a parameter.
	 */
	@Nullable Object convert(@Nullable Object value, MethodParameter parameter) {
		return convert(value, parameter, "'" + parameter.getParameterName() + "'");
	}

	/**
	 * Return the error for a value that does not fit a parameter.
	 */
	static AckErrorException invalid(MethodParameter parameter) {
		return invalid("'" + parameter.getParameterName() + "'");
	}

	private static AckErrorException invalid(String what) {
		return new AckErrorException(AckError.INVALID_ARGUMENT, what + " does not have the expected type");
	}

	private @Nullable Object convert(@Nullable Object value, MethodParameter parameter, String what) {
		if (value == null) {
			return null;
		}
		try {
			return this.conversion.convert(value, TypeDescriptor.forObject(value),
					new TypeDescriptor(ResolvableType.forMethodParameter(parameter), null, null));
		}
		catch (ConversionException | IllegalArgumentException ex) {
			throw invalid(what);
		}
	}

	/**
	 * Return the locale that the client prefers.
	 */
	static Locale locale(HandlerInvocation invocation) {
		String accepted = invocation.socket().handshake().header("accept-language");
		if (!StringUtils.hasText(accepted)) {
			return Locale.getDefault();
		}
		try {
			List<Locale.LanguageRange> ranges = Locale.LanguageRange.parse(accepted);
			return ranges.stream()
				.map(Locale.LanguageRange::getRange)
				.filter((range) -> !range.equals("*"))
				.map(Locale::forLanguageTag)
				.findFirst()
				.orElseGet(Locale::getDefault);
		}
		catch (IllegalArgumentException ex) {
			return Locale.getDefault();
		}
	}

}
