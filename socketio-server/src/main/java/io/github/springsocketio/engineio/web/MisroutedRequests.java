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

package io.github.springsocketio.engineio.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.github.springsocketio.engineio.MisroutedRequest;
import io.github.springsocketio.engineio.TransportServer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Handles requests for sessions of other nodes. They are forwarded if forwarding is
 * configured and the node is known. Otherwise they are refused like requests for unknown
 * sessions; the first one within a minute is logged as a warning, others at debug level.
 */
final class MisroutedRequests {

	private static final Log logger = LogFactory.getLog(MisroutedRequests.class);

	private static final long INTERVAL = Duration.ofMinutes(1).toNanos();

	private final TransportServer server;

	private final EngineErrors errors;

	private final @Nullable RequestForwarder forwarder;

	/** The time from which the next warning may be logged. */
	private final AtomicLong nextWarning;

	MisroutedRequests(TransportServer server, EngineErrors errors, @Nullable RequestForwarder forwarder) {
		this.server = server;
		this.errors = errors;
		this.forwarder = forwarder;
		this.nextWarning = new AtomicLong(server.timers().nanoTime());
	}

	/**
	 * Handle a request.
	 * @param sid the session id
	 * @param node the tag of the node, which may be forged
	 */
	Mono<Void> handle(EngineRequest request, String sid, String node) {
		RequestForwarder current = this.forwarder;
		if (current == null || ForwardedRequests.isForwarded(request.exchange())) {
			return refuse(request, sid, node);
		}
		return current.find(node)
			.singleOptional()
			.flatMap((address) -> Monos.then(request.onEventLoop(), () -> address.isPresent()
					? current.forward(request, node, address.get()) : refuse(request, sid, node)));
	}

	private Mono<Void> refuse(EngineRequest request, String sid, String node) {
		log(node);
		this.server.onMisroutedRequest(MisroutedRequest.REFUSED);
		return this.errors.refuseMisrouted(request, Map.of("sid", sid, "name", "OTHER_NODE"));
	}

	private void log(String node) {
		boolean first = isFirst();
		if (first || logger.isDebugEnabled()) {
			String message = "A request was received for a session of node '" + node + "', but this is node '"
					+ this.server.options().nodeTag()
					+ "'. Unless that node has just ended, the load balancer does not keep clients on their node";
			if (first) {
				logger.warn(message);
			}
			else {
				logger.debug(message);
			}
		}
	}

	private boolean isFirst() {
		long now = this.server.timers().nanoTime();
		long next = this.nextWarning.get();
		return now - next >= 0 && this.nextWarning.compareAndSet(next, now + INTERVAL);
	}

}
