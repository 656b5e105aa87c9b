/* What the other profiles show: other options, recovery, websocket only, the page, and Engine.IO alone. */
import { describe, test } from "node:test";
import { Socket as EngineSocket } from "engine.io-client";
import { io } from "socket.io-client";
import { Frames, Polling, assert, isOther, sleep, startServer, useServer, within } from "./support.mjs";

const event = (socket, name) => within(new Promise((done) => socket.once(name, (...args) => done(args))), 10000, `the event ${name}`);
const ask = (socket, ...args) => within(new Promise((done) => socket.emit(...args, (...answer) => done(answer))), 10000, `the acknowledgement of ${args[0]}`);

describe("wire-alt", () => {
	const server = useServer("wire-alt");
	const path = "/alt/io/";

	test("CK-15 to CK-25 the cookie with other attributes", async () => {
		const { handshake, sid } = await Polling.open(server, { path });
		assert.deepEqual(handshake.cookies, [`sticky=${sid}; Max-Age=3600; Path=/alt; Secure; SameSite=Strict`]);
	});
	test("EIO-01 nothing on the usual path", async () => {
		assert.equal((await server.fetch("/socket.io/?EIO=4&transport=polling")).status, 404);
		assert.equal((await server.fetch("/alt/io?EIO=4&transport=polling")).status, 404);
	});
	test("EIO-31 no upgrades are offered, but the websocket is", async () => {
		const { open } = await Polling.open(server, { path });
		assert.deepEqual([open.upgrades, open.maxPayload], [[], 100]);
		const frames = await Frames.open(server, { path, join: "" });
		await frames.close();
	});
	test("SIO-120 no files for clients", async () => {
		assert.equal((await server.fetch("/alt/io/socket.io.js")).text, '{"code":0,"message":"Transport unknown"}');
	});
	test("CK-122 any origin", async () => {
		const { headers } = await server.fetch(`${path}?EIO=4&transport=polling`, { headers: { Origin: "http://any.example" } });
		assert.deepEqual([headers["access-control-allow-origin"], headers.vary, headers["access-control-allow-credentials"]], ["*", undefined, undefined]);
		const preflight = await server.fetch(`${path}?EIO=4&transport=polling`, {
			method: "OPTIONS",
			headers: { Origin: "http://any.example", "Access-Control-Request-Headers": "x-a, x-b" },
		});
		assert.equal(preflight.status, 204);
		assert.equal(preflight.headers["access-control-allow-methods"], "GET,HEAD,PUT,PATCH,POST,DELETE");
		assert.equal(preflight.headers["access-control-allow-headers"], "x-a, x-b");
		assert.equal(preflight.headers.vary, "Access-Control-Request-Headers");
	});
	test("EIO-103 polls are not compressed", async () => {
		const polling = await Polling.connect(server, { path });
		await polling.post('42["text",5000]');
		assert.equal((await polling.poll({ headers: { "Accept-Encoding": "gzip" } })).headers["content-encoding"], undefined);
	});
	test("EIO-107 the websocket is, where the client wants it", async () => {
		const frames = await Frames.open(server, { path, join: "", perMessageDeflate: true });
		assert.match((await frames.upgraded).headers["sec-websocket-extensions"], /^permessage-deflate/);
		const before = frames.socket._socket.bytesRead;
		frames.send('42["text",100000]');
		assert.match(await frames.message(), /^42\["text","x{100000}",".+"\]$/);
		assert.ok(frames.socket._socket.bytesRead - before < 5000);
		await frames.close();
		const plain = await Frames.open(server, { path });
		assert.equal((await plain.upgraded).headers["sec-websocket-extensions"], undefined);
		await plain.close();
	});
	test("EIO-62 the limit holds for what was inflated", async () => {
		const frames = await Frames.open(server, { path, join: "", perMessageDeflate: { threshold: 0 } });
		frames.send(`42["echo","${"x".repeat(200)}"]`);
		assert.equal((await within(frames.closed)).code, 1009);
	});
	test("EIO-48 a small limit", async () => {
		const polling = await Polling.open(server, { path });
		assert.equal((await polling.post("4".repeat(101))).status, 413);
	});

	describe("connection state recovery", () => {
		const connect = async (payload = "") => {
			const frames = await Frames.open(server, { path });
			frames.send(`40${payload}`);
			const received = [];
			for (;;) {
				const frame = await frames.message();
				if (frame.startsWith("40")) {
					return Object.assign(frames, JSON.parse(frame.slice(2)), { received });
				}
				received.push(frame);
			}
		};
		const whoami = async (frames) => {
			frames.send('421["whoami"]');
			return JSON.parse((await frames.message()).slice(3))[0];
		};
		const offsetOf = (frame) => JSON.parse(frame.slice(2)).at(-1);

		test("SIO-91, SIO-92 a private id, and an offset on each event", async () => {
			const frames = await connect();
			assert.match(frames.pid, /^[A-Za-z0-9_-]{20}$/);
			frames.send('42["echo",1]');
			const echo = JSON.parse((await frames.message()).slice(2));
			assert.deepEqual(echo.slice(0, 2), ["echo", 1]);
			assert.match(echo[2], /^[0-9A-Za-z_-]+(\.[0-9A-Za-z_-]+)?$/);
			frames.send('425["echo",1]');
			assert.equal(await frames.message(), "435[1]");
			frames.send('42["volatile-later",10]');
			assert.equal(await frames.message(), '42["v","later"]');
			await frames.close();
		});
		test("SIO-97, SIO-98 what was missed comes before the connection packet, with rooms and data", async () => {
			const [frames, other] = [await connect(), await connect()];
			const room = `r${process.pid}`;
			frames.send(`420["join","${room}"]`, '420["set","k",1]');
			await frames.message();
			await frames.message();
			frames.send('42["echo","x"]');
			const offset = offsetOf(await frames.message());
			frames.socket.terminate();
			await sleep(100);
			for (const [spec, name] of [[{ to: [room] }, "a"], [{}, "b"], [{ to: ["other"] }, "c"], [{ except: [room] }, "d"], [{ volatile: true }, "e"]]) {
				other.send(`429${JSON.stringify(["cast", spec, name])}`);
				let frame;
				do {
					frame = await other.message();
				} while (!frame.startsWith("439"));
			}
			const back = await connect(`{"pid":"${frames.pid}","offset":"${offset}"}`);
			assert.deepEqual([back.sid, back.pid], [frames.sid, frames.pid]);
			assert.deepEqual(back.received.map((frame) => JSON.parse(frame.slice(2))[0]), ["a", "b"]);
			const me = await whoami(back);
			assert.deepEqual([me.recovered, me.data, me.rooms.includes(room)], [true, { k: 1 }, true]);
			await Promise.all([back.close(), other.close()]);
		});
		test("SIO-96 not after leaving", async () => {
			const frames = await connect();
			frames.send('42["echo",1]');
			const offset = offsetOf(await frames.message());
			frames.send("41");
			await sleep(50);
			await frames.close();
			const back = await connect(`{"pid":"${frames.pid}","offset":"${offset}"}`);
			assert.notEqual(back.pid, frames.pid);
			assert.equal((await whoami(back)).recovered, false);
			await back.close();
		});
		test("SIO-97 not with an offset or an id that is unknown, nor too late", async () => {
			const frames = await connect();
			frames.send('42["echo",1]');
			const offset = offsetOf(await frames.message());
			frames.socket.terminate();
			await sleep(50);
			for (const payload of [`{"pid":"nobody","offset":"${offset}"}`, `{"pid":"${frames.pid}","offset":"nothing"}`]) {
				const back = await connect(payload);
				assert.notEqual(back.pid, frames.pid, payload);
				await back.close();
			}
			const other = await connect();
			other.socket.terminate();
			await sleep(3100);
			const late = await connect(`{"pid":"${other.pid}"}`);
			assert.notEqual(late.pid, other.pid);
			await late.close();
		});
		test("SIO-100 as the client sees it", async () => {
			const socket = io(server.url, { path, forceNew: true, reconnectionDelay: 10, transports: ["websocket"] });
			await event(socket, "connect");
			assert.equal(socket.recovered, false);
			socket.emit("echo", 1);
			await event(socket, "echo");
			const { id } = socket;
			socket.io.engine.close();
			await event(socket, "connect");
			assert.deepEqual([socket.recovered, socket.id], [true, id]);
			socket.close();
		});
	});
});

