/* Cookies, headers, allowRequest, middlewares and CORS of the handshake. */
import { describe, test } from "node:test";
import zlib from "node:zlib";
import { Frames, Polling, assert, useServer } from "./support.mjs";

const server = useServer("wire");
const HANDSHAKE = "/socket.io/?EIO=4&transport=polling";
const ORIGIN = { Origin: "http://app.example" };

async function upgrade(polling, query = "", options) {
	const frames = new Frames(server, `${polling.path}?EIO=4&transport=websocket&sid=${polling.sid}${query}`, options);
	await frames.opened;
	return frames;
}

describe("the session cookie", () => {
	test("CK-05, CK-06 on the polling handshake", async () => {
		const { open, handshake } = await Polling.open(server);
		assert.deepEqual(handshake.cookies, [`io=${open.sid}; Path=/; HttpOnly; SameSite=Lax`]);
	});
	test("CK-07 on no other answer", async () => {
		const polling = await Polling.open(server);
		assert.deepEqual((await polling.post("40")).cookies, []);
		assert.deepEqual((await polling.poll()).cookies, []);
		const frames = await upgrade(polling);
		assert.deepEqual((await frames.upgraded).cookies, []);
		await frames.close();
	});
	test("CK-11 a cookie that the client has is not looked at", async () => {
		const first = await Polling.open(server);
		const second = await Polling.open(server, { headers: { Cookie: `io=${first.sid}; io=stale` } });
		assert.notEqual(first.sid, second.sid);
		assert.deepEqual(second.handshake.cookies, [`io=${second.sid}; Path=/; HttpOnly; SameSite=Lax`]);
		const answer = await first.post("40", { headers: { Cookie: `io=${second.sid}` } });
		assert.equal(answer.text, "ok");
	});
	test("CK-13 order of the headers", async () => {
		const { handshake } = await Polling.open(server);
		const names = ["content-type", "content-length", "cache-control", "set-cookie"];
		const order = handshake.names.filter((name) => names.includes(name));
		assert.equal(order.length, 4);
		assert.equal(order[0], "content-type");
	});
	test("CK-16 an id of the application is written as a component of a URI", async () => {
		const id = `custom-a b;c=é/+${process.pid}`;
		const { handshake, open } = await Polling.open(server, { query: `&genid=${encodeURIComponent(id.slice(7))}` });
		assert.equal(open.sid, id);
		assert.ok(handshake.cookies[0].startsWith(`io=${encodeURIComponent(id)}; `), handshake.cookies[0]);
	});
	for (const [name, query, method] of [
		["CK-10 a refusal", "&gate=deny"],
		["CK-10 a failing middleware", "&mw=fail"],
		["CK-10 an answer of a middleware", "&mw=end"],
		["CK-10 an unknown session", "&sid=abc"],
		["CK-10 a preflight", "", "OPTIONS"],
	]) {
		test(`${name} has none`, async () => {
			assert.deepEqual((await server.fetch(HANDSHAKE + query, { method, headers: ORIGIN })).cookies, []);
		});
	}
});

describe("header events", () => {
	test("CK-40, CK-41 initial_headers once, headers on each answer", async () => {
		const polling = await Polling.open(server);
		assert.equal(polling.handshake.headers["x-initial"], "1");
		assert.equal(polling.handshake.headers["x-every"], "1");
		for (const answer of [await polling.post("40"), await polling.poll()]) {
			assert.equal(answer.headers["x-initial"], undefined);
			assert.equal(answer.headers["x-every"], "1");
		}
		const frames = await upgrade(polling);
		const { headers } = await frames.upgraded;
		assert.deepEqual([headers["x-initial"], headers["x-every"]], [undefined, "1"]);
		await frames.close();
	});
	test("CK-42 both on a session that begins with a websocket", async () => {
		const frames = await Frames.open(server);
		const { headers } = await frames.upgraded;
		assert.deepEqual([headers["x-initial"], headers["x-every"]], ["1", "1"]);
		await frames.close();
	});
	for (const query of ["&gate=deny", "&mw=fail", "&mw=end", "&sid=abc", "&genid=fail"]) {
		test(`CK-44 not on errors: ${query}`, async () => {
			const { headers } = await server.fetch(HANDSHAKE + query);
			assert.deepEqual([headers["x-initial"], headers["x-every"]], [undefined, undefined]);
		});
	}
	test("CK-44 not on preflights, nor on files for clients", async () => {
		for (const answer of [
			await server.fetch(HANDSHAKE, { method: "OPTIONS", headers: ORIGIN }),
			await server.fetch("/socket.io/socket.io.js"),
		]) {
			assert.ok(answer.status < 300);
			assert.deepEqual([answer.headers["x-initial"], answer.headers["x-every"]], [undefined, undefined]);
		}
	});
	test("CK-50 cookies of listeners stand beside the session cookie, each on a line", async () => {
		const { handshake, sid } = await Polling.open(server, { query: "&cookies=1&everycookie=1" });
		assert.deepEqual(handshake.cookies, [
			`io=${sid}; Path=/; HttpOnly; SameSite=Lax`, "a=1; Path=/", "b=2; Path=/; HttpOnly", "every=1",
		]);
	});
	test("CK-51 also with headers of CORS and middlewares before", async () => {
		const { handshake, sid } = await Polling.open(server, { query: "&cookies=1", headers: ORIGIN });
		assert.equal(handshake.headers["x-mw"], "1");
		assert.deepEqual(handshake.cookies, [`io=${sid}; Path=/; HttpOnly; SameSite=Lax`, "a=1; Path=/", "b=2; Path=/; HttpOnly"]);
	});
	test("CK-53 a single cookie on a poll, a post and an upgrade", async () => {
		const polling = await Polling.open(server);
		assert.deepEqual((await polling.post("40", { query: "&everycookie=1" })).cookies, ["every=1"]);
		assert.deepEqual((await polling.poll({ query: "&everycookie" })).cookies, ["every=1"]);
		const frames = await upgrade(polling, "&everycookie=1");
		assert.deepEqual((await frames.upgraded).cookies, ["every=1"]);
		await frames.close();
	});
});

