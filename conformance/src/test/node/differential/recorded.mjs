/*
 * Scenarios written by hand.
 */
import { drain, frames, handshake, http, isAlive, join, marked, OFFERS, pinged, poll, post, PROFILES, target, upgradeHeaders, ws } from "./steps.mjs";

export function recorded(name) {
	const profile = PROFILES[name];
	return { ...common(profile), ...(name === "engine-echo" ? engine(profile) : socket(profile)) };
}

function common(profile) {
	const unknown = `${profile.path}?EIO=4&transport=polling&sid=unknown`;
	return {
		"handshake, then close": [handshake(profile), post(profile, "1"), isAlive(profile), poll(profile)],
		"poll with an unknown id": [http("GET", unknown), http("POST", unknown, { body: "4x" }), http("OPTIONS", unknown)],
		"methods of a session": [
			handshake(profile),
			...["PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"].flatMap((method) => [
				http(method, target(profile)),
				isAlive(profile),
			]),
			post(profile, "1"),
		],
		"other protocol on a session": [handshake(profile), http("GET", target(profile).replace("EIO=4", "EIO=3")), isAlive(profile), post(profile, "1")],
		"other transport on a session": [handshake(profile), http("GET", target(profile).replace("polling", "websocket")), isAlive(profile), post(profile, "1")],
		"two polls": [handshake(profile), poll(profile, { start: "first" }), poll(profile), { op: "answer", of: "first" }, isAlive(profile)],
		"close with a poll": [handshake(profile), poll(profile, { start: "first" }), post(profile, "1"), { op: "answer", of: "first" }, isAlive(profile)],
		"garbage with a poll": [handshake(profile), poll(profile, { start: "first" }), post(profile, "x"), { op: "answer", of: "first" }, isAlive(profile)],
		"octet stream": [handshake(profile), post(profile, "4x", { headers: [["Content-Type", "application/octet-stream"]] }), isAlive(profile)],
		"poll that is given up": [handshake(profile), poll(profile, { start: "first" }), { op: "abort", of: "first" }, isAlive(profile)],
		"body that is given up": [
			handshake(profile),
			post(profile, "4x", { start: "first", headers: [["Content-Length", "10"]] }),
			{ op: "abort", of: "first" },
			isAlive(profile),
		],
		"two bodies": [
			handshake(profile),
			post(profile, "4x", { start: "first", headers: [["Content-Length", "10"]] }),
			post(profile, "4y"),
			{ op: "answer", of: "first" },
			isAlive(profile),
		],
		JSONP: [
			handshake(profile, "&j=3"),
			...["", "d=", "x=1", "d=7", "d=4&d=x", `d=${encodeURIComponent("3\x1e3")}`, "d=%zz", "%64=3"].flatMap((body) => [
				http("POST", target(profile, "&j=3"), { body, headers: [["Content-Type", "application/x-www-form-urlencoded"]] }),
				isAlive(profile),
			]),
			http("POST", target(profile), { body: "d=1" }),
			isAlive(profile),
		],
		"JSONP from elsewhere": [handshake(profile, "&j=0", { headers: [["Origin", "http://evil.example"]] })],
		"base64 with junk": [handshake(profile), post(profile, "bAQ*ID"), isAlive(profile)],
		"repeated parameter": [http("GET", `${profile.path}?EIO=4&EIO=3&transport=polling`)],
		"letter of another alphabet in a target": [http("GET", `${unknown}é`)],
		"broken escape in a target": [http("GET", `${unknown}&x=%zz`)],
		"another path": [http("GET", "/nothing")],
		"body over the limit": [handshake(profile), post(profile, `4${"x".repeat(profile.limit)}`), isAlive(profile), post(profile, "1")],
		"websocket, then close": [ws(profile), frames([{ opcode: 8, payload: Buffer.from([3, 232]) }])],
		"websocket of the draft's version": [
			{ ...ws(profile), headers: upgradeHeaders().map(([name, value]) => [name, name === "Sec-WebSocket-Version" ? "8" : value]) },
		],
		"websocket without a key": [{ ...ws(profile), headers: upgradeHeaders().filter(([name]) => name !== "Sec-WebSocket-Key") }],
		...Object.fromEntries(
			[...OFFERS, "permessage-deflate; server_max_window_bits=16", "permessage-deflate; unknown", "x-webkit-deflate-frame"].map((offer) => [
				`compression: ${offer}`,
				[ws(profile, "", { extra: [["Sec-WebSocket-Extensions", offer]] })],
			]),
		),
		"close code 5000": [ws(profile), frames([{ opcode: 8, payload: Buffer.from([0x13, 0x88]) }])],
		"websocket, then cut": [ws(profile), { op: "cut", of: "ws" }],
	};
}