describe("wire-ws", () => {
	const server = useServer("wire-ws");

	test("EIO-16 polling is switched off", async () => {
		const answer = await server.fetch("/socket.io/?EIO=4&transport=polling");
		assert.deepEqual([answer.status, answer.text], [400, '{"code":0,"message":"Transport unknown"}']);
	});
	test("SIO-21 the websocket works, without cookies and CORS", async () => {
		const frames = await Frames.open(server, { join: "", headers: { Origin: "http://any.example" } });
		const { headers } = await frames.upgraded;
		for (const name of ["set-cookie", "access-control-allow-origin", "vary", "x-every", "x-mw"]) {
			assert.equal(headers[name], undefined);
		}
		frames.send('42["echo",1]');
		assert.equal(await frames.message(), '42["echo",1]');
		await frames.close();
	});
});

describe("web", () => {
	test("the page", async () => {
		const server = await startServer("web");
		try {
			const { status, headers, text } = await server.fetch("/");
			assert.deepEqual([status, headers["content-type"]], [200, "text/html; charset=utf-8"]);
			assert.match(text, /id="?state"?[^]*<script src="\/socket\.io\/socket\.io\.js"><\/script>/);
			assert.deepEqual((await Polling.open(server)).handshake.cookies.length, 1);
			const { open } = await Polling.open(server);
			assert.deepEqual({ ...open, sid: "" }, { sid: "", upgrades: ["websocket"], pingInterval: 25000, pingTimeout: 20000, maxPayload: 1000000 });
			const plain = await server.fetch("/socket.io/?EIO=4&transport=polling", { headers: { Origin: "http://a.example" } });
			assert.equal(plain.headers["access-control-allow-origin"], undefined);
			assert.equal((await server.fetch("/socket.io/?EIO=4&transport=polling", { method: "OPTIONS" })).text, '{"code":2,"message":"Bad handshake method"}');
		} finally {
			await server.kill();
		}
	});
	test("CK-01, CK-124 origins, and no cookie", async () => {
		const server = await startServer("web", { NODE_ID: "n 2", COOKIE: "off", CORS_ORIGINS: "http://a.example,https://b.example" });
		try {
			for (const origin of ["http://a.example", "https://b.example"]) {
				const { headers, cookies } = await server.fetch("/socket.io/?EIO=4&transport=polling", { headers: { Origin: origin } });
				assert.deepEqual([headers["access-control-allow-origin"], headers["access-control-allow-credentials"]], [origin, "true"]);
				assert.deepEqual(cookies, []);
			}
			const other = await server.fetch("/socket.io/?EIO=4&transport=polling", { headers: { Origin: "http://c.example" } });
			assert.equal(other.headers["access-control-allow-origin"], undefined);
			const socket = io(server.url, { forceNew: true, extraHeaders: { cookie: "a=1" } });
			const [[welcome]] = await Promise.all([event(socket, "welcome"), event(socket, "connect")]);
			assert.deepEqual(welcome, { node: "n 2", id: socket.id });
			assert.deepEqual(await ask(socket, "cookies"), ["a=1"]);
			socket.close();
		} finally {
			await server.kill();
		}
	});
});

