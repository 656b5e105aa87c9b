/* Engine.IO over plain HTTP, byte by byte: refusals, handshakes, polls, posts, heartbeats and closing. */
import http from "node:http";
import net from "node:net";
import { describe, test } from "node:test";
import zlib from "node:zlib";
import { Frames, Polling, assert, sleep, useServer, within } from "./support.mjs";

const server = useServer("wire");

const refused = (answer, code, message, status = code === 4 ? 403 : 400) => {
	assert.equal(answer.text, JSON.stringify({ code, message }));
	assert.equal(answer.status, status);
	assert.equal(answer.headers["content-type"], "application/json");
	assert.deepEqual(answer.cookies, []);
};

describe("refusals", () => {
	const cases = [
		["EIO-16 no transport", "GET", "?EIO=4", 0, "Transport unknown", { transport: undefined }],
		["EIO-16 an unknown transport", "GET", "?EIO=4&transport=tobi", 0, "Transport unknown", { transport: "tobi" }],
		["EIO-16 a transport named as a method of objects", "GET", "?EIO=4&transport=constructor", 0, "Transport unknown", { transport: "constructor" }],
		["EIO-08 webtransport", "GET", "?EIO=4&transport=webtransport", 0, "Transport unknown", { transport: "webtransport" }],
		["EIO-17 an unknown session", "GET", "?EIO=4&transport=polling&sid=abc", 1, "Session ID unknown", { sid: "abc" }],
		["EIO-17 a session named as a field of objects", "GET", "?EIO=4&transport=polling&sid=__proto__", 1, "Session ID unknown", { sid: "__proto__" }],
		["EIO-17 a post to an unknown session", "POST", "?EIO=4&transport=polling&sid=abc", 1, "Session ID unknown", { sid: "abc" }],
		["EIO-18 a post without a session", "POST", "?EIO=4&transport=polling", 2, "Bad handshake method", { method: "POST" }],
		["EIO-18 a put without a session", "PUT", "?EIO=4&transport=polling", 2, "Bad handshake method", { method: "PUT" }],
		["EIO-19 a websocket without an upgrade", "GET", "?EIO=4&transport=websocket", 3, "Bad request", { name: "TRANSPORT_HANDSHAKE_ERROR" }],
		["EIO-19 a failing middleware", "GET", "?EIO=4&transport=polling&mw=fail", 3, "Bad request", { name: "MIDDLEWARE_FAILURE" }],
		["EIO-35 a failing generator of ids", "GET", "?EIO=4&transport=polling&genid=fail", 3, "Bad request", { name: "ID_GENERATION_ERROR" }],
		["EIO-20 allowRequest", "GET", "?EIO=4&transport=polling&gate=deny", 4, "Forbidden", {}],
		["EIO-20 allowRequest after a while", "GET", "?EIO=4&transport=polling&gate=slow-deny", 4, "Forbidden", {}],
		["EIO-21 an old protocol", "GET", "?EIO=3&transport=polling", 5, "Unsupported protocol version", { protocol: 3 }],
		["EIO-07 no protocol", "GET", "?transport=polling", 5, "Unsupported protocol version", { protocol: 3 }],
		["EIO-07 a protocol of the future", "GET", "?EIO=5&transport=polling", 5, "Unsupported protocol version", { protocol: 3 }],
		["CK-63 allowRequest before the protocol", "GET", "?EIO=3&transport=polling&gate=deny", 4, "Forbidden", {}],
		["EIO-14 the transport before the session", "GET", "?EIO=4&transport=x&sid=abc", 0, "Transport unknown", { transport: "x" }],
		["EIO-14 the session before the method", "POST", "?EIO=3&transport=polling&sid=abc", 1, "Session ID unknown", { sid: "abc" }],
	];
	for (const [name, method, query, code, message, context] of cases) {
		test(`${name}: code ${code}`, async () => {
			const since = await server.lastSeq();
			const answer = await server.fetch(`/socket.io/${query}`, { method });
			refused(answer, code, message);
			const event = await server.recorded(since, (entry) => entry.type === "connection_error");
			assert.deepEqual([event.code, event.message], [code, message]);
			for (const [key, value] of Object.entries(context)) {
				assert.equal(event.context[key], value, `context of EIO-24: ${key}`);
			}
		});
	}

	test("CK-65 a refusal may have a text of its own, which the event does not take over", async () => {
		const since = await server.lastSeq();
		const answer = await server.fetch("/socket.io/?EIO=4&transport=polling&gate=deny-message");
		refused(answer, 4, "try again later");
		const event = await server.recorded(since, (entry) => entry.type === "connection_error");
		assert.deepEqual([event.code, event.message, event.context.message], [4, "Forbidden", "try again later"]);
	});

	test("EIO-25 a session keeps its transport and protocol, and lives on", async () => {
		const polling = await Polling.connect(server);
		refused(await server.fetch(`/socket.io/?EIO=4&transport=websocket&sid=${polling.sid}`), 3, "Bad request");
		refused(await server.fetch(`/socket.io/?EIO=3&transport=polling&sid=${polling.sid}`), 3, "Bad request");
		await polling.post('42["echo",1]');
		assert.equal(await polling.next(), '42["echo",1]');
	});

	test("EIO-27 a method that sessions do not know", async () => {
		const polling = await Polling.connect(server);
		for (const method of ["PUT", "DELETE"]) {
			const answer = await server.fetch(polling.target(), { method });
			assert.deepEqual([answer.status, answer.text], [500, ""]);
		}
		await polling.post('42["echo",1]');
		assert.equal(await polling.next(), '42["echo",1]');
	});
});

