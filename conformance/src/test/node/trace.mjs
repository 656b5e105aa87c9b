/*
 * Traces of two clients with OpenTelemetry's SDK. The second client answers questions; the first one asks, and tells the
 * server of its span in one of the ways that there are. Prints the spans of both, one line of JSON, and stays connected.
 * Usage: node trace.mjs <url of the server>
 */
import { ROOT_CONTEXT, SpanKind, context, propagation, trace } from "@opentelemetry/api";
import { InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { io } from "socket.io-client";

const url = process.argv[2];
const exporter = new InMemorySpanExporter();
// with W3C's propagator and a context that follows promises
new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
const tracer = trace.getTracer("clients");

const second = io(url, { forceNew: true });
second.on("question", (carrier, ack) =>
	tracer.startActiveSpan("answer", { kind: SpanKind.CONSUMER }, propagation.extract(ROOT_CONTEXT, carrier), (span) => {
		ack("answer");
		span.end();
	}),
);
await second.emitWithAck("second");

await inSpan("headers", async (carrier) => ask(connect({ extraHeaders: carrier })));
await inSpan("auth", async (carrier) => ask(connect({ auth: carrier, transports: ["websocket"] })));
const socket = connect({});
await inSpan("event 1", async (carrier) => ask(socket, carrier));
await inSpan("event 2", async (carrier) => ask(socket, carrier));

console.log(
	JSON.stringify(
		exporter.getFinishedSpans().map((span) => ({
			name: span.name,
			traceId: span.spanContext().traceId,
			spanId: span.spanContext().spanId,
			parentSpanId: span.parentSpanContext?.spanId ?? null,
		})),
	),
);

function connect(options) {
	return io(url, { forceNew: true, ...options });
}

/** Calls something within a new span, with what tells others of it. */
async function inSpan(name, call) {
	await tracer.startActiveSpan(name, { kind: SpanKind.PRODUCER }, async (span) => {
		const carrier = {};
		propagation.inject(context.active(), carrier);
		await call(carrier);
		span.end();
	});
}

async function ask(socket, ...carrier) {
	const response = await socket.emitWithAck("ask", ...carrier);
	if (response !== "answer") {
		throw new Error(`The response was ${response}`);
	}
	if (carrier.length === 0) {
		socket.disconnect();
	}
}
