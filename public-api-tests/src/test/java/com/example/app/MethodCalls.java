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

package com.example.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.asm.ClassReader;
import org.springframework.asm.Type;
import org.springframework.util.ClassUtils;

/**
 * The methods that compiled classes refer to, by a call or by a method reference.
 */
final class MethodCalls {

	private static final int METHOD = 10;

	private static final int INTERFACE_METHOD = 11;

	private final List<Call> calls;

	private MethodCalls(List<Call> calls) {
		this.calls = calls;
	}

	/**
	 * Read compiled classes.
	 * @param classes a class file, or a directory of them
	 * @return what they call
	 */
	static MethodCalls of(Path classes) {
		List<Call> calls = new ArrayList<>();
		try (Stream<Path> files = Files.walk(classes)) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".class")).toList()) {
				addCalls(calls, new ClassReader(Files.readAllBytes(file)));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new MethodCalls(calls);
	}

	private static void addCalls(List<Call> calls, ClassReader reader) {
		char[] buffer = new char[reader.getMaxStringLength()];
		for (int i = 1; i < reader.getItemCount(); i++) {
			int item = reader.getItem(i);
			if (item == 0) {
				continue;
			}
			int tag = reader.readByte(item - 1);
			if (tag == METHOD || tag == INTERFACE_METHOD) {
				int nameAndType = reader.getItem(reader.readUnsignedShort(item + 2));
				calls.add(new Call(reader.readClass(item, buffer), reader.readUTF8(nameAndType, buffer),
						reader.readUTF8(nameAndType + 2, buffer)));
			}
		}
	}

	/**
	 * Return the public methods of a type that are not called.
	 * @param type the type; methods that it inherits count as well
	 * @return the methods
	 */
	List<Method> missing(Class<?> type) {
		return Arrays.stream(type.getMethods())
			.filter((method) -> !method.isSynthetic() && method.getDeclaringClass() != Object.class)
			.filter((method) -> this.calls.stream().noneMatch((call) -> call.isOf(method)))
			.toList();
	}

	/**
	 * A reference to a method.
	 *
	 * @param owner the internal name of the type through which the method is called
	 * @param name the name
	 * @param descriptor the types of the parameters and of the result
	 */
	private record Call(String owner, String name, String descriptor) {

		/**
		 * The result is not compared, because a subtype may narrow it.
		 */
		boolean isOf(Method method) {
			return this.name.equals(method.getName())
					&& Arrays.equals(Type.getArgumentTypes(this.descriptor), Type.getArgumentTypes(method))
					&& method.getDeclaringClass().isAssignableFrom(ownerType());
		}

		private Class<?> ownerType() {
			return ClassUtils.resolveClassName(Type.getObjectType(this.owner).getClassName(),
					MethodCalls.class.getClassLoader());
		}

	}

}
