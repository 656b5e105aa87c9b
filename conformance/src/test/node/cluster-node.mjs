/*
 * A node of a cluster with the JavaScript server and its published adapters, and the events of the profile "cluster" that
 * the tests need.
 */
import { createServer } from "node:http";
import { createAdapter as createStreamsAdapter } from "@socket.io/redis-streams-adapter";
import redisAdapters from "@socket.io/redis-adapter";
import { createClient } from "redis";
import { Server } from "socket.io";

const target = (socket, { from, to = [], except = [], volatile, local } = {}) => {
	let operator = from === "socket" ? socket.broadcast : socket.nsp;
	to.forEach((room) => (operator = operator.to(room)));
	except.forEach((room) => (operator = operator.except(room)));
	operator = volatile ? operator.volatile : operator;
	return local ? operator.local : operator;
};

async function connect(url) {
	const client = createClient({ url });
	client.on("error", () => {});
	await client.connect();
	return client;
}

export async function startNode(adapter, url, { options = {}, recovery, port = 0 } = {}) {
	const pub = await connect(url);
	const sub = adapter === "streams" ? undefined : await connect(url);
	const created = {
		streams: () => createStreamsAdapter(pub, options),
		pubsub: () => redisAdapters.createAdapter(pub, sub, options),
		sharded: () => redisAdapters.createShardedAdapter(pub, sub, options),
	}[adapter]();
	const http = createServer((request, response) => response.end(request.url === "/health" ? "{}" : ""));
	const io = new Server(http, {
		adapter: created,
		cookie: true,
		connectionStateRecovery: recovery ? { maxDisconnectionDuration: recovery, skipMiddlewares: true } : undefined,
	});
	const notes = [];
	for (const nsp of [io.of("/"), io.of("/chat")]) {
		register(nsp, notes);
	}
	await new Promise((done) => http.listen(port, "127.0.0.1", done));
	return {
		url: `http://127.0.0.1:${http.address().port}`,
		port: http.address().port,
		io,
		notes,
		async close() {
			await new Promise((done) => io.close(done));
			await new Promise((done) => setTimeout(done, 50));
			pub.destroy?.() ?? (await pub.disconnect().catch(() => {}));
			await sub?.disconnect().catch(() => {});
		},
	};
}

function register(nsp, notes) {
	nsp.on("note", (...args) => notes.push(args));
	nsp.on("node", (ack) => ack("js"));
	nsp.on("back", (value, ack) => ack(value));
	nsp.on("mute", (node, ack) => node !== "js" && ack("js"));
	nsp.on("connection", (socket) => {
		socket.on("whoami", (ack) => ack({ id: socket.id, rooms: [...socket.rooms], data: socket.data, recovered: socket.recovered, node: "js" }));
		socket.on("set", (key, value, ack) => {
			socket.data[key] = value;
			ack();
		});
		socket.on("join", async (room, ack) => {
			await socket.join(room);
			ack([...socket.rooms]);
		});
		socket.on("emit", (spec, event, ...args) => target(socket, spec).emit(event, ...args));
		socket.on("cast", async (spec, event, ...args) => {
			const ack = args.pop();
			target(socket, spec).emit(event, ...args);
			ack();
		});
		socket.on("ask-all", (spec, timeout, event, ...args) => {
			const ack = args.pop();
			target(socket, spec)
				.timeout(timeout)
				.emit(event, ...args, (error, responses) => ack({ ok: !error, responses }));
		});
		socket.on("servers", async (ack) => ack(await nsp.adapter.serverCount()));
		socket.on("sockets", async (spec, ack) => {
			const sockets = await target(socket, spec).fetchSockets();
			ack(sockets.map(({ id, rooms, data, handshake }) => ({ id, rooms: [...rooms], data, handshake })));
		});
		socket.on("count-all", async (spec, ack) => ack((await target(socket, spec).fetchSockets()).length));
		socket.on("join-all", (spec, rooms, ack) => {
			target(socket, spec).socketsJoin(rooms);
			ack();
		});
		socket.on("leave-all", (spec, rooms, ack) => {
			target(socket, spec).socketsLeave(rooms);
			ack();
		});
		socket.on("kick-all", (spec, close) => target(socket, spec).disconnectSockets(close));
		socket.on("tell-servers", (event, ...args) => {
			const ack = args.pop();
			nsp.serverSideEmit(event, ...args);
			ack();
		});
		socket.on("ask-servers", async (event, ...args) => {
			const ack = args.pop();
			try {
				ack({ ok: true, responses: await nsp.serverSideEmitWithAck(event, ...args) });
			} catch (error) {
				ack({ ok: false, responses: error.responses ?? [] });
			}
		});
	});
}
