/*
 * Generated requests: targets, methods and headers, good ones and odd ones.
 */
import { http, upgradeHeaders } from "./steps.mjs";

const METHODS = [[70, "GET"], [10, "POST"], [3, "PUT"], [3, "DELETE"], [4, "HEAD"], [8, "OPTIONS"], [2, "PATCH"]];
const ORIGINS = [
	"http://app.example", "https://app2.example:8443", "http://evil.example", "null", "HTTP://APP.EXAMPLE",
	"http://app.example:80", "http://app.example/", "x", "http://app.example.evil", "https://app.example",
];
const COOKIES = ["pass=1", "a=b; pass=1", "pass=2", "pass=1; pass=2", "io=old; io=older", "x", "=", "pass", "io=app1~xyz", 'pass="1"'];
const ENCODINGS = ["gzip", "deflate", "br", "gzip, deflate, br", "identity", "*", "gzip;q=0", "gzip;q=0.5, deflate;q=0.8", "x"];
const AGENTS = ["Mozilla/5.0", "Mozilla/5.0 (compatible;MSIE 9.0)", "Mozilla/5.0 (Windows; Trident/7.0)", "curl/8"];
const TYPES = ["text/plain", "application/json", "application/octet-stream; x=y", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "x", "TEXT/PLAIN;charset=latin1"];

/** A query; `known` are the odd parameters that mean something to the profile. */
export function query(random, { name, transport = "polling", wild = true }) {
	const parts = [];
	const add = (probability, make) => random.chance(probability) && parts.push(make());
	add(0.97, () => `EIO=${random.weighted([[85, "4"], [15, random.pick(["3", "5", "", "abc", "4.0", " 4", "04", "%34", "4&EIO=3"])]])}`);
	add(0.97, () => transportParameter(random, transport, wild));
	add(wild ? 0.1 : 0, () => `sid=${random.pick(["", "unknown", "__proto__", "constructor", "AAAAAAAAAAAAAAAAAAAA", "%00", "a%20b", "é", "%C3%A9"])}`);
	add(0.1, () => `t=${random.below(1000)}`);
	add(0.05, () => `b64=${random.pick(["", "1", "0"])}`);
	add(wild ? 0.05 : 0, () => `j=${random.pick(["0", "12", "", "x", "1;alert(1)"])}`);
	add(0.15, () => random.pick(["x", "x=", "=x", "&", "x=%zz", "x=%", "x=%e4", "+=+", "a[b]=c", "x=1&x=2", "%45IO=4", "x=a=b", "?x", "x=%F0%9F%98%80", ";a=b", "x=%2526"]));
	if (name === "wire") {
		add(0.15, () => `gate=${random.pick(["deny", "deny-message", "slow", "slow-deny", "cookie-deny", "else", "", "deny&gate=x"])}`);
		add(0.06, () => `mw=${random.pick(["end", "fail", "x"])}`);
		add(0.06, () => `genid=${random.pick(["fail", "{{run}}", "{{run}}-%20x", "{{run}}%3B", "{{run}}%C3%A9"])}`);
		add(0.1, () => random.pick(["cookies", "cookies=1", "everycookie=1", "cookies&everycookie"]));
	}
	shuffle(random, parts);
	return parts.join("&");
}

function transportParameter(random, transport, wild) {
	const odd = ["", "webtransport", "POLLING", "polling%20", "x", "__proto__", "toString", "polling&transport=websocket", "websocket&transport=polling", "%70olling", "polling,websocket"];
	return `transport=${wild && random.chance(0.15) ? random.pick(odd) : transport}`;
}

function shuffle(random, list) {
	for (let i = list.length - 1; i > 0; i--) {
		const k = random.below(i + 1);
		[list[i], list[k]] = [list[k], list[i]];
	}
}