function engine(profile) {
	return {
		"echo over polling": [handshake(profile), post(profile, "4hello"), poll(profile), post(profile, "bAQIDBA=="), drain(profile), post(profile, "1")],
		"poll answered by an echo": [handshake(profile), poll(profile, { start: "first" }), post(profile, "4later"), { op: "answer", of: "first" }, post(profile, "1")],
		"echo over websocket": [ws(profile), marked(profile, ["4hello", { opcode: 2, payload: Buffer.from([1, 2, 3]) }, "bAQIDBA=="])],
		"message at the limit": [ws(profile), marked(profile, [`4${"x".repeat(profile.limit - 1)}`])],
		"message over the limit": [ws(profile), frames([`4${"x".repeat(profile.limit)}`]), { op: "closed", of: "ws" }],
		"echo over JSONP": [
			handshake(profile, "&j=3"),
			...["4hello", "4\u2028\u2029</script>", "4a\\nb", "4a\\\\nb", "4a\nb", '4"', "4é😀", "bAQID", "4a b+c"].flatMap((packet) => [
				http("POST", target(profile, "&j=3"), { body: `d=${encodeURIComponent(packet)}` }),
				http("GET", target(profile, "&j=4")),
			]),
			http("POST", target(profile, "&j=3"), { body: "d=1" }),
		],
		upgrade: [
			handshake(profile),
			post(profile, "4before"),
			ws(profile, "&sid={{sid}}", { until: undefined }),
			frames(["2probe"], { until: "^3probe$" }),
			poll(profile),
			frames(["5", "4after"], { until: "^4after$" }),
			poll(profile),
			marked(profile, ["4x"]),
		],
		"upgrade with a poll": [
			handshake(profile),
			poll(profile, { start: "first" }),
			ws(profile, "&sid={{sid}}", { until: undefined }),
			frames(["2probe"], { until: "^3probe$" }),
			{ op: "answer", of: "first" },
			marked(profile, ["5"]),
		],
	};
}

