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

package io.github.springsocketio.rewrite;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

import com.corundumstudio.socketio.SocketIOServer;

/**
 * The classes of netty-socketio in the package of socketio4j, which has begun with them
 * and is not in every repository.
 */
final class Socketio4jClasses {

	private static final int HEADER = 8;

	private Socketio4jClasses() {
	}

	static Path write(Path directory) throws IOException {
		try (JarFile jar = new JarFile(
				Path.of(SocketIOServer.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toFile())) {
			for (JarEntry entry : jar.stream().filter((each) -> each.getName().endsWith(".class")).toList()) {
				Path file = directory.resolve(renamed(entry.getName()));
				Files.createDirectories(file.getParent());
				try (InputStream bytes = jar.getInputStream(entry)) {
					Files.write(file, renamed(bytes.readAllBytes()));
				}
			}
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
		return directory;
	}

	private static String renamed(String name) {
		return name
			.replace("com/corundumstudio/socketio/annotation/SpringAnnotationScanner",
					"com/socketio4j/socketio/spring/SpringAnnotationScanner")
			.replace("com/corundumstudio/socketio", "com/socketio4j/socketio");
	}

	/**
	 * Rename what the constants of a class say, on which everything else in it depends.
	 */
	private static byte[] renamed(byte[] bytes) throws IOException {
		ByteArrayOutputStream result = new ByteArrayOutputStream();
		DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
		DataOutputStream out = new DataOutputStream(result);
		out.write(in.readNBytes(HEADER));
		int constants = in.readUnsignedShort();
		out.writeShort(constants);
		for (int i = 1; i < constants; i++) {
			int tag = in.readUnsignedByte();
			out.writeByte(tag);
			switch (tag) {
				case 1 -> out.writeUTF(renamed(in.readUTF()));
				case 5, 6 -> {
					out.write(in.readNBytes(8));
					i++;
				}
				case 7, 8, 16, 19, 20 -> out.write(in.readNBytes(2));
				case 15 -> out.write(in.readNBytes(3));
				default -> out.write(in.readNBytes(4));
			}
		}
		in.transferTo(out);
		return result.toByteArray();
	}

}
