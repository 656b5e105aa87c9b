/* The official JavaScript clients against servers with TLS, and with HTTP/2. */
import http2 from "node:http2";
import { after, before, describe, test } from "node:test";
import tls from "node:tls";
import { Socket as EngineSocket } from "engine.io-client";
import { selfSigned } from "./certificate.mjs";
import { CLIENTS, TRANSPORTS, ask, event, io4, open, testBasics, upgraded } from "./clients.mjs";
import { assert, isOther, useServer, within } from "./support.mjs";

const DEPLOYMENTS = {
	TLS: { secure: true },
	"HTTP/2 with TLS": { secure: true, http2: "h2" },
	"HTTP/2 without TLS": { secure: false, http2: "h2c" },
};

/** They speak HTTP/1.1 to all of these servers, as to that of clients.test.mjs, where there is each version of them. */
const clients = process.env.DEPLOYMENT_CLIENTS === "all" ? CLIENTS : { "4.8.4": io4 };

const certificate = isOther ? {} : selfSigned();

for (const [name, { secure, http2: protocol }] of Object.entries(isOther ? {} : DEPLOYMENTS)) {
	describe(`SEC-130 a server with ${name}`, () => {
		const server = useServer(
			"web",
			{
				SOCKETIO_ALLOWEIO3: "true",
				SERVER_HTTP2_ENABLED: String(protocol !== undefined),
				...(secure ? certificate.environment : {}),
			},
			secure ? certificate.ca : undefined,
		);
		for (const [transport, transports] of Object.entries(TRANSPORTS)) {
			for (const [version, io] of Object.entries(clients)) {
				describe(`socket.io-client ${version} over ${transport}`, () => testBasics(io, server, transport));
			}
			describe(`engine.io-client 6.6.8 over ${transport}`, () => testEngine(server, transports));
			test(`CK-152 the cookie comes back over ${transport}, when a poll has brought it`, async () => {
				const socket = open(io4, server, { transports, withCredentials: true });
				await event(socket, "connect");
				if (transport === "upgrade") {
					await upgraded(socket);
				}
				const [{ cookie }] = await ask(socket, "request");
				assert.equal(cookie, transport === "websocket" ? undefined : `io=${socket.io.engine.id}`);
				socket.close();
			});
		}
		if (secure) {
			testTls(server, protocol);
		}
		if (protocol) {
			testHttp2(server, protocol);
		}
	});
}

function testEngine(server, transports) {
	const connect = async () => {
		const socket = new EngineSocket(server.url, { path: "/socket.io/", transports, ca: server.ca });
		const packets = [];
		let arrived;
		socket.on("message", (packet) => {
			packets.push(packet);
			arrived?.();
		});
		const next = async () => {
			while (packets.length === 0) {
				await within(new Promise((done) => (arrived = done)), 10000, "a message");
			}
			return packets.shift();
		};
		await within(new Promise((done) => socket.once("open", done)), 10000, "the event open");
		socket.send("0");
		assert.match(await next(), /^0\{"sid":/);
		assert.match(await next(), /^2\["welcome",/);
		return { socket, next };
	};
	test("text and binary both ways, until it closes", async () => {
		const { socket, next } = await connect();
		socket.send('2["echo","é🦊"]');
		assert.equal(await next(), '2["echo","é🦊"]');
		socket.send('51-["echo",{"_placeholder":true,"num":0}]');
		socket.send(Buffer.from([0, 1, 254, 255]));
		assert.equal(await next(), '51-["echo",{"_placeholder":true,"num":0}]');
		assert.deepEqual(Buffer.from(await next()), Buffer.from([0, 1, 254, 255]));
		const { id, transport: { name } } = socket;
		socket.close();
		await server.endOfSession(id, name);
	});
	test("a text of nearly 1 MB", async () => {
		const { socket, next } = await connect();
		const packet = `2["echo","${"x".repeat(999000)}"]`;
		socket.send(packet);
		assert.equal(await next(), packet);
		socket.close();
	});
}

function testTls(server, protocol) {
	test("clients that do not trust the certificate stay away", async () => {
		for (const transport of ["polling", "websocket"]) {
			const socket = open(io4, server, { transports: [transport], ca: undefined, reconnection: false });
			const [{ description, context }] = await event(socket, "connect_error");
			assert.equal((context?.statusText ?? description.error).code, "DEPTH_ZERO_SELF_SIGNED_CERT");
		}
	});
	test("the protocol is agreed on by ALPN", async () => {
		for (const [offered, agreed] of [
			[["h2", "http/1.1"], protocol ?? ["http/1.1", false]],
			[["http/1.1"], ["http/1.1", false]],
			[undefined, false],
		]) {
			const socket = tls.connect({ port: server.port, host: "localhost", ca: server.ca, ALPNProtocols: offered });
			await within(new Promise((done, fail) => socket.once("secureConnect", done).once("error", fail)), 5000, "the handshake");
			assert.ok([agreed].flat().includes(socket.alpnProtocol), `${offered}: ${socket.alpnProtocol}`);
			socket.destroy();
		}
	});
}

function testHttp2(server, protocol) {
	let connection;
	before(async () => {
		connection = http2.connect(server.url, { ca: server.ca });
		await within(new Promise((done, fail) => connection.once("connect", done).once("error", fail)), 5000, "the connection");
	});
	after(() => connection.destroy());

	const send = (query, body) =>
		within(
			new Promise((done, fail) => {
				const request = connection.request({
					":path": `/socket.io/?EIO=4&transport=polling${query}`,
					":method": body === undefined ? "GET" : "POST",
					...(body === undefined ? {} : { "content-type": "text/plain;charset=UTF-8" }),
				});
				const chunks = [];
				let headers;
				request.on("response", (received) => (headers = received));
				request.on("data", (chunk) => chunks.push(chunk));
				request.on("error", fail);
				request.on("end", () => done({ status: headers[":status"], headers, text: Buffer.concat(chunks).toString() }));
				request.end(body);
			}),
			10000,
			"a response",
		);
	const connect = async () => {
		const { headers, text } = await send("");
		const { sid } = JSON.parse(text.slice(1));
		assert.deepEqual(headers["set-cookie"], [`io=${sid}; Path=/; HttpOnly; SameSite=Lax`]);
		assert.equal((await send(`&sid=${sid}`, "40")).text, "ok");
		assert.match((await send(`&sid=${sid}`)).text, /^40\{"sid":/);
		return `&sid=${sid}`;
	};

	test(`many polling sessions share one connection of ${protocol}`, async () => {
		assert.equal(connection.alpnProtocol, protocol);
		const sessions = await Promise.all(Array.from({ length: 50 }, connect));
		const polls = sessions.map((session) => send(session));
		for (const [i, session] of sessions.entries()) {
			assert.equal((await send(session, `42["echo",${i}]`)).text, "ok");
		}
		const answers = await Promise.all(polls);
		assert.deepEqual(answers.map(({ text }) => text), sessions.map((_, i) => `42["echo",${i}]`));
		assert.deepEqual(answers.map(({ status }) => status), sessions.map(() => 200));
	});
	test("a payload of nearly 1 MB in both directions", async () => {
		const session = await connect();
		const packet = `42["echo","${"x".repeat(999000)}"]`;
		assert.equal((await send(session, packet)).text, "ok");
		assert.equal((await send(session)).text, packet);
	});
	test("too large a payload is refused, and the connection goes on", async () => {
		const session = await connect();
		assert.equal((await send(session, "x".repeat(1000001))).status, 413);
		await connect();
	});
}