function socket(profile) {
	return {
		"echo over polling": [handshake(profile), post(profile, "40"), poll(profile), post(profile, '42["echo",1,"x"]'), drain(profile), post(profile, "1")],
		"namespaces over websocket": [
			ws(profile),
			join(),
			join("/chat"),
			join("/nope"),
			join("/auth"),
			join("/auth", '{"token":"secret"}'),
			frames(["40/dyn-7,"], { until: "hello-from" }),
			join("/slow"),
			marked(profile, ["41/chat,", '42/dyn-7,["echo",1]', '42/auth,5["echo",2]']),
			marked(profile, ['42/chat,["echo",1]']),
		],
		"questions to the client": [
			ws(profile),
			join(),
			frames(['421["ask",2000,"q",1]'], { until: "\"q\"" }),
			frames(["43{{ack}}[7,true]"], { until: "^431\\[" }),
			frames(["43{{ack}}[8]"], { marker: profile.marker }),
			frames(['422["ask",50,"q"]'], { until: "^432\\[" }),
			frames(['423["join","room-{{run}}"]'], { until: "^433" }),
			frames(['424["ask-all",{"to":["room-{{run}}"]},2000,"q"]'], { until: "\"q\"" }),
			frames(['43{{ack}}["x","y"]'], { until: "^434\\[" }),
			frames(['425["ask-all",{"to":["room-{{run}}"]},50,"q"]'], { until: "^435\\[" }),
			frames(['426["ask-all",{"to":["nobody-{{run}}"]},50,"q"]'], { until: "^436\\[" }),
			frames(['427["count","room-{{run}}"]'], { until: "^437" }),
			frames(['428["whoami"]'], { until: "^438" }),
		],
		upgrade: [
			handshake(profile),
			post(profile, "40"),
			poll(profile),
			ws(profile, "&sid={{sid}}", { until: undefined, save: undefined }),
			frames(["2probe"], { until: "^3probe$" }),
			drain(profile),
			marked(profile, ["5"]),
			marked(profile, []),
		],
		"disconnected by the server": [
			ws(profile),
			join(),
			join("/chat"),
			frames(['42/chat,["bye",false]'], { until: "^41/chat" }),
			marked(profile, []),
			join("/chat"),
			frames(['42["bye",true]']),
			{ op: "closed", of: "ws" },
		],
		"disconnected by the server over polling": [
			handshake(profile),
			post(profile, "40"),
			poll(profile),
			post(profile, '42["bye",true]'),
			poll(profile),
			poll(profile),
			isAlive(profile),
		],
		"burst and bye": [ws(profile), join(), frames(['42["burst",20,true]']), { op: "closed", of: "ws" }],
		"kicked from a room": [
			ws(profile),
			join(),
			frames(['421["join","room-{{run}}"]'], { until: "^431" }),
			frames(['42["kick","room-{{run}}",false]'], { until: "^41" }),
			marked(profile, []),
		],
		"left and joined again": [ws(profile), join(), pinged(["41"]), join(), marked(profile, [])],
		"joined twice": [ws(profile), join(), frames(["40"], { until: "^40" })],
		"volatile later": [ws(profile), join(), frames(['42["volatile-later",20]'], { until: "later" })],
		"connection state recovery": [
			ws(profile),
			join(),
			frames(['421["join","room-{{run}}"]'], { until: "^431" }),
			frames(['422["set","key",[1,2]]'], { until: "^432" }),
			marked(profile, []),
			{ op: "cut", of: "ws" },
			ws(profile),
			frames(['40{"pid":"{{pid}}","offset":"{{offset}}"}'], { until: "^40" }),
			frames(['423["whoami"]'], { until: "^433" }),
			ws(profile),
			frames(['40{"pid":"unknown","offset":"{{offset}}"}'], { until: "^40" }),
			ws(profile),
			frames(['40{"pid":"{{pid}}","offset":"unknown"}'], { until: "^40" }),
			ws(profile),
			frames(['40{"pid":1,"offset":{}}'], { until: "^40" }),
		],
		"event without a payload": [ws(profile), join(), marked(profile, ["42"])],
		"blank before the payload": [ws(profile), join(), marked(profile, ['42 ["echo"]'])],
		"garbage while the session closes": [
			handshake(profile),
			post(profile, "40"),
			poll(profile),
			post(profile, "4x\x1e"),
			post(profile, "x"),
			poll(profile),
			isAlive(profile),
		],
		"large acknowledgement id": [ws(profile), join(), marked(profile, ['429007199254740993["echo"]'])],
		"one attachment in two places": [
			ws(profile),
			join(),
			marked(profile, ['451-["echo",{"_placeholder":true,"num":0},{"_placeholder":true,"num":0}]', { opcode: 2, payload: Buffer.from([7]) }]),
		],
		"numbers of every kind": [ws(profile), join(), marked(profile, ['42["echo",-0,1e400,1.0,12345678901234567890]'])],
		...(profile.path === "/socket.io/" && {
			"client file in Brotli": [http("GET", "/socket.io/socket.io.min.js", { headers: [["Accept-Encoding", "br"]] })],
			"upgrade that a filter ends": [ws(profile, "&mw=end")],
			"cookies of a websocket's handshake": [ws(profile, "&cookies=1&everycookie=1")],
			"identifier that cannot be made": [ws(profile, "&genid=fail")],
		}),
		...bursts(profile),
		...restless(profile),
		...rooms(profile),
		...Object.fromEntries(
			OFFERS.map((offer) => [
				`messages with compression: ${offer}`,
				[
					ws(profile, "", { extra: [["Sec-WebSocket-Extensions", offer]] }),
					join(),
					...[10, 2000, 100, 50000].map((size) => marked(profile, [`42["text",${size}]`, `42["plain",${size}]`])),
				],
			]),
		),
		"event over the limit": [ws(profile), join(), frames([`42["echo","${"x".repeat(profile.limit)}"]`]), { op: "closed", of: "ws" }],
		"attachment over the limit": [
			ws(profile),
			join(),
			frames(['451-["echo",{"_placeholder":true,"num":0}]', { opcode: 2, payload: Buffer.alloc(profile.limit + 1) }]),
			{ op: "closed", of: "ws" },
		],
		...(profile.limit >= 1000 &&
			Object.fromEntries(
				[65, 100, 256, 490, 600].map((depth) => [
					`values of depth ${depth}`,
					[
						ws(profile),
						join(),
						marked(profile, [`42["echo",${"[".repeat(depth)}1${"]".repeat(depth)}]`]),
						marked(profile, [`42["echo",${'{"a":'.repeat(depth)}1${"}".repeat(depth)}]`]),
					],
				]),
			)),
		"not connected": [ws(profile), frames(['42["echo",1]']), { op: "closed", of: "ws" }],
	};
}

