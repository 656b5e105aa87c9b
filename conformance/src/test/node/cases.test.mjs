/* Applications as people write them: bursts, order, failing handlers, sessions and logins, proxies, recovery. */
import { describe, test } from "node:test";
import { Manager, io } from "socket.io-client";
import { ask, event, io4, open } from "./clients.mjs";
import { startHalfOpenProxy } from "./half-open.mjs";
import { Frames, Polling, assert, sleep, startServer, useServer, within } from "./support.mjs";

const WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
const BROWSER = "permessage-deflate; client_max_window_bits";

/** Waits until something is so. */
async function until(what, condition, ms = 20000) {
	for (const end = Date.now() + ms; !(await condition()); await sleep(10)) {
		assert.ok(Date.now() < end, what);
	}
}

/** An official client that remembers why it was disconnected. */
async function connect(server, { transport = "websocket", ...options } = {}) {
	const socket = open(io4, server, { transports: [transport], reconnection: false, ...options });
	socket.reasons = [];
	socket.on("disconnect", (reason) => socket.reasons.push(reason));
	await event(socket, "connect");
	return socket;
}

function closeAll(...sockets) {
	sockets.flat().forEach((socket) => socket.close());
}

async function logged(server, since = 0) {
	return (await server.fetch(`/log?since=${since}`)).json();
}

/** Requests a websocket as a browser does. */
function upgrade(server, headers, target = WEBSOCKET) {
	return server.fetch(target, {
		headers: {
			Upgrade: "websocket",
			Connection: "Upgrade",
			"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
			"Sec-WebSocket-Version": "13",
			...headers,
		},
	});
}

function sessionCookie({ cookies }) {
	return cookies.find((cookie) => cookie.startsWith("SESSION="))?.split(";")[0];
}

async function visit(server) {
	return sessionCookie(await server.fetch("/visit"));
}

/** Logs a user in, whose session gets another id. */
async function login(server, cookie, username) {
	const response = await server.fetch("/login", {
		method: "POST",
		body: `username=${username}&password=pw`,
		headers: { Cookie: cookie, "Content-Type": "application/x-www-form-urlencoded" },
	});
	assert.ok(response.status >= 200 && response.status < 400, `status ${response.status}`);
	const after = sessionCookie(response);
	assert.ok(after && after !== cookie, `${cookie}, then ${after}`);
	return after;
}

