/* The official JavaScript clients, and the tests that each of them must pass wherever the server stands. */
import { test } from "node:test";
import { io as io4 } from "socket.io-client";
import io2 from "socket.io-client-v2";
import { io as io3 } from "socket.io-client-v3";
import { io as io47 } from "socket.io-client-v47";
import { assert, within } from "./support.mjs";

export { io4 };

export const CLIENTS = { "4.8.4": io4, "4.7.0": io47, "3.1.3": io3, "2.5.0": io2 };

export const TRANSPORTS = { polling: ["polling"], websocket: ["websocket"], upgrade: ["polling", "websocket"] };

export function open(io, server, { nsp = "", ...options } = {}) {
	return io(`${server.url}${nsp}`, { forceNew: true, reconnectionDelay: 10, ca: server.ca, ...options });
}

export const event = (socket, name, ms = 10000) => within(new Promise((done) => socket.once(name, (...args) => done(args))), ms, `the event ${name}`);

export const ask = (socket, ...args) => within(new Promise((done) => socket.emit(...args, (...answer) => done(answer))), 10000, `the acknowledgement of ${args[0]}`);

export const upgraded = async (socket) => {
	if (socket.io.engine.transport.name !== "websocket") {
		await within(new Promise((done) => socket.io.engine.once("upgrade", done)), 5000, "the upgrade");
	}
};

/** What every client can do over each transport: the server has the profile "web". */
export function testBasics(io, server, transport) {
	const transports = TRANSPORTS[transport];

	test("connects, and is told who it is", async () => {
		const socket = open(io, server, { transports });
		const [[welcome]] = await Promise.all([event(socket, "welcome"), event(socket, "connect")]);
		assert.equal(welcome.node, "node-1");
		assert.equal(socket.id, welcome.id);
		if (transport === "upgrade") {
			await upgraded(socket);
		}
		assert.equal(socket.io.engine.transport.name, transports.at(-1));
		socket.close();
	});
	test("events and acknowledgements with arguments of all kinds", async () => {
		const socket = open(io, server, { transports });
		await event(socket, "connect");
		const args = [1, "é\u2028🦊", null, true, { a: [{ b: {} }] }, []];
		assert.deepEqual(await ask(socket, "echo", ...args), args);
		socket.emit("echo", ...args);
		assert.deepEqual(await event(socket, "echo"), args);
		socket.close();
	});
	test("binary, alone and inside of objects, both ways", async () => {
		const socket = open(io, server, { transports });
		await event(socket, "connect");
		const bytes = Buffer.from([0, 1, 254, 255]);
		const [[first, second]] = [await ask(socket, "echo", bytes, { a: [bytes, Buffer.alloc(0)] })];
		assert.deepEqual(Buffer.from(first), bytes);
		assert.deepEqual(second.a.map((value) => Buffer.from(value)), [bytes, Buffer.alloc(0)]);
		socket.close();
	});
	test("payloads of nearly 1 MB", async () => {
		const socket = open(io, server, { transports });
		await event(socket, "connect");
		if (transport === "upgrade") {
			await upgraded(socket);
		}
		const text = "x".repeat(999000);
		assert.equal((await ask(socket, "echo", text))[0], text);
		const bytes = Buffer.alloc(transport === "polling" ? 740000 : 999000, 7);
		assert.deepEqual(Buffer.from((await ask(socket, "echo", bytes))[0]), bytes);
		socket.close();
	});
	test("a session that the client leaves ends", async () => {
		const socket = open(io, server, { transports });
		await event(socket, "connect");
		if (transport === "upgrade") {
			await upgraded(socket);
		}
		const { id, transport: { name } } = socket.io.engine;
		assert.ok(await server.hasSession(id, name));
		const closed = event(socket, "disconnect");
		socket.close();
		assert.equal((await closed)[0], "io client disconnect");
		await server.endOfSession(id, name);
	});
}