/** Much at once, and then an acknowledgement. */
function bursts(profile) {
	const overPolling = (...events) => [handshake(profile), post(profile, "40"), poll(profile), post(profile, [...events, '421["echo","done"]'].join("\x1e")), drain(profile), post(profile, "1")];
	const overWebsocket = (...events) => [ws(profile), join(), frames([...events, '421["echo","done"]'], { until: "^431\\[" }), marked(profile, [])];
	return {
		"burst over websocket, then an acknowledgement": overWebsocket('42["burst",5000,false]'),
		"large message over websocket, then an acknowledgement": overWebsocket('42["text",3000000]'),
		"large attachment over websocket, then an acknowledgement": overWebsocket('42["bytes",1000000]'),
		...(profile.limit >= 1000 && {
			"burst over polling, then an acknowledgement": overPolling('42["burst",1000,false]'),
			"large messages over polling, then an acknowledgement": overPolling('42["text",300000]', '42["text",10]', '42["text",300000]'),
		}),
	};
}

/** Clients that join and leave the same namespace again and again. */
function restless(profile) {
	const again = Array.from({ length: 5 }, () => [join("/chat"), marked(profile, ['42/chat,["echo",1]', "41/chat,"])]);
	return {
		"joined and left again and again": [ws(profile), join(), ...again.flat(), marked(profile, [])],
		"joined several times while a middleware is under way": [
			ws(profile),
			join(),
			marked(profile, ["40/slow,", "40/slow,", "40/slow,"]),
			{ op: "sleep", ms: 600 },
			marked(profile, []),
			marked(profile, ['42/slow,["echo",1]']),
		],
		"left and joined at once": [ws(profile), join(), join("/chat"), marked(profile, ["41/chat,", "40/chat,"]), marked(profile, [])],
		"joined, left and joined at once": [ws(profile), join(), marked(profile, ["40/chat,", "41/chat,", "40/chat,"]), marked(profile, [])],
		"event after the client has left": [ws(profile), join(), join("/chat"), frames(["41", '42["echo",1]', '42/chat,["echo",2]'], { until: "^42/chat" })],
		"joined twice over polling": [handshake(profile), post(profile, "40"), poll(profile), post(profile, "40"), drain(profile), isAlive(profile)],
	};
}

/** Two clients in a room. */
function rooms(profile) {
	const members = [
		ws(profile),
		join(),
		frames(['421["join","room-{{run}}"]'], { until: "^431" }),
		ws(profile, "", { as: "other", save: undefined }),
		{ ...join(), of: "other" },
		frames(['421["join","room-{{run}}"]'], { of: "other", until: "^431" }),
	];
	const cast = (number) => `42["cast",{"to":["room-{{run}}"]},"n",${number}]`;
	const numbers = Array.from({ length: 50 }, (_, i) => i);
	return {
		"order in a room": [
			...members,
			marked(profile, numbers.map(cast)),
			frames([], { of: "other", until: '"n",49' }),
			frames(numbers.map(cast), { of: "other", until: '"n",49' }),
			frames([], { until: '"n",49' }),
			marked(profile, ['42["burst",3,false]', cast("1"), '42["burst",3,false]', cast("2")]),
			frames([], { of: "other", until: '"n",2' }),
		],
		"question to a room that a member leaves": [
			...members,
			marked(profile, ['422["ask-all",{"from":"socket","to":["room-{{run}}"]},500,"q"]']),
			frames([], { of: "other", until: '"q"' }),
			{ op: "cut", of: "other" },
			frames([], { until: "^432\\[" }),
		],
		"question to a room, and one member does not answer": [
			...members,
			marked(profile, ['422["ask-all",{"to":["room-{{run}}"]},500,"q"]']),
			frames([], { of: "other", until: '"q"' }),
			frames(["43{{ack}}[7]"], { of: "other", until: undefined, marker: profile.marker }),
			frames([], { until: "^432\\[" }),
		],
	};
}