describe("an application without users", () => {
	const server = useServer("cases");

	test("the handlers that the other tests use", async () => {
		const [socket, other] = [await connect(server), await connect(server)];
		assert.deepEqual(await ask(socket, "size", "é🦊"), [3]);
		assert.deepEqual(await ask(socket, "size", Buffer.alloc(7)), [7]);
		assert.deepEqual(await ask(socket, "set", "key", [1]), []);
		assert.deepEqual(await ask(socket, "join", "room"), []);
		assert.deepEqual(await ask(socket, "whoami"), [
			{ id: socket.id, nsp: "/", user: null, rooms: [socket.id, "room"], recovered: false, data: { key: [1] } },
		]);
		assert.deepEqual([await ask(socket, "count", "room"), await ask(socket, "count", null)], [[1], [2]]);
		assert.deepEqual(await ask(socket, "typed", { name: "a", count: 2, more: true }), [{ name: "a", count: 2 }]);
		const values = Promise.all([event(socket, "values"), event(other, "values")]);
		socket.emit("values", null, 1, Buffer.from([2]));
		other.emit("values", null, "x");
		const [[number, bytes], [text]] = await values;
		assert.deepEqual([number, [...Buffer.from(bytes)], text], [1, [2], "x"]);
		assert.deepEqual((await server.fetch("/who")).text, "");
		for (const path of ["/visit", "/login", "/logout"]) {
			assert.equal((await server.fetch(path)).status, 404);
		}
		socket.emit("kick", other.id, true);
		assert.deepEqual(await event(other, "disconnect").then(([reason]) => reason), "io server disconnect");
		closeAll(socket);
	});

	test("a typed array is one argument, and an exception is none", async () => {
		const socket = await connect(server);
		await ask(socket, "join", "given");
		socket.on("given", (...args) => typeof args.at(-1) === "function" && args.at(-1)());
		const given = { strings: ["a", "b"], numbers: [1, 2, 3], list: ["a", "b"] };
		for (const how of ["emit", "room", "ask"]) {
			for (const [kind, value] of Object.entries(given)) {
				const received = event(socket, "given");
				socket.emit("give", kind, how);
				assert.deepEqual((await received)[0], value, `${kind}, ${how}`);
			}
			const received = event(socket, "given");
			socket.emit("give", "bytes", how);
			assert.deepEqual((await received)[0].map((bytes) => [...Buffer.from(bytes)]), [[1, 2], [3]]);
			for (const kind of ["exception", "wrapped"]) {
				const refused = event(socket, "refused");
				socket.emit("give", kind, how);
				await refused;
			}
		}
		for (const [kind, value] of Object.entries(given)) {
			assert.deepEqual(await ask(socket, "give", kind, "ack"), [value]);
		}
		closeAll(socket);
	});

	for (const transport of ["websocket", "polling"]) {
		test(`SEC-77, SEC-78 a burst of one handler reaches its client over ${transport}`, async () => {
			for (const spec of [{ size: 5_000_000 }, { count: 12_000 }, { sizes: [4_000_000, 10, 4_000_000, 10] }, { count: 40, size: 500_000, binary: true }]) {
				const socket = await connect(server, { transport });
				const items = [];
				socket.on("item", (number, thread, payload) => items.push([number, payload.length ?? payload.byteLength]));
				const tail = event(socket, "tail", 30000);
				await within(new Promise((done) => socket.emit("send", { ...spec, tail: true }, done)), 30000, "the acknowledgement");
				await tail;
				const sizes = spec.sizes ?? Array.from({ length: spec.count ?? 1 }, () => spec.size ?? 0);
				assert.deepEqual(items, sizes.map((size, i) => [i, size]));
				assert.deepEqual(await ask(socket, "echo", 1), [1]);
				assert.deepEqual(socket.reasons, []);
				closeAll(socket);
			}
		});
	}
	test("SEC-77 a burst as soon as a client is there", async () => {
		const socket = open(io4, server, { nsp: "/talk", auth: { size: 5_000_000, tail: true }, transports: ["websocket"], reconnection: false });
		const [[number, thread, text]] = await Promise.all([event(socket, "item"), event(socket, "tail")]);
		assert.deepEqual([number, thread, text.length], [0, 0, 5_000_000]);
		assert.deepEqual(await ask(socket, "echo", 1), [1]);
		closeAll(socket);
	});
	for (const threads of [0, 3]) {
		test(`SEC-77 a burst reaches a room, ${threads ? `from ${threads} threads` : "from a handler"}`, async () => {
			const room = `burst ${threads}`;
			const sockets = await Promise.all(Array.from({ length: 12 }, (_, i) => connect(server, { transport: i % 4 ? "websocket" : "polling" })));
			for (const socket of sockets) {
				socket.items = [];
				socket.on("item", (number, thread) => socket.items.push([thread, number]));
				await ask(socket, "join", room);
			}
			const count = threads ? 300 : 1000;
			await within(new Promise((done) => sockets[1].emit("send", { to: room, count, size: 10_000, threads }, done)), 60000, "the acknowledgement");
			const expected = count * Math.max(threads, 1);
			await until("all have everything", () => sockets.every(({ items, reasons }) => reasons.length || items.length >= expected), 60000);
			assert.deepEqual(sockets.flatMap(({ reasons }) => reasons), []);
			for (const { items } of sockets) {
				for (let thread = 0; thread < Math.max(threads, 1); thread++) {
					assert.deepEqual(items.filter(([from]) => from === thread).map(([, number]) => number), Array.from({ length: count }, (_, i) => i));
				}
				assert.deepEqual(items, sockets[0].items, "one order for all");
			}
			closeAll(sockets);
		});
	}
	test("SIO-66 all members of a room see what several of them say in one order", async () => {
		const sockets = await Promise.all(Array.from({ length: 5 }, (_, i) => connect(server, { transport: i ? "websocket" : "polling" })));
		for (const socket of sockets) {
			socket.seen = [];
			socket.on("said", (id, number) => socket.seen.push(`${id} ${number}`));
			await ask(socket, "join", "talk");
		}
		for (let number = 0; number < 300; number++) {
			sockets.forEach((socket) => socket.emit("say", "talk", number));
			if (number % 5 === 0) {
				await sleep(1);
			}
		}
		await until("all have heard everything", () => sockets.every(({ seen }) => seen.length === 1500));
		for (const { seen } of sockets) {
			assert.deepEqual(seen, sockets[0].seen);
		}
		for (const { id } of sockets) {
			const own = sockets[0].seen.filter((entry) => entry.startsWith(id));
			assert.deepEqual(own, own.map((_, number) => `${id} ${number}`));
		}
		closeAll(sockets);
	});

	test("SEC-100 events that are refused, or that the client got wrong, leave a few lines and no stack trace", async () => {
		const socket = await connect(server);
		const { last } = await logged(server);
		for (const args of [["fail", "denied"], ["fail", "denied-later"], ["fail", "authentication"], ["fail", "unanswered"], ["typed"], ["typed", "x"], ["typed", { count: {} }], ["unknown"]]) {
			for (let i = 0; i < 100; i++) {
				socket.emit(...args);
			}
			await ask(socket, "echo", 1);
		}
		// the last question is given up after 100 ms
		await sleep(500);
		const { INFO: info, ...others } = await logged(server, last);
		assert.deepEqual({ ...others, last: 0 }, { last: 0, ERROR: 0, WARN: 0, traces: 0 });
		assert.ok(info <= 6, `${info} lines`);
		assert.deepEqual(socket.reasons, []);
		closeAll(socket);
	});
	test("SEC-100 a bug has one stack trace, however often it is met", async () => {
		const socket = await connect(server);
		const { last } = await logged(server);
		for (let i = 0; i < 500; i++) {
			socket.emit("fail", "bug");
		}
		await ask(socket, "echo", 1);
		const { ERROR: errors, WARN: warnings, INFO: info, traces } = await logged(server, last);
		assert.deepEqual({ errors, warnings, info, traces }, { errors: 1, warnings: 0, info: 0, traces: 1 });
		closeAll(socket);
	});
	test("SIO-28 clients whom a middleware refuses leave no stack trace", async () => {
		const { last } = await logged(server);
		for (let i = 0; i < 20; i++) {
			const socket = open(io4, server, { nsp: "/denied", transports: ["websocket"], reconnection: false });
			const [error] = await event(socket, "connect_error");
			assert.doesNotMatch(error.message, /not for you/);
			closeAll(socket);
		}
		const { ERROR: errors, INFO: info, traces } = await logged(server, last);
		assert.deepEqual([errors, traces], [0, 0]);
		assert.ok(info <= 3, `${info} lines`);
	});
	test("listeners for reserved names are refused", async () => {
		const socket = await connect(server, { nsp: "/team-7" });
		for (const name of ["connection", "connect", "disconnect", "disconnecting"]) {
			for (const how of ["on", "handle"]) {
				assert.deepEqual(await ask(socket, "listen", name, how), [{ ok: false }], `${name}, ${how}`);
			}
		}
		assert.deepEqual(await ask(socket, "listen", "news", "on"), [{ ok: true }]);
		assert.deepEqual(await ask(socket, "listen", "more news", "handle"), [{ ok: true }]);
		closeAll(socket);
	});
	test("a failing listener for connections disconnects its socket", async () => {
		const { last } = await logged(server);
		for (const kind of [undefined, "error"]) {
			const socket = open(io4, server, { nsp: "/boom", auth: { kind }, transports: ["websocket"], reconnection: false });
			const [, [reason]] = await Promise.all([event(socket, "hello"), event(socket, "disconnect")]);
			assert.equal(reason, "io server disconnect");
			closeAll(socket);
		}
		assert.equal((await logged(server, last)).ERROR, 2);
		const socket = await connect(server, { nsp: "/boom", auth: { kind: "none" } });
		assert.deepEqual(await ask(socket, "count", "boom"), [1]);
		assert.deepEqual(await ask(socket, "count", null), [1]);
		closeAll(socket);
	});

	for (const transport of ["websocket", "polling"]) {
		test(`SIO-53 a question to a client that leaves fails at once, ${transport}`, async () => {
			const [asker, leaver] = [await connect(server), await connect(server, { transport })];
			const asked = event(leaver, "q");
			const failure = ask(asker, "ask", { to: leaver.id, timeout: 60000, event: "q" });
			await asked;
			const { id } = leaver;
			leaver.close();
			assert.deepEqual(await failure, [{ ok: false, reason: "disconnected", answers: [], missing: [id] }]);
			closeAll(asker);
		});
	}
	test("SIO-53 a question to a client that has left", async () => {
		const [asker, leaver] = [await connect(server), await connect(server)];
		const { id } = leaver;
		// nothing tells the client that the socket was looked up: the delay is long enough for a slow machine
		const failure = ask(asker, "ask", { to: id, timeout: 60000, event: "q", delay: 1000 });
		await ask(asker, "echo", 1);
		leaver.close();
		assert.deepEqual(await failure, [{ ok: false, reason: "disconnected", answers: [], missing: [id] }]);
		closeAll(asker);
	});
	test("SIO-77 a question to a room does not wait for members that leave, and tells who is missing", async () => {
		const [asker, leaver, silent, ...others] = await Promise.all(Array.from({ length: 5 }, () => connect(server)));
		for (const socket of [leaver, ...others]) {
			await ask(socket, "join", "asked");
		}
		others.forEach((socket, i) => socket.on("q", (answer) => answer(i)));
		const answers = ask(asker, "ask", { to: "asked", all: true, timeout: 60000, event: "q" });
		await event(leaver, "q");
		leaver.close();
		const [{ ok, answers: received }] = await answers;
		assert.deepEqual([ok, received.sort()], [true, [0, 1]]);
		await ask(silent, "join", "asked");
		const [failure] = await ask(asker, "ask", { to: "asked", all: true, timeout: 300, event: "q" });
		assert.deepEqual({ ...failure, answers: failure.answers.sort() }, { ok: false, reason: "timeout", answers: [0, 1], missing: [silent.id] });
		closeAll(asker, silent, others);
	});

	test("SEC-103 the metric of requests tells polls apart from other requests, and knows all paths", async () => {
		const polling = await Polling.connect(server);
		await polling.post("1");
		await (await Frames.open(server)).close();
		await server.fetch("/socket.io/socket.io.js");
		const expected = ["/socket.io/", "/socket.io/{poll}", "/socket.io/{websocket}"];
		let seen = [];
		await until("the requests are counted", async () => {
			seen = (await server.fetch("/metrics-uri")).json();
			return expected.every((uri) => seen.includes(uri));
		});
		assert.ok(!seen.includes("UNKNOWN"), seen.join());
		assert.ok(!seen.some((uri) => uri.includes(polling.sid)), seen.join());
	});

	for (const [what, act] of Object.entries({
		"connect(); disconnect(); connect()": (socket) => socket.connect() && socket.disconnect() && socket.connect(),
		"connect() twice": (socket) => socket.connect() && socket.connect(),
		"a loop of both": (socket) => Array.from({ length: 10 }, () => socket.connect() && socket.disconnect()) && socket.connect(),
	})) {
		test(`SEC-50 ${what} on a manager that others share`, () => restless(server, "/other", act));
	}
});