describe("paths and queries", () => {
	for (const path of ["/socket.io/", "/socket.io//", "/socket.io/foo/bar"]) {
		test(`EIO-02 ${path} is the engine's`, async () => {
			assert.equal((await server.fetch(`${path}?EIO=4&transport=polling`)).status, 200);
		});
	}
	for (const path of ["/socket.io", "/Socket.IO/", "/socket%2Eio/", "//socket.io/", "/a/../socket.io/", "/socket.iox/"]) {
		test(`EIO-02 ${path} is not`, async () => {
			assert.equal((await server.fetch(`${path}?EIO=4&transport=polling`)).status, 404);
		});
	}
	test("EIO-06 parameters of the engine must not be repeated", async () => {
		refused(await server.fetch("/socket.io/?EIO=3&transport=x&EIO=4&transport=polling"), 3, "Bad request");
	});
	test("EIO-06 parameters are decoded", async () => {
		assert.equal((await server.fetch("/socket.io/?EI%4F=%34&transport=p%6Flling")).status, 200);
	});
	test("EIO-06 escapes that are no UTF-8 do no harm", async () => {
		assert.equal((await server.fetch("/socket.io/?EIO=4&transport=polling&b=%c3&%ff=%00")).status, 200);
	});
	test("EIO-09 an empty session id is none", async () => {
		assert.equal((await server.fetch("/socket.io/?EIO=4&transport=polling&sid=")).status, 200);
	});
});

