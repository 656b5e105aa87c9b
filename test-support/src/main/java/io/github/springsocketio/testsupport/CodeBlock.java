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

package io.github.springsocketio.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A block of code in a document, to be compared with the source that it was copied from.
 * Comments such as {@code // …} stand for what it leaves out.
 *
 * @param language the language, empty if it has none
 * @param link the last link ahead of the block, and after the block before it
 * @param text the code
 */
public record CodeBlock(String language, @Nullable String link, String text) {

	private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");

	private static final Pattern OMISSION = Pattern.compile("(//|--|#|<!--) …( -->)?");

	/**
	 * Return the blocks of a document.
	 * @param document the file
	 * @return the blocks in their order
	 */
	public static List<CodeBlock> of(Path document) {
		String text = read(document);
		List<CodeBlock> blocks = new ArrayList<>();
		Matcher block = BLOCK.matcher(text);
		int end = 0;
		while (block.find()) {
			blocks.add(new CodeBlock(block.group(1), lastLink(text.substring(end, block.start())), block.group(2)));
			end = block.end();
		}
		return blocks;
	}

	private static @Nullable String lastLink(String text) {
		Matcher link = LINK.matcher(text);
		String last = null;
		while (link.find()) {
			last = link.group(1);
		}
		return last;
	}

	/**
	 * Read a file.
	 * @param file the file
	 * @return its text
	 */
	public static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the parts of the block that a source does not have, after the parts before
	 * them. White space makes no difference.
	 * @param source the source
	 * @return the parts; empty if the source has all of them
	 */
	public List<String> partsMissingIn(String source) {
		String plain = plain(source);
		List<String> missing = new ArrayList<>();
		int from = 0;
		for (String part : OMISSION.split(this.text)) {
			int found = plain.indexOf(plain(part), from);
			if (found < 0) {
				missing.add(part);
			}
			else {
				from = found + plain(part).length();
			}
		}
		return missing;
	}

	private static String plain(String code) {
		return code.strip().replaceAll("\\s+", " ");
	}

}
