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

package io.github.springsocketio.socketio.event;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

/**
 * Determines whether anything in an application context and its parents listens to a type
 * of event. Creates no beans.
 *
 * @param context the context
 */
record ListenerLookup(ApplicationContext context) {

	boolean hasListener(Class<? extends ApplicationEvent> type) {
		ResolvableType event = ResolvableType.forClass(type);
		for (ApplicationContext current = this.context; current != null; current = current.getParent()) {
			if (!(current instanceof AbstractApplicationContext known) || hasListener(known, event)) {
				return true;
			}
		}
		return false;
	}

	private static boolean hasListener(AbstractApplicationContext context, ResolvableType event) {
		ConfigurableListableBeanFactory beans = context.getBeanFactory();
		Set<Object> singletons = Collections.newSetFromMap(new IdentityHashMap<>());
		for (String name : beans.getBeanNamesForType(ApplicationListener.class, true, false)) {
			Object singleton = beans.containsSingleton(name) ? beans.getSingleton(name) : null;
			if (singleton != null) {
				singletons.add(singleton);
			}
			if (supports(beans, name, event)
					&& (!(singleton instanceof ApplicationListener<?> listener) || supports(listener, event))) {
				return true;
			}
		}
		return List.copyOf(context.getApplicationListeners())
			.stream()
			.anyMatch((listener) -> !singletons.contains(listener) && supports(listener, event));
	}

	private static boolean supports(ApplicationListener<?> listener, ResolvableType event) {
		GenericApplicationListener generic = (listener instanceof GenericApplicationListener known) ? known
				: new GenericApplicationListenerAdapter(listener);
		return generic.supportsEventType(event);
	}

	/**
	 * Return whether the declared type of a bean supports an event, because a lambda has
	 * no type arguments at runtime.
	 */
	private static boolean supports(ConfigurableListableBeanFactory beans, String name, ResolvableType event) {
		Class<?> type = beans.getType(name, false);
		if (type == null || SmartApplicationListener.class.isAssignableFrom(type)) {
			return true;
		}
		ResolvableType declared = beans.containsBeanDefinition(name)
				? beans.getMergedBeanDefinition(name).getResolvableType() : ResolvableType.NONE;
		return accepts(ResolvableType.forClass(type), event) && accepts(declared, event);
	}

	private static boolean accepts(ResolvableType listener, ResolvableType event) {
		ResolvableType accepted = listener.as(ApplicationListener.class).getGeneric();
		return accepted == ResolvableType.NONE || accepted.resolve() == null || accepted.isAssignableFrom(event);
	}

}