describe("handshake", () => {
	test("EIO-29, EIO-30 answer and open packet", async () => {
		const answer = await server.fetch("/socket.io/?EIO=4&transport=polling");
		assert.equal(answer.status, 200);
		assert.equal(answer.headers["content-type"], "text/plain; charset=UTF-8");
		assert.equal(answer.headers["cache-control"], "no-store");
		assert.equal(answer.headers["content-length"], String(answer.body.length));
		const { sid } = JSON.parse(answer.text.slice(1));
		assert.match(sid, /^[A-Za-z0-9_-]{20}$/);
		assert.equal(
			answer.text,
			`0{"sid":"${sid}","upgrades":["websocket"],"pingInterval":700,"pingTimeout":500,"maxPayload":20000}`,
		);
	});
	test("EIO-35 an id of the application", async () => {
		const id = `custom-a${process.pid}`;
		const polling = await Polling.open(server, { query: `&genid=a${process.pid}` });
		assert.equal(polling.sid, id);
		assert.match(polling.handshake.cookies[0], new RegExp(`^io=${id};`));
	});
	test("EIO-34 ids differ", async () => {
		const sids = await Promise.all(Array.from({ length: 20 }, async () => (await Polling.open(server)).sid));
		assert.equal(new Set(sids).size, 20);
	});
	test("SIO-36 the handshake is that of the first request", async () => {
		const polling = await Polling.connect(server, {
			query: "&a=b%20c&a=d+e&%C3%A4=",
			headers: { Origin: "http://other.example", "X-Several": ["1", "2"] },
		});
		await polling.post('420["whoami"]');
		const { handshake } = JSON.parse((await polling.next()).slice(3))[0];
		assert.deepEqual(Object.keys(handshake).sort(), [
			"address", "auth", "headers", "issued", "query", "secure", "time", "url", "xdomain",
		]);
		assert.deepEqual({ ...handshake.query }, { EIO: "4", transport: "polling", a: "d e", ä: "" });
		assert.equal(handshake.url, "/socket.io/?EIO=4&transport=polling&a=b%20c&a=d+e&%C3%A4=");
		assert.deepEqual([handshake.xdomain, handshake.secure, handshake.auth], [true, false, {}]);
		assert.equal(handshake.headers.origin, "http://other.example");
		assert.equal(handshake.headers["x-several"], "1, 2");
		assert.match(handshake.address, /127\.0\.0\.1$/);
		assert.ok(Math.abs(handshake.issued - Date.now()) < 60000);
		assert.equal(typeof handshake.time, "string");
	});
});

describe("polls", () => {
	test("EIO-37 packets wait for a poll, and come together", async () => {
		const polling = await Polling.connect(server);
		await polling.post('42["echo",1]\x1e42["echo","é"]\x1e42["echo",3]');
		const answer = await polling.poll();
		assert.equal(answer.text, '42["echo",1]\x1e42["echo","é"]\x1e42["echo",3]');
		assert.equal(answer.headers["content-type"], "text/plain; charset=UTF-8");
		assert.equal(answer.headers["content-length"], String(answer.body.length));
		assert.equal(answer.headers["cache-control"], "no-store");
	});
	test("EIO-37, EIO-42 a poll hangs until there is a packet", async () => {
		const polling = await Polling.connect(server);
		const hanging = polling.poll();
		await polling.post('42["echo",1]');
		assert.equal((await hanging).text, '42["echo",1]');
	});
	test("EIO-39 old browsers are told not to look for scripts", async () => {
		const trident = { "User-Agent": "Mozilla/5.0 (Windows NT 6.1; Trident/7.0)" };
		const polling = await Polling.open(server, { headers: trident });
		assert.equal(polling.handshake.headers["x-xss-protection"], "0");
		assert.equal((await polling.post("40", { headers: trident })).headers["x-xss-protection"], "0");
		assert.equal((await polling.poll({ headers: trident })).headers["x-xss-protection"], "0");
		assert.equal((await Polling.open(server)).handshake.headers["x-xss-protection"], undefined);
	});
	test("EIO-40 two polls at a time end the session", async () => {
		const polling = await Polling.connect(server);
		const since = await server.lastSeq();
		const first = polling.poll();
		await sleep(50);
		const second = await polling.poll();
		assert.deepEqual([second.status, second.text], [400, ""]);
		const { status, text } = await first;
		assert.deepEqual([status, text], [200, "1"]);
		await server.recorded(since, (e) => e.type === "engine_close" && e.sid === polling.sid && e.reason === "transport error");
		await server.recorded(since, (e) => e.type === "disconnect" && e.id === polling.id && e.reason === "transport error");
		refused(await polling.poll(), 1, "Session ID unknown");
	});
	test("EIO-41 a client that gives up its poll ends the session", async () => {
		const polling = await Polling.connect(server);
		const since = await server.lastSeq();
		await polling.poll({ onRequest: (request) => setTimeout(() => request.destroy(), 50) }).catch(() => {});
		await server.recorded(since, (e) => e.type === "engine_close" && e.sid === polling.sid && e.reason === "transport error");
		refused(await polling.poll(), 1, "Session ID unknown");
	});
});