test("SEC-77, SEC-78 clients that do not take a burst are closed, with one warning for all", async () => {
	const server = await startServer("cases", { SOCKETIO_LIMITS_SLOWREADERTIMEOUT: "300ms" });
	try {
		const clients = await Promise.all(Array.from({ length: 5 }, () => Polling.connect(server)));
		const { last } = await logged(server);
		await Promise.all(clients.map((client) => client.post('42["send",{"size":5000000}]')));
		await Promise.all(clients.map(({ sid }) => server.endOfSession(sid, "polling")));
		const { ERROR: errors, WARN: warnings, traces } = await logged(server, last);
		assert.deepEqual([errors, warnings, traces], [0, 1, 0]);
	} finally {
		await server.kill();
	}
});

/** 25 clients that do something with a namespace; none of them loses its connection, nor its other namespace. */
async function restless(server, nsp, act) {
	await Promise.all(Array.from({ length: 25 }, async (_, i) => {
		const manager = new Manager(server.url, { transports: [i % 2 ? "websocket" : "polling"], reconnection: false });
		const ends = [];
		manager.on("close", (reason) => ends.push(reason));
		const [stays, socket] = [manager.socket("/"), manager.socket(nsp)];
		socket.disconnect();
		stays.on("disconnect", (reason) => ends.push(reason));
		await event(stays, "connect");
		const { id } = stays;
		await act(socket, i);
		await until("connected", () => socket.connected || ends.length);
		// an earlier attempt may have succeeded, and be replaced by a later one that is under way
		await until("connected for good", async () => ends.length || (await ask(socket, "whoami"))[0].id === socket.id);
		const [other] = await ask(stays, "whoami");
		assert.deepEqual([ends, socket.connected, other.id, stays.id], [[], true, id, id]);
		stays.close();
		socket.close();
	}));
}

