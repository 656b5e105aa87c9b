/*
 * Where this server differs from the reference on purpose. A rule covers one difference of one step; it tells the row
 * of the specification and the reason. With `parts` the sessions are no longer alike afterwards, so that the rest of
 * the scenario is not compared. A rule that covers nothing in a whole run is an error.
 */
import { isDeepStrictEqual } from "node:util";

/** Numbers as JavaScript writes them again: no negative zero, nothing infinite. */
function asWrittenByJavaScript(text) {
	const [, head, json] = /^([^[{]*)([[{][^]*)$/.exec(text) ?? [];
	try {
		return [head, JSON.parse(JSON.stringify(JSON.parse(json)))];
	} catch {
		return text;
	}
}

function sameButNumbers(reference, ours) {
	const [left, right] = [reference, ours].map((list) => list?.map(asWrittenByJavaScript));
	return left !== undefined && isDeepStrictEqual(left, right);
}

/** Whether text is base64 that only a lenient reader takes: junk, or a single letter left over. */
function isBadBase64(packet) {
	const text = /^b([^]*)$/.exec(packet)?.[1];
	return text !== undefined && (!/^[\w+/-]*={0,2}$/.test(text) || text.replace(/=+$/, "").length % 4 === 1);
}

function hasHugeId(packet) {
	const id = /^4[2356](?:\d+-)?(?:\/[^,]*,)?(\d{16,})\[/.exec(packet)?.[1];
	return id !== undefined && BigInt(id) > BigInt(Number.MAX_SAFE_INTEGER);
}

/** Whether the attachments of a packet do not have exactly one placeholder each. */
function hasOtherPlaceholders(packet) {
	const count = /^4[56](\d+)-/.exec(packet)?.[1];
	const numbers = [...packet.matchAll(/"_placeholder":true,"num":([\d.]+)/g)].map(([, number]) => number);
	return count !== undefined && (numbers.length !== Number(count) || new Set(numbers).size < numbers.length || numbers.some((number) => number.includes(".")));
}

function repeatsParameter(target) {
	const names = [...new URLSearchParams(target?.split("?")[1]).keys()];
	return ["EIO", "transport", "sid", "b64", "j"].some((name) => names.filter((other) => other === name).length > 1);
}

/** How many objects and arrays are around the innermost value of a packet. */
function depth(packet) {
	let deepest = 0;
	let current = 0;
	for (const [bracket] of packet.replace(/"(?:[^"\\]|\\.)*"/g, "").matchAll(/[[\]{}]/g)) {
		current += "[{".includes(bracket) ? 1 : -1;
		deepest = Math.max(deepest, current);
	}
	return deepest;
}

/** A frame without the note that it was compressed. */
function inflated(frame) {
	return frame.replace(/^deflated /, "");
}

function joins(packets) {
	return (packets ?? []).filter((packet) => packet.startsWith("40")).length;
}

function sentPackets(step) {
	return step?.frames?.map(({ payload }) => String(payload)) ?? String(step?.body ?? "").split("\x1e");
}

export const intended = [
	{
		name: "length instead of chunks",
		row: "EIO-15",
		reason: "How the end of a body is told is the transfer's matter; the reference sends what it did not measure in chunks.",
		covers: ({ field, reference, ours }) =>
			field === "header content-length" && reference === undefined && ours?.length === 1,
	},
	{
		name: "no length of no content",
		row: "CK-128",
		reason: "RFC 9110, section 8.6: an answer of the status 204 has no Content-Length.",
		covers: ({ field, ours }, { ours: { status } }) =>
			field === "header content-length" && status === 204 && ours === undefined,
	},
	{
		name: "script type of JSONP",
		row: "EIO-117",
		reason: "What is run as a script is sent as a script.",
		covers: ({ field, reference, ours }, { ours: { body } }) =>
			field === "header content-type" &&
			body?.startsWith("___eio[") &&
			reference?.[0] === "text/plain; charset=UTF-8" &&
			ours?.[0] === "text/javascript; charset=UTF-8",
	},
	{
		name: "nosniff of JSONP",
		row: "EIO-117",
		reason: "Browsers must not take what is no script for one.",
		covers: ({ field, reference, ours }) =>
			field === "header x-content-type-options" && reference === undefined && ours?.[0] === "nosniff",
	},
	{
		name: "no upgrade where none is allowed",
		row: "EIO-81",
		reason: "The option that forbids upgrades forbids them, rather than only not offering them.",
		parts: true,
		covers: (difference, { scenario, step, reference, ours }) =>
			scenario.profile === "wire-alt" &&
			step.op === "ws" &&
			/[&?]sid=/.test(step.target) &&
			reference.status === 101 &&
			ours.status === 400 &&
			ours.body === "Bad request",
	},
	{
		name: "websocket of another protocol refused before it is open",
		row: "EIO-23",
		reason: "The reference answers 101 and then writes the error into the open websocket.",
		parts: true,
		covers: (difference, { step, reference, ours }) =>
			step.op === "ws" &&
			reference.status === 101 &&
			ours.status === 400 &&
			(ours.body === "Unsupported protocol version" || (ours.body === "Bad request" && /genid=fail/.test(step.target))),
	},
	{
		name: "malformed websocket handshake",
		row: "EIO-70",
		reason: "The framework refuses it with a status and words of its own.",
		parts: true,
		covers: (difference, { step, reference, ours }) =>
			step.op === "ws" &&
			reference.status === 400 &&
			/^(Missing or invalid Sec-WebSocket-|Invalid Upgrade header)/.test(reference.body) &&
			(ours.status === 400 || ours.status === 426),
	},
	{
		name: "JSONP from elsewhere",
		row: "EIO-12",
		reason: "A script of another origin must not open or read a session with the credentials of the user.",
		parts: true,
		covers: (difference, { step, ours }) =>
			/[?&](j|%6A)=/i.test(step.target ?? "") && ours.status === 403 && /Forbidden/.test(ours.body ?? ""),
	},
	{
		name: "namespace joined again",
		row: "SEC-50",
		reason: "A second CONNECT replaces the socket; the reference closes the connection, with all other namespaces.",
		parts: true,
		covers: (difference, { reference, ours }) =>
			((reference.close === 1005 && reference.frames?.length === 0) || reference.packets?.includes("1")) &&
			(ours.frames ?? ours.packets)?.[0]?.startsWith("40"),
	},
	{
		name: "namespace joined several times at once",
		row: "SIO-32",
		reason: "Of attempts that wait for a middleware the newest wins; the reference makes a socket of each, which its client knows nothing of.",
		parts: true,
		covers: ({ field, reference, ours }, { step, steps }) =>
			field === "frames" &&
			[step, ...steps].some((sent) => sentPackets(sent).filter((packet) => packet === "40/slow,").length > 1) &&
			joins(reference) > 1 &&
			joins(ours) === 1,
	},
	{
		name: "nobody waits for members that leave",
		row: "SIO-76",
		reason: "An acknowledgement of a client that has left cannot come; the reference waits for the whole time limit, and reports a failure.",
		covers: ({ field, reference, ours }, { steps }) =>
			field === "frames" &&
			steps.at(-1)?.op === "cut" &&
			/^43\d+\[\{"ok":false,/.test(reference?.[0]) &&
			/^43\d+\[\{"ok":true,/.test(ours?.[0]),
	},
	{
		name: "event before the client leaves",
		row: "SIO-48",
		reason: "Events are handled in their order; the reference drops an event if its client leaves the namespace in the same read.",
		covers: ({ field, reference, ours }, { step }) => {
			const sent = sentPackets(step);
			const [, name] = /^41(\/[^,]+,)$/.exec(sent.at(-1)) ?? [];
			const echo = sent.at(-2)?.startsWith(`42${name}["echo",`) && ours?.[0]?.startsWith(`42${name}["echo",`);
			return field === "frames" && name !== undefined && echo === true && isDeepStrictEqual(reference, ours.slice(1));
		},
	},
	{
		name: "event after the client has left",
		row: "SIO-17",
		reason: "It closes the connection; the reference only does so if it has not come in the same read as the packet with which the client leaves.",
		parts: true,
		covers: (difference, { step, reference, ours }) => {
			const sent = sentPackets(step);
			const next = sent[sent.lastIndexOf("41") + 1];
			const isIgnored = next === undefined ? reference.outcome === "too late" : next.startsWith("42[");
			return sent.includes("41") && isIgnored && reference.close === undefined && ours.close === 1005;
		},
	},
	{
		name: "compression that is turned off",
		row: "EIO-108",
		reason: "Without a context `compress(false)` has an effect; the reference compresses every message.",
		covers: ({ field, reference, ours }, { step }) =>
			field === "frames" &&
			sentPackets(step).some((packet) => /^42(\/[^,]+,)?\["plain"/.test(packet)) &&
			isDeepStrictEqual(reference?.map(inflated), ours?.map(inflated)) &&
			ours.every((frame, i) => frame === reference[i] || frame === inflated(reference[i])),
	},
	{
		name: "limit of the depth",
		row: "SEC-54",
		reason: "Values that are deeper than Jackson reads by default are refused.",
		parts: true,
		covers: (difference, { step, ours }) => ours.close !== undefined && sentPackets(step).some((packet) => depth(packet) > 500),
	},
	{
		name: "compression that cannot be is declined",
		row: "EIO-107",
		reason: "RFC 7692, section 7.1: an offer with invalid parameters is declined; the reference refuses the handshake.",
		parts: true,
		covers: (difference, { step, reference, ours }) =>
			step.op === "ws" &&
			reference.status === 400 &&
			/Sec-WebSocket-Extensions/.test(reference.body) &&
			ours.status === 101 &&
			ours.headers["sec-websocket-extensions"] === undefined,
	},
	{
		name: "numbers as they were written",
		row: "SIO-06",
		reason: "JSON that is passed on stays as it came, where JavaScript writes -0 as 0 and 1e400 as null.",
		covers: ({ field, reference, ours }) =>
			(field === "frames" || field === "packets") && sameButNumbers(reference, ours),
	},
	{
		name: "no junk in base64",
		row: "EIO-58",
		reason: "Junk in base64 is a parse error, rather than left out.",
		parts: true,
		covers: (difference, { step, steps }) =>
			[step, steps.at(-1)].some((sent) => sentPackets(sent).some(isBadBase64)),
	},
	{
		name: "repeated parameters of the engine",
		row: "EIO-06",
		reason: "Which of two values counts may depend on who reads them, such as a proxy; no client repeats one.",
		parts: true,
		covers: (difference, { step, ours }) => repeatsParameter(step.target) && ours.status === 400 && /Bad request/.test(ours.body),
	},
	{
		name: "error for a payload that closes the session",
		row: "EIO-50",
		reason: "A client that is told `ok` takes its packets for delivered; the protocol's test suite accepts 400.",
		covers: ({ field }, { step, reference, ours }) =>
			(field === "post" && reference.post === 200 && ours.post === 400) ||
			(step.method === "POST" && reference.status === 200 && reference.body === "ok" && ours.status === 400 && ours.body === ""),
	},
	{
		name: "letters of other alphabets in a target",
		row: "EIO-06",
		reason: "Node's parser refuses bytes over 0x7f in a target; here they are read as the framework does.",
		parts: true,
		covers: (difference, { step, reference }) =>
			reference.status === 400 && Object.keys(reference.headers ?? {}).length === 0 && /[^\0-\x7f]/.test(step.target),
	},
	{
		name: "target with broken escapes",
		row: "EIO-06",
		reason: "A target that is no URI is refused by the framework, before the engine sees it; clients escape.",
		parts: true,
		covers: (difference, { step, ours }) =>
			/%(?![0-9a-f]{2})/i.test(step.target) && ours.status === 400 && ours.body === "",
	},
	{
		name: "version of the websocket protocol",
		row: "EIO-70",
		reason: "The reference takes the draft's version 8, too; no browser of today sends it.",
		parts: true,
		covers: (difference, { step, reference, ours }) =>
			step.op === "ws" &&
			reference.status === 101 &&
			ours.status === 426 &&
			step.headers.some(([name, value]) => name === "Sec-WebSocket-Version" && value === "8"),
	},
	{
		name: "blanks are no acknowledgement id",
		row: "SIO-10",
		reason: "The reference reads blanks before the JSON, and in the id, as a number.",
		parts: true,
		covers: (difference, { step, steps }) =>
			[step, steps.at(-1)].some((sent) => sentPackets(sent).some((packet) => /^4[23](\/[^,]*,)?\d*[\s\ufeff]+\d*[[{]/.test(packet))),
	},
	{
		name: "other paths are the application's",
		row: "EIO-02",
		reason: "What is not under the engine's path is answered by WebFlux, here with its 404 as JSON.",
		covers: ({ field }, { reference, ours }) =>
			reference.status === 404 && ours.status === 404 && ["header content-type", "header content-length", "header vary", "body"].includes(field),
	},
	{
		name: "event without a payload",
		row: "SIO-13",
		reason: "The protocol says that an event has a payload; the reference delivers one without a name.",
		parts: true,
		covers: (difference, { step, steps }) =>
			[step, steps.at(-1)].some((sent) => sentPackets(sent).some((packet) => /^42(\/[^,]*,?)?\d*$/.test(packet))),
	},
	{
		name: "each attachment has exactly one placeholder",
		row: "SIO-07",
		reason: "A packet whose attachments have no placeholder, or several, is malformed; the reference takes it.",
		parts: true,
		covers: (difference, { step, steps }) =>
			[step, steps.at(-1)].some((sent) => sentPackets(sent).some(hasOtherPlaceholders)),
	},
	{
		name: "an upgrade that a filter ends has an answer",
		row: "CK-84",
		reason: "The reference cuts the connection without telling the status.",
		parts: true,
		covers: (difference, { step, reference, ours }) =>
			step.op === "ws" && /[?&]mw=end/.test(step.target) && reference.outcome === "closed" && ours.status === 503,
	},
	{
		name: "one line for each cookie",
		row: "CK-53",
		reason: "The reference joins cookies on a websocket's handshake with commas, which no client can read.",
		covers: ({ field, reference, ours }, { step }) =>
			field === "header set-cookie" && step.op === "ws" && ours?.length > 1 && reference?.[0] === ours.join(","),
	},
	{
		name: "exact acknowledgement ids",
		row: "SIO-10",
		reason: "Ids over 2^53 - 1 are refused, as the reference answers with another id than it was asked.",
		parts: true,
		covers: (difference, { step, steps }) =>
			[step, steps.at(-1)].some((sent) => sentPackets(sent).some(hasHugeId)),
	},
];