describe("allowRequest", () => {
	test("CK-61 may take its time", async () => {
		const started = Date.now();
		assert.equal((await server.fetch(`${HANDSHAKE}&gate=slow`)).status, 200);
		assert.ok(Date.now() - started >= 145);
		const frames = await Frames.open(server, { query: "&gate=slow" });
		await frames.close();
	});
	test("CK-61 sees cookies", async () => {
		const status = async (cookie) => (await server.fetch(`${HANDSHAKE}&gate=cookie-deny`, { headers: cookie ? { Cookie: cookie } : {} })).status;
		assert.equal(await status(), 403);
		assert.equal(await status("pass=2"), 403);
		assert.equal(await status("a=b; pass=1"), 200);
		const frames = await Frames.open(server, { query: "&gate=cookie-deny", headers: { Cookie: "pass=1" } });
		await frames.close();
		assert.equal((await Frames.refused(server, "/socket.io/?EIO=4&transport=websocket&gate=cookie-deny")).status, 400);
	});
	test("CK-62 is not asked for polls, posts and upgrades", async () => {
		const polling = await Polling.open(server);
		assert.equal((await polling.post("40", { query: "&gate=deny" })).text, "ok");
		assert.equal((await polling.poll({ query: "&gate=deny" })).status, 200);
		const frames = await upgrade(polling, "&gate=deny");
		await frames.close();
	});
	test("CK-72 a refusal has the headers of middlewares and CORS, but not those of listeners", async () => {
		const { status, headers, cookies } = await server.fetch(`${HANDSHAKE}&gate=deny`, { headers: ORIGIN });
		assert.equal(status, 403);
		assert.equal(headers["x-mw"], "1");
		assert.equal(headers["access-control-allow-origin"], "http://app.example");
		assert.deepEqual(cookies, []);
	});
});

describe("middlewares", () => {
	test("CK-80 see every request", async () => {
		const polling = await Polling.open(server);
		const frames = await upgrade(polling);
		for (const answer of [
			polling.handshake,
			await polling.post("40"),
			await frames.upgraded,
			await server.fetch(`${HANDSHAKE}&sid=abc`),
			await server.fetch("/socket.io/?EIO=4&transport=tobi"),
			await server.fetch("/socket.io/nothing"),
		]) {
			assert.equal(answer.headers["x-mw"], "1", answer.text);
		}
		await frames.close();
	});
	test("CK-80 but not those for the client's files, and after CORS has answered a preflight", async () => {
		assert.equal((await server.fetch("/socket.io/socket.io.js")).headers["x-mw"], undefined);
		assert.equal((await server.fetch(HANDSHAKE, { method: "OPTIONS", headers: ORIGIN })).headers["x-mw"], undefined);
	});
	test("CK-83 one that fails", async () => {
		const answer = await server.fetch(`${HANDSHAKE}&mw=fail`, { headers: ORIGIN });
		assert.deepEqual([answer.status, answer.text], [400, '{"code":3,"message":"Bad request"}']);
		assert.equal(answer.headers["access-control-allow-origin"], "http://app.example");
	});
	test("CK-84 one that answers", async () => {
		const answer = await server.fetch(`${HANDSHAKE}&mw=end`, { headers: ORIGIN });
		assert.deepEqual([answer.status, answer.text], [503, ""]);
		assert.equal(answer.headers["access-control-allow-origin"], "http://app.example");
	});
});