describe("a namespace whose middleware takes a while", () => {
	// the heartbeat of the profile is too fast for so many clients on a busy machine
	const server = useServer("wire", { SOCKETIO_PINGINTERVAL: "25000", SOCKETIO_PINGTIMEOUT: "20000", SOCKETIO_CONNECTTIMEOUT: "45000" });

	test("SEC-50 disconnect(); connect() while it is under way", () =>
		restless(server, "/slow", async (socket, i) => {
			socket.connect();
			// the middleware takes 200 ms
			await sleep(4 * i);
			socket.disconnect();
			socket.connect();
		}));
	test("SEC-50 connect(); disconnect(); connect() and so on without a pause", () =>
		restless(server, "/slow", (socket) => {
			socket.connect();
			for (let i = 0; i < 5; i++) {
				socket.disconnect();
				socket.connect();
			}
		}));
	test("SEC-32 a message that is too large ends the session on both transports", async () => {
		const since = await server.lastSeq();
		const frames = await Frames.open(server, { join: "" });
		frames.send(`42["echo","${"x".repeat(20000)}"]`);
		assert.equal((await within(frames.closed)).code, 1009);
		assert.equal((await server.recorded(since, ({ type, sid }) => type === "engine_close" && sid === frames.sid)).reason, "transport error");
		const polling = await Polling.connect(server);
		assert.equal((await polling.post(`42["echo","${"x".repeat(20000)}"]`)).status, 413);
	});
});

