/** Which cookies the script sees, which the server got with the handshake, and which it gets now. */

import { $, el } from "./dom.js";

const ORIGINS = {
	io: "socketio.cookie",
	SESSION: "WebSession",
	"XSRF-TOKEN": "CSRF protection",
	uid: "InitialHeadersListener",
	randomId: "HeadersListener",
};

export async function showCookies(sid, handshake) {
	const response = await fetch(`/cookies?sid=${encodeURIComponent(sid)}`);
	const now = byName(await response.json());
	const then = byName(handshake);
	const script = scriptCookies();
	const names = [...new Set([...Object.keys(ORIGINS), ...now.keys(), ...script.keys(), ...then.keys()])];
	$("cookies").replaceChildren(...names
		.filter((name) => now.has(name) || then.has(name) || script.has(name))
		.map((name) => row(name, script.get(name), then.get(name), now.get(name))));
}

function row(name, script, then, now) {
	const hidden = now !== undefined && script === undefined;
	return el("tr", { "data-cookie": name },
		el("th", { scope: "row" }, el("code", {}, name), el("small", {}, ORIGINS[name] ?? "")),
		el("td", { className: "script" },
			hidden ? el("span", { className: "tag" }, "HttpOnly") : el("code", {}, script ?? "–")),
		el("td", {}, seen(then)),
		el("td", {}, seen(now)));
}

function seen(cookie) {
	if (cookie === undefined) {
		return "–";
	}
	const parts = [el("code", {}, cookie.value)];
	if (cookie.name === "io") {
		parts.push(el("small", {}, cookie.current ? "current" : "earlier one"));
	}
	return el("span", {}, ...parts);
}

function byName(cookies) {
	return new Map(cookies.map((cookie) => [cookie.name, cookie]));
}

function scriptCookies() {
	return new Map(document.cookie.split("; ").filter(Boolean).map((pair) => {
		const at = pair.indexOf("=");
		return [pair.slice(0, at), pair.slice(at + 1)];
	}));
}
