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

package io.github.springsocketio.benchmarks.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.springsocketio.test.client.Transport;

/**
 * The options of the command line.
 *
 * @param url the address of the server
 * @param path the path of the server
 * @param nsp the namespace
 * @param clients the number of clients
 * @param connectRate how many clients connect in a second
 * @param duration how long the load lasts after all clients were started
 * @param rate how many events each client emits in a second
 * @param payload the length of the text of each event
 * @param transports the transports, the first one for the handshake
 * @param cookies whether each client has a cookie store
 * @param drop after which time on average a client loses its connection, zero for never
 * @param event the event that the server sends back
 */
record LoadOptions(String url, String path, String nsp, int clients, int connectRate, Duration duration, double rate,
		int payload, List<Transport> transports, boolean cookies, Duration drop, String event) {

	static final String USAGE = """
			Usage: java -jar benchmark-server-load.jar --url http://localhost:3000 [options]

			  --clients N        number of clients, 100
			  --connect-rate N   clients that connect in a second, 200
			  --seconds N        duration after the last client was started, 10
			  --rate N           events that each client emits in a second, 1
			  --payload N        characters of each event, 100
			  --transports LIST  polling, websocket or polling,websocket (the default)
			  --cookies on|off   whether each client keeps cookies, on
			  --drop N           seconds after which a client loses its connection on average, 0 for never
			  --event NAME       event that the server sends back with its arguments, echo
			  --path PATH        path of the server, /socket.io/
			  --namespace NSP    namespace, /
			""";

	private static final List<String> NAMES = List.of("url", "clients", "connect-rate", "seconds", "rate", "payload",
			"transports", "cookies", "drop", "event", "path", "namespace");

	/**
	 * Read the options.
	 * @param args the arguments of the program
	 * @return the options
	 * @throws IllegalArgumentException with a message for the user
	 */
	static LoadOptions parse(String... args) {
		Map<String, String> values = new LinkedHashMap<>();
		for (int i = 0; i < args.length; i += 2) {
			String name = args[i].startsWith("--") ? args[i].substring(2) : "";
			if (!NAMES.contains(name)) {
				throw new IllegalArgumentException("Unknown option " + args[i]);
			}
			if (i + 1 == args.length) {
				throw new IllegalArgumentException("The option " + args[i] + " has no value");
			}
			values.put(name, args[i + 1]);
		}
		String url = values.get("url");
		if (url == null) {
			throw new IllegalArgumentException("The option --url is missing");
		}
		return new LoadOptions(url, values.getOrDefault("path", "/socket.io/"), values.getOrDefault("namespace", "/"),
				(int) number(values, "clients", 100, 1), (int) number(values, "connect-rate", 200, 1),
				seconds(number(values, "seconds", 10, 0)), number(values, "rate", 1, 0),
				(int) number(values, "payload", 100, 0), transports(values), isOn(values),
				seconds(number(values, "drop", 0, 0)), values.getOrDefault("event", "echo"));
	}

	private static double number(Map<String, String> values, String name, double defaultValue, double least) {
		String text = values.get(name);
		try {
			double number = (text != null) ? Double.parseDouble(text) : defaultValue;
			if (number >= least) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// the message below
		}
		throw new IllegalArgumentException("The option --" + name + " has to be a number, at least " + (int) least);
	}

	private static Duration seconds(double seconds) {
		return Duration.ofMillis((long) (seconds * 1000));
	}

	private static List<Transport> transports(Map<String, String> values) {
		String[] names = values.getOrDefault("transports", "polling,websocket").split(",");
		try {
			return Arrays.stream(names)
				.map((name) -> Transport.valueOf(name.strip().toUpperCase(Locale.ROOT)))
				.toList();
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("The option --transports has to be a list of polling and websocket", ex);
		}
	}

	private static boolean isOn(Map<String, String> values) {
		return switch (values.getOrDefault("cookies", "on")) {
			case "on", "true" -> true;
			case "off", "false" -> false;
			default -> throw new IllegalArgumentException("The option --cookies has to be on or off");
		};
	}

}