for (const users of ["form", "session"]) {
	describe(`users with USERS=${users}`, () => {
		const server = useServer("cases", { USERS: users, ...(users === "session" && { RECOVERY: "5000" }) });

		test("CK-111 the user of a socket is that of its handshake", async () => {
			const cookie = await login(server, await visit(server), "ann");
			assert.equal((await server.fetch("/who", { headers: { Cookie: cookie } })).text, "ann");
			const [known, stranger] = [await connect(server, { extraHeaders: { cookie } }), await connect(server)];
			assert.deepEqual([(await ask(known, "whoami"))[0].user, (await ask(stranger, "whoami"))[0].user], ["ann", null]);
			closeAll(known, stranger);
		});
		test("CK-100 a session that begins with a handshake", async () => {
			const { handshake } = await Polling.open(server, { query: "&visit=1" });
			assert.ok(sessionCookie(handshake));
			assert.ok(sessionCookie(await upgrade(server, {}, `${WEBSOCKET}&visit=1`)));
			const { handshake: again } = await Polling.open(server, { query: "&visit=1", headers: { Cookie: sessionCookie(handshake) } });
			assert.deepEqual(again.cookies, []);
		});
		test("SEC-99 requests of a session neither tell nor delete the cookie of a login", async () => {
			const before = await visit(server);
			const headers = { Cookie: before };
			const polling = await Polling.connect(server, { headers });
			const other = await Polling.connect(server, { headers });
			const pending = polling.poll({ headers });
			// a poll that hangs shows by nothing that it has arrived
			await sleep(200);
			const after = await login(server, before, "ann");
			const responses = [
				await polling.post('42["echo","x"]', { headers }),
				await pending,
				await other.post('42["echo","y"]', { headers }),
				await other.poll({ headers }),
				await upgrade(server, headers, `${WEBSOCKET}&sid=${other.sid}`),
			];
			assert.deepEqual(responses.map(({ status }) => status), [200, 200, 200, 200, 101]);
			assert.deepEqual(responses.map(({ cookies }) => cookies), [[], [], [], [], []]);
			const who = async (cookie) => (await server.fetch("/who", { headers: { Cookie: cookie } })).text;
			assert.deepEqual([await who(after), await who(before)], ["ann", ""]);
		});
		test("CK-106 a logout reaches every namespace, and sockets from before the login", async () => {
			const before = await visit(server);
			const early = await connect(server, { nsp: "/other", extraHeaders: { cookie: before } });
			const cookie = await login(server, before, "ann");
			const own = [early];
			for (const [nsp, transport] of [["/other", "websocket"], ["/team-1", "polling"], ["/", "websocket"]]) {
				own.push(await connect(server, { nsp, transport, extraHeaders: { cookie } }));
			}
			const bob = await connect(server, { nsp: "/other", extraHeaders: { cookie: await login(server, await visit(server), "bob") } });
			const [me] = await ask(own[1], "whoami");
			assert.deepEqual(me.rooms, [own[1].id]);
			const ended = Promise.all(own.map((socket) => event(socket, "disconnect")));
			const closed = Promise.all(own.map((socket) => within(new Promise((done) => socket.io.engine.once("close", done)), 10000, "the end of the connection")));
			const { status } = await server.fetch("/logout", { method: "POST", headers: { Cookie: cookie } });
			assert.ok(status >= 200 && status < 400, `status ${status}`);
			assert.deepEqual((await ended).map(([reason]) => reason), own.map(() => "io server disconnect"));
			await closed;
			assert.deepEqual([(await ask(bob, "whoami"))[0].user, bob.reasons], ["bob", []]);
			assert.equal((await server.fetch("/who", { headers: { Cookie: cookie } })).text, "");
			closeAll(bob);
		});
		if (users === "session") {
			test("SIO-97 a client whose connection is half open comes back", async () => {
				const proxy = await startHalfOpenProxy(server);
				const cookie = await login(server, await visit(server), "ann");
				const socket = io(`http://127.0.0.1:${proxy.address().port}/team-2`, {
					forceNew: true,
					transports: ["websocket"],
					extraHeaders: { cookie },
					reconnectionDelay: 20,
					reconnectionDelayMax: 20,
				});
				await event(socket, "connect");
				const { id } = socket;
				// recovery.test.mjs repeats it
				const connected = event(socket, "connect");
				proxy.cut(socket);
				await connected;
				assert.deepEqual([socket.recovered, socket.id], [true, id]);
				assert.equal((await ask(socket, "whoami"))[0].user, "ann");
				socket.close();
				proxy.close();
			});
			test("SIO-97 nobody else gets the state of a user, and the try is logged", async () => {
				const cookies = {};
				for (const name of ["ann", "bob"]) {
					cookies[name] = await login(server, await visit(server), name);
				}
				const first = await Frames.open(server, { headers: { Cookie: cookies.ann } });
				first.send("40");
				const { sid, pid } = JSON.parse((await first.message()).slice(2));
				first.socket.terminate();
				const { last } = await logged(server);
				const connected = async (name) => {
					const frames = await Frames.open(server, { headers: { Cookie: cookies[name] } });
					frames.send(`40${JSON.stringify({ pid })}`);
					const answer = JSON.parse((await frames.message()).slice(2));
					await frames.close();
					return answer;
				};
				const stolen = await connected("bob");
				assert.notEqual(stolen.sid, sid);
				assert.notEqual(stolen.pid, pid);
				assert.equal((await logged(server, last)).WARN, 1);
				assert.deepEqual(await connected("ann"), { sid, pid });
			});
		}
	});
}

