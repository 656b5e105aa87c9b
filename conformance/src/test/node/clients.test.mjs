/* The official JavaScript clients, of each major version and over each transport. */
import { describe, test } from "node:test";
import { CLIENTS, TRANSPORTS, ask, event, io4, open, testBasics, upgraded } from "./clients.mjs";
import { ENDS_AT_ONCE, assert, startServer, useServer, within } from "./support.mjs";

/* protocol 3 is off in all profiles: here it is switched on by the property, as an application would */
const environment = { SOCKETIO_ALLOWEIO3: "true" };
const web = useServer("web", environment);
const wire = useServer("wire", environment);
const javaProfile = useServer("java-client", environment);

for (const [version, io] of Object.entries(CLIENTS)) {
	for (const [transport, transports] of Object.entries(TRANSPORTS)) {
		describe(`socket.io-client ${version} over ${transport}`, () => {
			testBasics(io, web, transport);
			test("namespaces, with and without a connection of their own", async () => {
				const manager = open(io, wire, { transports });
				await event(manager, "connect");
				const chat = manager.io.socket("/chat");
				await event(chat, "connect");
				const [me] = await ask(chat, "whoami");
				assert.equal(me.nsp, "/chat");
				const dynamic = manager.io.socket("/dyn-5");
				assert.deepEqual(await event(dynamic, "hello-from"), ["/dyn-5"]);
				chat.emit("bye", false);
				assert.equal((await event(chat, "disconnect"))[0], "io server disconnect");
				assert.deepEqual(await ask(manager, "echo", 1), [1]);
				manager.io.engine.close();
			});
			test("acknowledgements that the server asks for", async () => {
				const socket = open(io, wire, { transports });
				await event(socket, "connect");
				socket.on("question", (value, answer) => answer(value, Buffer.from([1])));
				const [{ ok, values }] = await ask(socket, "ask", 2000, "question", "x");
				assert.deepEqual([ok, values[0], [...Buffer.from(values[1])]], [true, "x", [1]]);
				socket.on("silence", () => {});
				assert.deepEqual(await ask(socket, "ask", 100, "silence"), [{ ok: false }]);
				socket.close();
			});
			test("broadcasts to rooms", async () => {
				const sockets = [open(io, wire, { transports }), open(io, wire, { transports })];
				await Promise.all(sockets.map((socket) => event(socket, "connect")));
				const room = `${version} ${transport}`;
				for (const socket of sockets) {
					await ask(socket, "join", room);
				}
				const others = event(sockets[1], "news");
				sockets[0].once("news", () => assert.fail("the sender is left out"));
				await ask(sockets[0], "cast", { from: "socket", to: [room] }, "news", 1, Buffer.from([2]));
				const [value, bytes] = await others;
				assert.deepEqual([value, [...Buffer.from(bytes)]], [1, [2]]);
				sockets.forEach((socket) => socket.close());
			});
			test("many events in order while the transport changes", async () => {
				const socket = open(io, web, { transports });
				const received = [];
				const all = new Promise((done) => socket.on("echo", (value) => received.push(value) === 500 && done()));
				for (let i = 0; i < 500; i++) {
					socket.emit("echo", i);
				}
				await within(all, 10000, "all events");
				assert.deepEqual(received, Array.from({ length: 500 }, (_, i) => i));
				socket.close();
			});
			test("reconnects after its connection was lost", async () => {
				const socket = open(io, web, { transports });
				await event(socket, "connect");
				const first = socket.id;
				socket.io.engine.close();
				await event(socket, "connect");
				assert.notEqual(socket.id, first);
				assert.deepEqual(await ask(socket, "echo", 1), [1]);
				socket.close();
			});
			test("a connection that the server refuses", async () => {
				const socket = open(io, wire, { transports, query: { gate: "deny" }, reconnection: false });
				const [error] = await event(socket, "connect_error");
				assert.match(String(error.message ?? error), /websocket error|xhr poll error/);
				socket.close();
			});
			test("a middleware that refuses", async () => {
				const socket = open(io, wire, { nsp: "/auth", transports, reconnection: false, ...(version === "2.5.0" ? {} : { auth: { token: "wrong" } }) });
				if (version === "2.5.0") {
					assert.deepEqual(await event(socket, "error"), [{ code: 401, hint: "token" }]);
				} else {
					const [error] = await event(socket, "connect_error");
					assert.deepEqual([error.message, error.data], ["not authorized", { code: 401, hint: "token" }]);
				}
				socket.close();
			});
			test("headers of the client come back", async () => {
				const socket = open(io, javaProfile, { transports, extraHeaders: { "X-One": "1" } });
				assert.deepEqual(await event(socket, "message"), ["hello client"]);
				const [handshake] = await ask(socket, "getHandshake");
				assert.equal(handshake.headers["x-one"], "1");
				assert.equal(handshake.query.transport, transports[0]);
				socket.close();
			});
		});
	}
}