describe("engine-client", () => {
	const server = useServer("engine-client");
	const open = (options) => new EngineSocket(server.url, options);

	for (const transports of [["polling"], ["websocket"], ["polling", "websocket"]]) {
		test(`EIO-130 engine.io-client over ${transports.join(" and ")}`, async () => {
			const socket = open({ transports });
			const upgraded = transports.length > 1 ? event(socket, "upgrade") : undefined;
			assert.deepEqual(await event(socket, "message"), ["hi"]);
			await upgraded;
			socket.send("é🦊");
			assert.deepEqual(await event(socket, "message"), ["é🦊"]);
			socket.send(Buffer.from([1, 2]));
			assert.deepEqual([...Buffer.from((await event(socket, "message"))[0])], [1, 2]);
			socket.send("give binary");
			assert.deepEqual([...Buffer.from((await event(socket, "message"))[0])], [0, 1, 2, 3, 4]);
			const closed = event(socket, "close");
			socket.close();
			await closed;
		});
	}
	test("CK-152 to CK-154 cookies that have not expired come back", async () => {
		const socket = open({ transports: ["polling"], withCredentials: true });
		await event(socket, "message");
		socket.send("sendHeaders");
		const headers = JSON.parse((await event(socket, "message"))[0]);
		assert.equal(headers.cookie, "1=1; 2=2");
		assert.equal(headers["content-length"], "12");
		socket.close();
	});
	test("CK-53 four cookies, each on a line", async () => {
		const { handshake } = await Polling.open(server, { path: "/engine.io/" });
		assert.deepEqual(handshake.cookies.slice(0, 3), ["1=1; Max-Age=86400", "2=2; Path=/; HttpOnly; Secure; SameSite=Strict", "3=3; Max-Age=0"]);
		assert.match(handshake.cookies[3], /^4=4; Expires=\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/);
	});
	test("CK-53 also on the websocket, where the reference joins them", { skip: isOther }, async () => {
		const frames = await Frames.open(server, { path: "/engine.io/" });
		assert.equal((await frames.upgraded).cookies.length, 4);
		await frames.close();
	});
	test("CK-65 a parameter that is denied", async () => {
		for (const query of ["deny", "deny=", "deny=1"]) {
			assert.equal((await server.fetch(`/engine.io/?EIO=4&transport=polling&${query}`)).status, 403);
		}
	});
	test("EIO-48 more than the client may send", async () => {
		const socket = open({ transports: ["polling"] });
		await event(socket, "message");
		socket.send("x".repeat(101));
		const [reason] = await event(socket, "close");
		assert.equal(reason, "transport error");
	});
	test("EIO-56 text with any other character", async () => {
		const polling = await Polling.open(server, { path: "/engine.io/" });
		const text = "4\u0000\u0001\u001f\u007f\u0085\u2028\uffff🦊";
		await polling.post(text);
		assert.equal(await polling.next((packet) => packet !== "4hi"), text);
	});
	test("SIO-120 no client's files", async () => {
		assert.equal((await server.fetch("/engine.io/socket.io.js")).text, '{"code":0,"message":"Transport unknown"}');
	});
});

describe("engine-echo", () => {
	const server = useServer("engine-echo");

	test("EIO-30 a fast heartbeat", async () => {
		const { open } = await Polling.open(server, { path: "/engine.io/" });
		assert.deepEqual({ ...open, sid: "" }, { sid: "", upgrades: ["websocket"], pingInterval: 300, pingTimeout: 200, maxPayload: 1000000 });
	});
	test("EIO-59 an empty message", async () => {
		const frames = await Frames.open(server, { path: "/engine.io/" });
		frames.send("4", "4a");
		assert.deepEqual([await frames.message(), await frames.message()], ["4", "4a"]);
		await frames.close();
	});
});