for (const strategy of ["framework", "native", "none"]) {
	test(`SEC-89 same-origin websockets with cookies behind a proxy, FORWARDED=${strategy}`, async () => {
		const server = await startServer("cases", { USERS: "session", FORWARDED: strategy });
		try {
			const cookie = await visit(server);
			const from = async (origin, headers) => (await upgrade(server, { Origin: origin, Cookie: cookie, ...headers })).status;
			const host = "app.example";
			const https = { "X-Forwarded-Proto": "https" };
			assert.equal(await from(`http://${host}`, { Host: host }), 101, "Host");
			assert.equal(await from(`https://${host}`, { ...https, "X-Forwarded-Host": host }), 101, "X-Forwarded-Host");
			assert.equal(await from(`https://${host}`, { ...https, "X-Forwarded-Host": `${host}, inner.example` }), 101, "a list");
			assert.equal(await from(`https://${host}:8443`, { ...https, "X-Forwarded-Host": host, "X-Forwarded-Port": "8443" }), 101, "X-Forwarded-Port");
			assert.equal(await from(`https://${host}`, { Forwarded: `for=192.0.2.1;proto=https;host=${host}` }), 101, "Forwarded");
			assert.equal(await from(`https://${host}:8443`, { Forwarded: `for=192.0.2.1;proto=https;host="${host}:8443"` }), 101, "Forwarded with a port");
			assert.equal(await from(`https://${host}`, { "X-Forwarded-Proto": "wss", "X-Forwarded-Host": host }), 101, "wss");
			const { last } = await logged(server);
			for (let i = 0; i < 5; i++) {
				assert.equal(await from("https://evil.example", { ...https, "X-Forwarded-Host": host }), 400);
			}
			assert.equal(await from("https://evil.example", { Forwarded: `for=192.0.2.1;proto=https;host=${host}` }), 400);
			assert.equal((await logged(server, last)).WARN, 1);
			assert.equal((await upgrade(server, { Origin: "https://evil.example", ...https, "X-Forwarded-Host": host })).status, 101, "without a cookie");
		} finally {
			await server.kill();
		}
	});
}

