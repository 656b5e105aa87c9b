/*
 * The steps that scenarios consist of.
 */
export const HOST = ["Host", "localhost"];

export const PROFILES = {
	"engine-echo": { path: "/engine.io/", limit: 1000000, marker: (text) => `4${text}` },
	wire: { path: "/socket.io/", limit: 20000, marker: (text) => `42["echo","${text}"]` },
	"wire-alt": { path: "/alt/io/", limit: 100, marker: (text) => `42["echo","${text}"]` },
};

/** Of compression, as clients make them. */
export const OFFERS = [
	"permessage-deflate",
	"permessage-deflate; client_max_window_bits",
	"permessage-deflate; client_no_context_takeover",
	"permessage-deflate; server_no_context_takeover",
	"permessage-deflate; server_no_context_takeover; client_no_context_takeover",
	"permessage-deflate; server_max_window_bits=10",
	"permessage-deflate; client_max_window_bits=9; server_max_window_bits=12",
	"permessage-deflate; server_max_window_bits=9; client_no_context_takeover, permessage-deflate",
	"x-unknown, permessage-deflate; client_max_window_bits",
];

export function http(method, target, { headers = [], body, ...rest } = {}) {
	return { op: "http", method, target, headers: [HOST, ...headers], body, ...rest };
}

export function handshake({ path }, query = "", options = {}) {
	return http("GET", `${path}?EIO=4&transport=polling${query}`, { save: "sid", ...options });
}

export function target({ path }, query = "") {
	return `${path}?EIO=4&transport=polling&sid={{sid}}${query}`;
}

export function poll(profile, options) {
	return http("GET", target(profile), options);
}

export function post(profile, body, { headers = [], ...options } = {}) {
	return http("POST", target(profile), {
		body,
		headers: headers.length ? headers : [["Content-Type", "text/plain;charset=UTF-8"]],
		...options,
	});
}

/** The same body in pieces. */
export function chunked(body, at) {
	const data = Buffer.from(body);
	const piece = (part) => Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from("\r\n")]);
	const parts = [data.subarray(0, at), data.subarray(at)].filter(({ length }) => length > 0);
	return Buffer.concat([...parts.map(piece), Buffer.from("0\r\n\r\n")]);
}

/** Polls what is there; the session must have joined, where there is Socket.IO. */
export function drain(profile) {
	return { op: "drain", target: target(profile), headers: [HOST], marker: profile.marker };
}

/** A packet that does nothing: answered with 200 as long as the session lives. */
export function isAlive(profile) {
	return post(profile, "3");
}

export function upgradeHeaders(extra = []) {
	return [
		HOST,
		["Upgrade", "websocket"],
		["Connection", "Upgrade"],
		["Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="],
		["Sec-WebSocket-Version", "13"],
		...extra,
	];
}

export function ws({ path }, query = "", { headers, extra, ...options } = {}) {
	return {
		op: "ws",
		as: "ws",
		method: "GET",
		target: `${path}?EIO=4&transport=websocket${query}`,
		headers: headers ?? upgradeHeaders(extra),
		until: "^0\\{",
		save: "sid",
		...options,
	};
}

export function frames(list, options = {}) {
	return { op: "frames", of: "ws", frames: list.map((frame) => (typeof frame === "string" ? { payload: frame } : frame)), ...options };
}

/** Frames after which the server is made to answer something known. */
export function marked(profile, list) {
	return frames(list, { marker: profile.marker });
}

/** Frames before a ping, for clients whose events are not answered. */
export function pinged(list) {
	return frames(list, { marker: (text) => ({ opcode: 9, payload: text }) });
}

export function join(namespace = "", auth = "") {
	const name = namespace && `${namespace},`;
	const last = namespace.startsWith("/dyn-") ? `^42${name}\\["hello-from"` : `^4[04]${name}`;
	return frames([`40${name}${auth}`], { until: last });
}