describe("posts", () => {
	test("EIO-44 answer", async () => {
		const polling = await Polling.open(server);
		const answer = await polling.post("40");
		assert.deepEqual([answer.status, answer.text], [200, "ok"]);
		assert.equal(answer.headers["content-type"], "text/html");
		assert.equal(answer.headers["content-length"], "2");
		assert.equal(answer.headers["cache-control"], "no-store");
	});
	for (const type of [undefined, "application/json", "application/x-www-form-urlencoded", "application/octet-stream; x=y", "image/png"]) {
		test(`EIO-45 content type ${type} is text`, async () => {
			const polling = await Polling.connect(server);
			await server.fetch(polling.target(), { method: "POST", body: '42["echo","é"]', headers: type ? { "Content-Type": type } : {} });
			assert.equal(await polling.next(), '42["echo","é"]');
		});
	}
	test("EIO-46 binary bodies are not of this protocol", async () => {
		const polling = await Polling.connect(server);
		const since = await server.lastSeq();
		const answer = await polling.post("40", { headers: { "Content-Type": "application/octet-stream" } });
		assert.deepEqual([answer.status, answer.text], [400, ""]);
		await server.recorded(since, (e) => e.type === "engine_close" && e.sid === polling.sid && e.reason === "transport error");
	});
	test("EIO-47 two posts at a time end the session", async () => {
		const polling = await Polling.connect(server);
		const since = await server.lastSeq();
		const options = { host: "127.0.0.1", port: server.port, path: polling.target(), method: "POST", headers: { "Content-Length": 10 } };
		const first = http.request(options);
		const ended = new Promise((done) => {
			first.on("error", () => done("destroyed"));
			first.on("response", (response) => response.resume().on("error", () => {}) && done(response.statusCode));
		});
		first.write("40");
		await sleep(100);
		const second = await polling.post("40");
		assert.deepEqual([second.status, second.text], [400, ""]);
		assert.notEqual(await within(ended), 200);
		await server.recorded(since, (e) => e.type === "engine_close" && e.sid === polling.sid && e.reason === "transport error");
	});
	test("EIO-48 a body of exactly the limit passes", async () => {
		const polling = await Polling.connect(server);
		const text = "x".repeat(20000 - '42["echo",""]'.length);
		assert.equal((await polling.post(`42["echo","${text}"]`)).status, 200);
		assert.equal(await polling.next(), `42["echo","${text}"]`);
	});
	for (const chunked of [false, true]) {
		test(`EIO-48 a larger ${chunked ? "chunked " : ""}body is refused, and the session lives on`, async () => {
			const polling = await Polling.connect(server);
			const body = `42["echo","${"x".repeat(20001 - '42["echo",""]'.length)}"]`;
			const answer = await polling.post(body, { headers: chunked ? { "Transfer-Encoding": "chunked" } : {} });
			assert.deepEqual([answer.status, answer.text], [413, ""]);
			await polling.post('42["echo",1]');
			assert.equal(await polling.next(), '42["echo",1]');
		});
	}
	test("EIO-49 a client that gives up its post ends the session", async () => {
		const polling = await Polling.connect(server);
		const since = await server.lastSeq();
		const socket = net.connect(server.port, "127.0.0.1");
		socket.write(`POST ${polling.target()} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n42`);
		await sleep(100);
		socket.destroy();
		await server.recorded(since, (e) => e.type === "engine_close" && e.sid === polling.sid && e.reason === "transport error");
	});
	for (const [name, body] of [["an unknown type", '42["echo",1]\x1eabc'], ["a trailing separator", '42["echo",1]\x1e']]) {
		test(`EIO-50 ${name} ends the session after what came before`, async () => {
			const polling = await Polling.connect(server);
			const since = await server.lastSeq();
			const hanging = polling.poll();
			await sleep(50);
			const answer = await polling.post(body);
			assert.deepEqual([answer.status, answer.text], [400, ""]);
			assert.match((await hanging).text, /^42\["echo",1\]|^1$/);
			await server.recorded(since, (e) => e.type === "engine_close" && e.sid === polling.sid && e.reason === "parse error");
			await server.recorded(since, (e) => e.type === "disconnect" && e.id === polling.id && e.reason === "parse error");
		});
	}
	test("EIO-51 a close packet", async () => {
		const polling = await Polling.connect(server);
		const since = await server.lastSeq();
		const hanging = polling.poll();
		await sleep(50);
		assert.equal((await polling.post("1")).text, "ok");
		assert.equal((await hanging).text, "6");
		await server.recorded(since, (e) => e.type === "engine_close" && e.sid === polling.sid && e.reason === "transport close");
		refused(await polling.poll(), 1, "Session ID unknown");
	});
	test("EIO-52 a ping of the client", async () => {
		const polling = await Polling.connect(server);
		const since = await server.lastSeq();
		assert.equal((await polling.post("2")).status, 400);
		await server.recorded(since, (e) => e.type === "engine_close" && e.sid === polling.sid && e.reason === "transport error");
	});
	test("EIO-53 packets that mean nothing", async () => {
		const polling = await Polling.connect(server);
		await polling.post('0\x1e5\x1e6\x1e3\x1e42["echo",1]');
		assert.equal(await polling.next(), '42["echo",1]');
	});
	test("SIO-05 binary is base64 of its own", async () => {
		const polling = await Polling.connect(server);
		await polling.post('451-["echo",{"_placeholder":true,"num":0}]\x1ebAQIDBA==');
		assert.equal((await polling.poll()).text, '451-["echo",{"_placeholder":true,"num":0}]\x1ebAQIDBA==');
	});
});