describe("CORS", () => {
	const kinds = {
		"a handshake": () => server.fetch(HANDSHAKE, { headers: ORIGIN }),
		"an error": () => server.fetch("/socket.io/?EIO=4&transport=tobi", { headers: ORIGIN }),
		"a poll": async () => {
			const polling = await Polling.connect(server);
			await polling.post('42["echo",1]');
			return polling.poll({ headers: ORIGIN });
		},
		"a post": async () => (await Polling.open(server)).post("40", { headers: ORIGIN }),
		"the client's files": () => server.fetch("/socket.io/socket.io.min.js", { headers: ORIGIN }),
		"a websocket": async () => (await Frames.open(server, { headers: ORIGIN })).upgraded,
	};
	for (const [kind, fetch] of Object.entries(kinds)) {
		test(`CK-121 on ${kind}`, async () => {
			const { headers } = await fetch();
			assert.equal(headers["access-control-allow-origin"], "http://app.example");
			assert.equal(headers["access-control-allow-credentials"], "true");
			assert.equal(headers["access-control-expose-headers"], "x-every");
			assert.equal(headers.vary, "Origin");
		});
	}
	test("CK-121 not on a refused upgrade", async () => {
		const { headers } = await Frames.refused(server, "/socket.io/?EIO=4&transport=websocket&gate=deny", { headers: ORIGIN });
		assert.equal(headers["access-control-allow-origin"], undefined);
	});
	test("CK-124 another origin is served, but not named", async () => {
		for (const origin of ["https://app2.example", "http://app.example:80", "null", "HTTP://APP.EXAMPLE"]) {
			const { status, headers } = await server.fetch(HANDSHAKE, { headers: { Origin: origin } });
			assert.equal(status, 200);
			assert.equal(headers["access-control-allow-origin"], undefined);
			assert.equal(headers["access-control-allow-credentials"], "true");
			assert.equal(headers.vary, "Origin");
		}
		const { headers } = await server.fetch(HANDSHAKE, { headers: { Origin: "https://app2.example:8443" } });
		assert.equal(headers["access-control-allow-origin"], "https://app2.example:8443");
	});
	test("CK-128 preflight", async () => {
		for (const target of [HANDSHAKE, `${HANDSHAKE}&sid=abc`, "/socket.io/"]) {
			const { status, text, headers } = await server.fetch(target, {
				method: "OPTIONS",
				headers: { ...ORIGIN, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-other" },
			});
			assert.deepEqual([status, text], [204, ""]);
			assert.equal(headers["access-control-allow-origin"], "http://app.example");
			assert.equal(headers["access-control-allow-methods"], "GET,POST");
			assert.equal(headers["access-control-allow-headers"], "content-type,x-custom");
			assert.equal(headers["access-control-max-age"], "600");
			assert.equal(headers["access-control-allow-credentials"], "true");
			assert.equal(headers["access-control-expose-headers"], "x-every");
			assert.equal(headers.vary, "Origin");
		}
	});
});

describe("the client's files", () => {
	const version = '"4.8.4"';
	for (const name of ["socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", "socket.io.msgpack.min.js"]) {
		test(`SIO-116, SIO-117 ${name} and its source map`, async () => {
			const file = await server.fetch(`/socket.io/${name}?v=1`);
			assert.deepEqual([file.status, file.headers["content-type"]], [200, "application/javascript; charset=utf-8"]);
			assert.equal(file.headers["cache-control"], "public, max-age=0");
			assert.equal(file.headers.etag, version);
			assert.match(file.text, /Socket\.IO v4\.8\.4/);
			const map = await server.fetch(`/socket.io/${name}.map`);
			assert.deepEqual([map.status, map.headers["content-type"]], [200, "application/json; charset=utf-8"]);
			assert.equal(map.headers.etag, version);
			map.json();
		});
	}
	test("SIO-118 if not changed", async () => {
		for (const [tag, status] of [[version, 304], [`W/${version}`, 304], ['"4.8.3"', 200], ["*", 200]]) {
			const answer = await server.fetch("/socket.io/socket.io.js", { headers: { "If-None-Match": tag } });
			assert.equal(answer.status, status, tag);
			if (status === 304) {
				assert.equal(answer.text, "");
			}
		}
	});
	test("SIO-119 compressed where the client can", async () => {
		const plain = (await server.fetch("/socket.io/socket.io.js")).text;
		for (const [encoding, decompress] of [["gzip", zlib.gunzipSync], ["deflate", zlib.inflateSync], ["br", zlib.brotliDecompressSync]]) {
			const answer = await server.fetch("/socket.io/socket.io.js", { headers: { "Accept-Encoding": encoding } });
			assert.equal(answer.headers["content-encoding"], encoding);
			assert.equal(decompress(answer.body).toString(), plain);
		}
		assert.equal((await server.fetch("/socket.io/socket.io.js")).headers["content-encoding"], undefined);
	});
	test("SIO-116 no other file", async () => {
		for (const name of ["socket.io.mjs", "../socket.io.js", "version", "LICENSE"]) {
			const answer = await server.fetch(`/socket.io/${name}`);
			assert.equal(answer.text, '{"code":0,"message":"Transport unknown"}');
		}
	});
});
