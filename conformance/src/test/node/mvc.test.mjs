/*
 * The basics of the official JavaScript client with a Spring MVC application on Tomcat: what other tests of this directory
 * show of WebFlux in detail.
 */
import { describe, test } from "node:test";
import { TRANSPORTS, ask, event, io4, open, upgraded } from "./clients.mjs";
import { startHalfOpenProxy } from "./half-open.mjs";
import { Frames, Polling, assert, isOther, useServer, within } from "./support.mjs";

const MVC = {
	SPRING_PROFILES_ACTIVE: "mvc",
	SOCKETIO_CONNECTIONSTATERECOVERY_ENABLED: "true",
	// the times of an application, as nothing here waits for their end
	SOCKETIO_PINGINTERVAL: "25000",
	SOCKETIO_PINGTIMEOUT: "20000",
	SOCKETIO_UPGRADETIMEOUT: "10000",
	SOCKETIO_CONNECTTIMEOUT: "45000",
};

const HANDSHAKE = "/socket.io/?EIO=4&transport=polling";

async function connect(server, transport, options) {
	const socket = open(io4, server, { transports: TRANSPORTS[transport], ...options });
	await event(socket, "connect");
	if (transport === "upgrade") {
		await upgraded(socket);
	}
	return socket;
}

function tests() {
	const server = useServer("wire", MVC);

	for (const transport of Object.keys(TRANSPORTS)) {
		test(`events, acknowledgements and binary over ${transport}`, async () => {
			const socket = await connect(server, transport);
			const bytes = Buffer.from([0, 1, 254, 255]);
			const args = [1, "é\u2028🦊", null, { a: [{ b: {} }] }];
			assert.deepEqual(await ask(socket, "echo", ...args), args);
			const [[first, second]] = [await ask(socket, "echo", bytes, { a: [bytes] })];
			assert.deepEqual([first, ...second.a].map((value) => Buffer.from(value)), [bytes, bytes]);
			socket.on("question", (value, answer) => answer(value));
			assert.deepEqual(await ask(socket, "ask", 10000, "question", "x"), [{ ok: true, values: ["x"] }]);
			const [me] = await ask(socket, "whoami");
			assert.equal(me.transport, transport === "polling" ? "polling" : "websocket");
			socket.close();
		});
		test(`many events in order over ${transport}`, async () => {
			const socket = open(io4, server, { transports: TRANSPORTS[transport] });
			const received = [];
			const all = new Promise((done) => socket.on("echo", (value) => received.push(value) === 200 && done()));
			for (let i = 0; i < 200; i++) {
				socket.emit("echo", i);
			}
			await within(all, 10000, "all events");
			assert.deepEqual(received, Array.from({ length: 200 }, (_, i) => i));
			socket.close();
		});
		test(`broadcasts to a room over ${transport}`, async () => {
			const sockets = [await connect(server, transport), await connect(server, transport)];
			for (const socket of sockets) {
				await ask(socket, "join", transport);
			}
			const others = event(sockets[1], "news");
			sockets[0].once("news", () => assert.fail("the sender is left out"));
			await ask(sockets[0], "cast", { from: "socket", to: [transport] }, "news", 1, Buffer.from([2]));
			const [value, bytes] = await others;
			assert.deepEqual([value, [...Buffer.from(bytes)]], [1, [2]]);
			sockets.forEach((socket) => socket.close());
		});
		test(`allowRequest refuses over ${transport}`, async () => {
			const socket = open(io4, server, { transports: TRANSPORTS[transport], query: { gate: "deny" }, reconnection: false });
			const [error] = await event(socket, "connect_error");
			assert.match(error.message, /websocket error|xhr poll error/);
			socket.close();
		});
	}
	test("CK-05, CK-50, CK-152 the cookies of the first response come back", async () => {
		const socket = await connect(server, "upgrade", { withCredentials: true, query: { cookies: "1" } });
		assert.deepEqual([...socket.io.engine._cookieJar._cookies.keys()], ["io", "a", "b"]);
		socket.close();
		const { handshake, sid } = await Polling.open(server, { query: "&cookies=1&everycookie=1" });
		assert.deepEqual(handshake.cookies, [`io=${sid}; Path=/; HttpOnly; SameSite=Lax`, "a=1; Path=/", "b=2; Path=/; HttpOnly", "every=1"]);
	});
	test("CK-40, CK-42 header listeners on polls, posts and the 101", async () => {
		const polling = await Polling.open(server);
		const upgrade = new Frames(server, `/socket.io/?EIO=4&transport=websocket&sid=${polling.sid}`);
		const websocket = new Frames(server, "/socket.io/?EIO=4&transport=websocket");
		const responses = [polling.handshake, await websocket.upgraded, await polling.post("40"), await polling.poll(), await upgrade.upgraded];
		assert.deepEqual(responses.map(({ headers }) => headers["x-initial"]), ["1", "1", undefined, undefined, undefined]);
		assert.deepEqual(responses.map(({ headers }) => headers["x-every"]), ["1", "1", "1", "1", "1"]);
		await Promise.all([upgrade.close(), websocket.close()]);
	});
	test("CK-61 allowRequest decides later, and by a cookie", async () => {
		const status = async (query, cookie) => (await server.fetch(HANDSHAKE + query, { headers: cookie ? { Cookie: cookie } : {} })).status;
		assert.deepEqual([await status("&gate=slow"), await status("&gate=slow-deny")], [200, 403]);
		assert.deepEqual([await status("&gate=cookie-deny"), await status("&gate=cookie-deny", "pass=1")], [403, 200]);
	});
	for (const transport of ["websocket", "polling"]) {
		test(`SIO-97 a client whose network changes gets what it has missed, over ${transport}`, async () => {
			const proxy = await startHalfOpenProxy(server);
			const socket = await connect({ url: `http://127.0.0.1:${proxy.address().port}` }, transport);
			const sender = await connect(server, "websocket");
			await ask(socket, "join", `recovery ${transport}`);
			const { id } = socket;
			const missed = event(socket, "n");
			const back = event(socket, "connect");
			proxy.cut(socket);
			await ask(sender, "cast", { to: [`recovery ${transport}`] }, "n", 1);
			await back;
			assert.deepEqual([(await missed)[0], socket.recovered, socket.id], [1, true, id]);
			socket.close();
			sender.close();
			proxy.close();
		});
	}
	test("polls that are aborted at their response harm nobody", async () => {
		const healthy = await connect(server, "polling");
		let running = true;
		const dropping = Array.from({ length: 3 }, async () => {
			while (running) {
				const polling = await Polling.connect(server);
				const dropped = server.fetch(polling.target(), { onRequest: (request) => request.on("response", () => request.destroy()) });
				await polling.post('42["echo",1]');
				await dropped.catch(() => {});
			}
		});
		for (let i = 0; i < 100; i++) {
			assert.deepEqual(await ask(healthy, "echo", i), [i]);
		}
		running = false;
		await Promise.all(dropping);
		assert.equal(healthy.connected, true);
		healthy.close();
	});
	test("the files of the client, and the application beside them", async () => {
		assert.match((await server.fetch("/socket.io/socket.io.js")).text, /Socket\.IO v4/);
		assert.equal((await server.fetch("/health")).json().profile, "wire");
	});
	test("SEC-84 an application that gets SIGTERM closes its clients", async () => {
		const sockets = [];
		for (const transport of Object.keys(TRANSPORTS)) {
			sockets.push(await connect(server, transport, { reconnection: false }));
		}
		const closed = Promise.all(sockets.map((socket) => event(socket, "disconnect")));
		const { code } = await server.stop();
		assert.ok(code === 0 || code === 143, `code ${code}`);
		assert.deepEqual((await closed).map(([reason]) => reason), sockets.map(() => "transport close"));
	});
}

if (!isOther) {
	describe("a Spring MVC application", tests);
}