describe("heartbeat", () => {
	test("EIO-83, EIO-84 a ping after the interval, and the end without an answer", async () => {
		const since = await server.lastSeq();
		const polling = await Polling.connect(server);
		const started = Date.now();
		assert.equal((await polling.poll()).text, "2");
		const interval = Date.now() - started;
		assert.ok(interval > 550 && interval < 850, `${interval} ms`);
		const hanging = polling.poll();
		assert.equal((await hanging).text, "1");
		const timeout = Date.now() - started - interval;
		assert.ok(timeout > 400 && timeout < 650, `${timeout} ms`);
		await server.recorded(since, (e) => e.type === "engine_close" && e.sid === polling.sid && e.reason === "ping timeout");
		await server.recorded(since, (e) => e.type === "disconnect" && e.id === polling.id && e.reason === "ping timeout");
	});
	test("EIO-83 pongs keep the session", async () => {
		const polling = await Polling.connect(server);
		for (let i = 0; i < 3; i++) {
			assert.equal((await polling.poll()).text, "2");
			await polling.post("3");
		}
		await polling.post('42["echo",1]');
		assert.equal(await polling.next(), '42["echo",1]');
	});
	test("EIO-86 the time limit runs without a poll, too", async () => {
		const since = await server.lastSeq();
		const polling = await Polling.open(server);
		await server.recorded(since, (e) => e.type === "engine_close" && e.sid === polling.sid && e.reason === "ping timeout");
	});
});