describe("socket.io-client 4.8.4 with credentials", () => {
	test("CK-152 cookies come back on every request after the first", async () => {
		const socket = open(io4, wire, { withCredentials: true, query: { cookies: "1" } });
		await event(socket, "connect");
		await upgraded(socket);
		const [me] = await ask(socket, "whoami");
		assert.equal(me.handshake.headers.cookie, undefined);
		const cookies = [...socket.io.engine.opts.cookieJar?._cookies?.keys() ?? socket.io.engine._cookieJar._cookies.keys()];
		assert.deepEqual(cookies, ["io", "a", "b"]);
		socket.close();
	});
	test("CK-156 a new connection brings none along, but a cookie of the application's own", async () => {
		const socket = open(io4, web, { withCredentials: true, extraHeaders: { cookie: "mine=1" } });
		await event(socket, "connect");
		assert.deepEqual(await ask(socket, "cookies"), ["mine=1"]);
		socket.close();
	});
});

describe("cookies kept by hand", () => {
	/** What clients did before 4.7.0: a cookie of a polling response goes with the next connection. */
	const keepCookies = (socket) =>
		socket.io.on("open", () => {
			const { transport } = socket.io.engine;
			transport.on("pollComplete", () => {
				const request = transport.pollXhr.xhr ?? transport.pollXhr._xhr;
				const cookies = [request.getResponseHeader("set-cookie") ?? []].flat();
				for (const cookie of cookies) {
					socket.io.opts.extraHeaders = { cookie: cookie.split(";")[0] };
				}
			});
		});

	for (const [version, io] of Object.entries(CLIENTS)) {
		for (const transport of ["polling", "upgrade"]) {
			test(`CK-159 socket.io-client ${version} over ${transport}`, async () => {
				const socket = open(io, web, { transports: TRANSPORTS[transport] });
				keepCookies(socket);
				await event(socket, "connect");
				assert.deepEqual(await ask(socket, "cookies"), [null]);
				for (let i = 0; i < 2; i++) {
					const { id } = socket.io.engine;
					socket.io.engine.close();
					await event(socket, "connect");
					// the session is another one: the cookie is no way into the old one
					assert.notEqual(socket.io.engine.id, id);
					assert.deepEqual(await ask(socket, "cookies"), [`io=${id}`]);
				}
				if (transport === "upgrade") {
					await upgraded(socket);
				}
				assert.deepEqual(await ask(socket, "echo", 1), [1]);
				socket.close();
			});
		}
	}
});

test("clients come back when the server is started again on the same port", async () => {
	let server = await startServer("web", ENDS_AT_ONCE);
	const options = { reconnectionDelayMax: 500 };
	const sockets = ["websocket", "polling"].map((transport) => open(io4, server, { transports: [transport], ...options }));
	try {
		await Promise.all(sockets.map((socket) => event(socket, "connect")));
		const lost = Promise.all(sockets.map((socket) => event(socket, "disconnect")));
		await server.stop();
		await lost;
		const back = Promise.all(sockets.map((socket) => event(socket, "connect", 60000)));
		server = await startServer("web", { ...ENDS_AT_ONCE, PORT: String(server.port) });
		await back;
		assert.deepEqual(await ask(sockets[0], "echo", 1), [1]);
	} finally {
		sockets.forEach((socket) => socket.close());
		await server.kill();
	}
});