export function headers(random, { profile }) {
	const list = [];
	const add = (probability, name, make) => random.chance(probability) && list.push([name, make()]);
	add(0.3, random.pick(["Origin", "origin", "ORIGIN"]), () => random.pick(ORIGINS));
	add(0.15, "Cookie", () => random.pick(COOKIES));
	add(0.2, "Accept-Encoding", () => random.pick(ENCODINGS));
	add(0.15, "User-Agent", () => random.pick(AGENTS));
	add(0.1, "Accept", () => random.pick(["*/*", "application/json", "x", "text/html;q=0.5", ""]));
	add(0.05, "Accept-Language", () => "de");
	add(0.05, "Referer", () => "http://app.example/page");
	add(0.05, "X-Forwarded-For", () => "203.0.113.7");
	add(0.05, "Authorization", () => random.pick(["Bearer x", "Basic eDp5", "x"]));
	add(0.05, "Cache-Control", () => "no-cache");
	add(0.03, "Range", () => "bytes=0-3");
	add(0.03, "Expect", () => "100-continue");
	add(0.03, "X-Long", () => "x".repeat(random.between(1, 4000)));
	add(0.05, "If-None-Match", () => '"x"');
	return list;
}

export function preflight(random) {
	const list = [["Origin", random.pick(ORIGINS)]];
	if (random.chance(0.8)) {
		list.push(["Access-Control-Request-Method", random.pick(["GET", "POST", "PUT", "x", ""])]);
	}
	if (random.chance(0.6)) {
		list.push(["Access-Control-Request-Headers", random.pick(["content-type", "x-custom, x-other", "X-CUSTOM", "", "*", "a,b"])]);
	}
	if (random.chance(0.1)) {
		list.push(["Access-Control-Request-Private-Network", "true"]);
	}
	return list;
}

export function path(random, { path: base }, method) {
	const outside = ["/", "/x", base.toUpperCase(), base.slice(0, -1), `/${base}`, `/a/..${base}`, base.replace("io/", "%69o/"), base.replace("/", "/./")];
	if (method === "GET" && random.chance(0.06)) {
		return random.pick(outside);
	}
	const inside = [base, `${base}x`, `${base}/`, `${base}foo/bar`, `${base}%20`, `${base}..;/`, `${base};x=y`];
	return random.weighted([[80, base], [20, random.pick(inside)]]);
}

export function contentType(random) {
	return ["Content-Type", random.pick(TYPES)];
}

/** A request without a session; a session that it makes is closed again. */
export function singleRequest(random, profile) {
	const method = random.weighted(METHODS);
	const list = headers(random, { profile }).filter(([name]) => method !== "OPTIONS" || name.toLowerCase() !== "origin");
	list.push(...(method === "OPTIONS" ? preflight(random) : []));
	const hasBody = method !== "GET" && method !== "HEAD" && random.chance(0.5);
	const body = hasBody ? random.pick(["", "x", "4hello", "1"]) : undefined;
	if (hasBody && random.chance(0.7)) {
		list.push(contentType(random));
	}
	return http(method, `${path(random, profile, method)}?${query(random, profile)}`, { headers: list, body, save: "sid" });
}

/** Headers of a websocket's handshake, some of them wrong. */
export function websocketHeaders(random, profile, odd) {
	let list = upgradeHeaders(headers(random, { profile }));
	const change = (name, ...values) => {
		const value = random.pick(values);
		list = list.flatMap((line) => (line[0] === name ? (value === undefined ? [] : [[name, value]]) : [line]));
	};
	if (random.chance(0.15)) {
		list.push(["Sec-WebSocket-Protocol", random.pick(["chat", "a, b", "v1.x,chat"])]);
	}
	if (random.chance(0.3)) {
		list.push(["Sec-WebSocket-Extensions", random.pick(["permessage-deflate", "permessage-deflate; client_max_window_bits", "x-webkit-deflate-frame", "permessage-deflate; server_no_context_takeover", "permessage-deflate; client_no_context_takeover; client_max_window_bits", "permessage-deflate; server_max_window_bits=10", "permessage-deflate; client_max_window_bits=9; server_max_window_bits=12"])]);
	}
	if (odd) {
		random.pick([
			() => change("Sec-WebSocket-Key", undefined, "", "short", "dGhlIHNhbXBsZSBub25jZQ"),
			() => change("Sec-WebSocket-Version", undefined, "8", "12", "14", "x"),
			() => change("Upgrade", "WebSocket", "WEBSOCKET", "h2c", "x"),
			() => change("Connection", "upgrade", "keep-alive, Upgrade", "Upgrade, x"),
			() => list.push(["Sec-WebSocket-Extensions", "permessage-deflate"]),
		])();
	}
	return list;
}