describe("closing", () => {
	test("EIO-98 with a poll that hangs", async () => {
		const polling = await Polling.connect(server);
		const since = await server.lastSeq();
		const hanging = polling.poll();
		await sleep(50);
		await polling.post('42["bye",true]');
		let text = (await hanging).text;
		if (!text.endsWith("1") || text === "41") {
			text += `|${(await polling.poll()).text}`;
		}
		assert.match(text, /^41/);
		await server.recorded(since, (e) => e.type === "disconnect" && e.id === polling.id && e.reason === "server namespace disconnect");
		await server.recorded(since, (e) => e.type === "engine_close" && e.sid === polling.sid && e.reason === "forced close");
	});
	test("EIO-99 without one: first what is left, then noop and close", async () => {
		const polling = await Polling.connect(server);
		await polling.post('42["bye",true]');
		assert.equal((await polling.poll()).text, "41");
		assert.equal((await polling.poll()).text, "6\x1e1");
		refused(await polling.poll(), 1, "Session ID unknown");
	});
	test("EIO-99 a burst before it arrives whole", async () => {
		const polling = await Polling.connect(server);
		await polling.post('42["burst",100,true]');
		const packets = (await polling.poll()).text.split("\x1e");
		assert.deepEqual(packets.slice(0, 100), Array.from({ length: 100 }, (_, i) => `42["burst",${i}]`));
		assert.equal(packets[100], "41");
	});
	test("SIO-27 a client that joins nothing", async () => {
		const since = await server.lastSeq();
		const polling = await Polling.open(server);
		const started = Date.now();
		let text;
		do {
			text = (await polling.poll()).text;
			if (text === "2") {
				await polling.post("3");
			}
		} while (text === "2");
		const elapsed = Date.now() - started;
		assert.ok(elapsed > 1300 && elapsed < 1800, `${elapsed} ms`);
		assert.match(text, /1$/);
		await server.recorded(since, (e) => e.type === "engine_close" && e.sid === polling.sid && e.reason === "forced close");
	});
});

describe("compression of polls", () => {
	const poll = async (encodings, event = '42["text",2000]') => {
		const polling = await Polling.connect(server);
		await polling.post(event);
		return polling.poll({ headers: encodings ? { "Accept-Encoding": encodings } : {} });
	};
	const expected = `42["text","${"x".repeat(2000)}"]`;
	for (const [accept, encoding] of [
		["gzip, deflate", "gzip"], ["deflate", "deflate"], ["*", "gzip"], ["gzip;q=0.5, deflate", "deflate"], ["GZIP", "gzip"], ["x, gzip;q=0.1", "gzip"],
		["br", undefined], [undefined, undefined], ["identity", undefined], ["gzip;q=0", undefined],
	]) {
		test(`EIO-104 ${accept}: ${encoding}`, async () => {
			const answer = await poll(accept);
			assert.equal(answer.headers["content-encoding"], encoding);
			assert.equal(answer.headers["content-length"], encoding ? undefined : String(expected.length));
			assert.ok(!/accept-encoding/i.test(answer.headers.vary ?? ""));
			const text = encoding ? (encoding === "gzip" ? zlib.gunzipSync : zlib.inflateSync)(answer.body) : answer.body;
			assert.equal(text.toString(), expected);
		});
	}
	test("EIO-103 from the threshold on", async () => {
		assert.equal((await poll("gzip", `42["text",${1024 - '42["text",""]'.length}]`)).headers["content-encoding"], "gzip");
		assert.equal((await poll("gzip", `42["text",${1023 - '42["text",""]'.length}]`)).headers["content-encoding"], undefined);
	});
	test("SIO-73 not what the application does not want compressed", async () => {
		assert.equal((await poll("gzip", '42["plain",2000]')).headers["content-encoding"], undefined);
		assert.equal((await poll("gzip", '42["plain",2000]\x1e42["text",10]')).headers["content-encoding"], "gzip");
	});
});

describe("a connection that many requests share", () => {
	test("EIO-37 keep-alive connections are not mixed up", async () => {
		const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
		try {
			const polling = await Polling.open(server);
			await polling.post("40", { agent });
			await polling.poll({ agent });
			for (let i = 0; i < 50; i++) {
				await polling.post(`42["echo",${i}]`, { agent });
				let text = (await polling.poll({ agent })).text;
				while (text === "2") {
					await polling.post("3", { agent });
					text = (await polling.poll({ agent })).text;
				}
				assert.ok(text.includes(`42["echo",${i}]`), text);
			}
		} finally {
			agent.destroy();
		}
	});
	test("EIO-46 a refused body does not disturb the next request", async () => {
		const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
		try {
			const polling = await Polling.connect(server);
			const body = "x".repeat(100000);
			await polling.post(body, { agent }).catch(() => {});
			assert.equal((await server.fetch("/health", { agent })).status, 200);
		} finally {
			agent.destroy();
		}
	});
});

test("EIO-61 the wire profile speaks websocket as well", async () => {
	const frames = await Frames.open(server, { join: "" });
	await frames.close();
});