describe("HTTP Basic and compression", () => {
	const server = useServer("cases", { USERS: "basic", DEFLATE: "on" });
	const Authorization = `Basic ${Buffer.from("ann:pw").toString("base64")}`;

	test("SEC-89 websockets of foreign pages must not use the password that a browser sends", async () => {
		const host = `127.0.0.1:${server.port}`;
		assert.equal((await upgrade(server, { Origin: "https://evil.example", Host: host, Authorization })).status, 400);
		assert.equal((await upgrade(server, { Origin: `http://${host}`, Host: host, Authorization })).status, 101);
		const socket = await connect(server, { extraHeaders: { Authorization } });
		assert.equal((await ask(socket, "whoami"))[0].user, "ann");
		closeAll(socket);
	});
	test("EIO-107 compression as the client offers it", async () => {
		for (const [offer, expected] of [
			[BROWSER, []],
			["permessage-deflate", []],
			["permessage-deflate; server_no_context_takeover", ["server_no_context_takeover"]],
			["permessage-deflate; server_max_window_bits=10", ["server_max_window_bits=10"]],
			["permessage-deflate; client_max_window_bits=9; server_max_window_bits=12", ["server_max_window_bits=12"]],
		]) {
			assert.deepEqual(parameters(await upgrade(server, { "Sec-WebSocket-Extensions": offer })), expected, offer);
		}
		await compressed(server);
	});
});

describe("compression without contexts", () => {
	const server = useServer("cases", { DEFLATE: "server-no-context,client-no-context" });

	test("EIO-107 browsers are told of it, though they do not offer it", async () => {
		for (const offer of [BROWSER, "permessage-deflate"]) {
			assert.deepEqual(parameters(await upgrade(server, { "Sec-WebSocket-Extensions": offer })), ["client_no_context_takeover", "server_no_context_takeover"], offer);
		}
		await compressed(server);
	});
});

/** The parameters of the compression that a server has accepted, without how large a window the client may use. */
function parameters({ status, headers }) {
	assert.equal(status, 101);
	const [name, ...rest] = headers["sec-websocket-extensions"].split(/\s*;\s*/);
	assert.equal(name, "permessage-deflate");
	return rest.filter((parameter) => !parameter.startsWith("client_max_window_bits")).sort();
}

/** Has a client with compression talk. */
async function compressed(server) {
	const frames = await Frames.open(server, { join: "", perMessageDeflate: { threshold: 0 } });
	const before = frames.socket._socket.bytesRead;
	for (const size of [10, 5000, 100_000, 5000]) {
		const message = `42["echo","${"x".repeat(size)}"]`;
		frames.send(message);
		assert.equal(await frames.message(), message);
	}
	assert.ok(frames.socket._socket.bytesRead - before < 10_000);
	await frames.close();
}
