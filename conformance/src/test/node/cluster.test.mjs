/*
 * Clusters of two servers under test and one in JavaScript with the published adapters: every operation from each of
 * both kinds, with clients on all nodes.
 */
import { after, before, describe } from "node:test";
import { Emitter } from "@socket.io/redis-emitter";
import { createClient } from "redis";
import { io } from "socket.io-client";
import { startNode } from "./cluster-node.mjs";
import { startRedis } from "./redis.mjs";
import { assert, isOther, sleep, startServer, testWith, within } from "./support.mjs";

const test = testWith("redis-server");

const event = (socket, name) => within(new Promise((done) => socket.once(name, (...args) => done(args))), 20000, `the event ${name}`);
const ask = (socket, ...args) => within(new Promise((done) => socket.emit(...args, (...answer) => done(answer))), 20000, `the acknowledgement of ${args[0]}`);
const sorted = (values) => [...values].sort();

async function until(what, condition) {
	for (const end = Date.now() + 20000; !(await condition()); await sleep(10)) {
		assert.ok(Date.now() < end, what);
	}
}

/** A client that remembers what it received. */
async function connect(url, auth = {}) {
	const socket = io(url, { forceNew: true, transports: ["websocket"], reconnection: false, auth });
	socket.received = [];
	socket.onAny((...args) => socket.received.push(args));
	socket.on("q", (...args) => args.pop()(args[0]));
	await event(socket, "connect");
	return socket;
}

function useCluster(adapter, environment = {}, more = {}) {
	const cluster = { clients: [] };
	before(async () => {
		if (test.leftOut) {
			return;
		}
		cluster.redis = await startRedis();
		cluster.js = await startNode(adapter, cluster.redis.url, more);
		const start = (node) =>
			startServer("cluster", { REDIS_URL: cluster.redis.url, ADAPTER: adapter, NODE_ID: node, ...environment });
		cluster.java = await Promise.all([start("java-1"), start("java-2")]);
		cluster.urls = [cluster.java[0].url, cluster.java[1].url, cluster.js.url];
		cluster.clients = await Promise.all(cluster.urls.map((url) => connect(url)));
		await until("the nodes know each other", async () => {
			const counts = await Promise.all(cluster.clients.map((client) => ask(client, "servers")));
			return counts.every(([count]) => count === 3);
		});
	});
	after(async () => {
		cluster.clients.forEach((client) => client.disconnect());
		await cluster.js?.close();
		await Promise.all((cluster.java ?? []).map((server) => server.kill()));
		await cluster.redis?.stop();
	});
	return cluster;
}

/** Waits until all clients have received a last event, and returns what they have received before. */
async function received(cluster, from) {
	const last = cluster.clients.map((client) => event(client, "last"));
	await ask(from, "cast", {}, "last");
	await Promise.all(last);
	return cluster.clients.map((client) => client.received.splice(0).filter(([name]) => name !== "last"));
}

function testOperations(cluster, index, kind) {
	const sender = () => cluster.clients[index];

	test(`CL-12 CL-72 ${kind}: broadcasts reach the clients of all nodes`, async () => {
		const [, second, third] = cluster.clients;
		await ask(second, "join", "a");
		await ask(third, "join", "a");
		await ask(third, "join", "b");
		// channels of rooms are subscribed to a moment later
		await until("the room is reached", async () => {
			await ask(sender(), "cast", { to: ["a"] }, "probe");
			await sleep(20);
			return [second, third].every((client) => client.received.some(([name]) => name === "probe"));
		});
		await received(cluster, sender());
		const bytes = Buffer.from([1, 2, 255]);
		await ask(sender(), "cast", {}, "x", 1, "é\u{1f600}", { a: [null, 1.5] }, bytes);
		await ask(sender(), "cast", { to: ["a"] }, "x", 2);
		await ask(sender(), "cast", { to: ["a"], except: ["b"] }, "x", 3);
		await ask(sender(), "cast", { except: ["a"] }, "x", 4);
		await ask(sender(), "cast", { to: [cluster.clients[2].id] }, "x", 5);
		const all = await received(cluster, sender());
		const numbers = all.map((events) => sorted(events.filter(([name]) => name === "x").map(([, number]) => number)));
		assert.deepEqual(numbers, [[1, 4], [1, 2, 3], [1, 2, 5]]);
		for (const events of all) {
			const [, , text, object, binary] = events.find(([, number]) => number === 1);
			assert.deepEqual([text, object], ["é\u{1f600}", { a: [null, 1.5] }]);
			assert.deepEqual(Buffer.from(binary), bytes);
		}
	});

	test(`${kind}: broadcasts reach their namespace only, and local ones their node only`, async () => {
		await received(cluster, sender());
		const chat = await Promise.all(cluster.urls.map((url) => connect(`${url}/chat`)));
		await until("the nodes know each other", async () => (await ask(chat[index], "servers"))[0] === 3);
		const got = chat.map((client) => event(client, "x"));
		await ask(chat[index], "cast", {}, "x", 1);
		assert.deepEqual((await Promise.all(got)).map(([number]) => number), [1, 1, 1]);
		await ask(sender(), "cast", { local: true }, "x", 2);
		await ask(sender(), "cast", { from: "socket" }, "x", 3);
		const all = await received(cluster, sender());
		const numbers = all.map((events) => events.filter(([name]) => name === "x").map(([, number]) => number));
		assert.deepEqual(numbers, [0, 1, 2].map((i) => (i === index ? [2] : [3])));
		chat.forEach((client) => client.disconnect());
	});

	test(`CL-20 CL-21 CL-45 CL-81 ${kind}: acknowledgements of all nodes are collected`, async () => {
		const [{ ok, responses }] = await ask(sender(), "ask-all", {}, 5000, "q", "value");
		assert.deepEqual([ok, responses], [true, ["value", "value", "value"]]);
		const bytes = Buffer.from([9]);
		const [binary] = await ask(sender(), "ask-all", { to: [cluster.clients[1].id] }, 5000, "q", bytes);
		assert.deepEqual(binary.responses.map((each) => Buffer.from(each)), [bytes]);
	});

	test(`CL-16 CL-17 CL-27 CL-28 CL-83 ${kind}: sockets of all nodes are fetched with their details`, async () => {
		await ask(cluster.clients[1], "set", "name", "ada");
		await ask(cluster.clients[2], "set", "name", "bob");
		const [sockets] = await ask(sender(), "sockets", {});
		assert.deepEqual(sorted(sockets.map(({ id }) => id)), sorted(cluster.clients.map(({ id }) => id)));
		for (const socket of sockets) {
			assert.ok(socket.rooms.includes(socket.id));
			assert.equal(socket.handshake.query.transport, "websocket");
			assert.equal(typeof socket.handshake.issued, "number");
		}
		const counts = [{}, { to: cluster.clients.map(({ id }) => id) }, { except: [cluster.clients[2].id] }, { to: ["nobody"] }];
		assert.deepEqual(await Promise.all(counts.map(async (spec) => (await ask(sender(), "count-all", spec))[0])), [3, 3, 2, 0]);
		const data = (client) => sockets.find(({ id }) => id === client.id).data;
		assert.deepEqual([data(cluster.clients[1]), data(cluster.clients[2])], [{ name: "ada" }, { name: "bob" }]);
	});

	test(`CL-13 CL-14 CL-15 CL-77 ${kind}: sockets of all nodes join, leave and are disconnected`, async () => {
		const rooms = async (client) => (await ask(client, "whoami"))[0].rooms;
		await ask(sender(), "join-all", {}, [`${kind}-1`, `${kind}-2`]);
		for (const client of cluster.clients) {
			await until("the sockets have joined", async () => (await rooms(client)).includes(`${kind}-2`));
		}
		await ask(sender(), "leave-all", {}, [`${kind}-1`]);
		for (const client of cluster.clients) {
			await until("the sockets have left", async () => !(await rooms(client)).includes(`${kind}-1`));
		}
		const extra = await Promise.all(cluster.urls.map((url) => connect(url)));
		for (const client of extra) {
			await ask(client, "join", `${kind}-kick`);
		}
		const ends = extra.map((client) => event(client, "disconnect"));
		sender().emit("kick-all", { to: [`${kind}-kick`] }, false);
		for (const [reason] of await Promise.all(ends)) {
			assert.equal(reason, "io server disconnect");
		}
	});

	test(`CL-18 CL-19 ${kind}: events between servers`, async () => {
		const own = ["java-1", "java-2", "js"][index];
		const [{ ok, responses }] = await ask(sender(), "ask-servers", "node");
		assert.ok(ok);
		assert.deepEqual(sorted(responses), ["java-1", "java-2", "js"].filter((node) => node !== own));
		const [echo] = await ask(sender(), "ask-servers", "back", { a: [1, "é"] });
		assert.deepEqual(echo.responses, [{ a: [1, "é"] }, { a: [1, "é"] }]);
		await ask(sender(), "tell-servers", "note", kind, 1);
		const noted = async (server) => (await server.events()).some(({ type, args }) => type === "server_event" && args[0] === kind);
		await until("the other nodes have the note", async () => {
			const java = await Promise.all(cluster.java.map((server, i) => i === index || noted(server)));
			return java.every(Boolean) && (index === 2 || cluster.js.notes.some(([value]) => value === kind));
		});
	});
}

function testRecovery(cluster) {
	for (const [from, to, name] of [[0, 2, "Node.js recovers a client of Java"], [2, 0, "Java recovers a client of Node.js"]]) {
		test(`CL-53 CL-54 ${name}`, async () => {
			const client = await connect(cluster.urls[from]);
			await ask(client, "join", "r");
			await ask(client, "set", "name", "ada");
			await ask(cluster.clients[1], "cast", {}, "n", 1);
			await until("the client has received something", () => client.received.length > 0);
			const [, , offset] = client.received[0];
			assert.match(offset, /^\d+-\d+$/);
			const { id } = client;
			const pid = client._pid;
			const redis = createClient({ url: cluster.redis.url });
			await redis.connect();
			client.io.engine.transport.ws.close();
			await event(client, "disconnect");
			await until("the session is stored without its socket", async () => {
				const sockets = (await ask(cluster.clients[1], "sockets", {}))[0];
				return sockets.every((socket) => socket.id !== id) && (await redis.exists(`sio:session:${pid}`)) === 1;
			});
			await redis.disconnect();
			await ask(cluster.clients[1], "cast", { to: ["r"] }, "n", 2);
			await ask(cluster.clients[0], "cast", { to: ["other"] }, "n", 3);
			const again = await connect(cluster.urls[to], { pid, offset });
			assert.equal(again.id, id);
			const [{ data, rooms, recovered }] = await ask(again, "whoami");
			assert.deepEqual([data, sorted(rooms), recovered], [{ name: "ada" }, sorted([id, "r"]), true]);
			await until("what was missed is received", () => again.received.length > 0);
			assert.deepEqual(again.received.map(([, number]) => number), [2]);
			again.disconnect();
		});
	}
}

function testEmitter(cluster) {
	test("the emitter in Java reaches the clients and the servers of all nodes", async () => {
		const headers = { "Content-Type": "application/json" };
		const post = async (target, body) => (await cluster.java[0].fetch(target, { method: "POST", headers, body: JSON.stringify(body) })).status;
		const got = cluster.clients.map((each) => event(each, "emitted"));
		assert.equal(await post("/emit", { event: "emitted", args: [1, { a: ["é"] }] }), 204);
		for (const [number, object] of await Promise.all(got)) {
			assert.deepEqual([number, object], [1, { a: ["é"] }]);
		}
		const member = cluster.clients[2];
		await ask(member, "join", "emitter-room");
		await until("the room is reached", async () => {
			await post("/emit", { event: "in-room", args: [], room: "emitter-room" });
			await sleep(20);
			return member.received.some(([name]) => name === "in-room");
		});
		const others = await received(cluster, cluster.clients[0]);
		assert.ok(others.slice(0, 2).every((events) => events.every(([name]) => name !== "in-room")));
		assert.equal(await post("/tell-servers", { event: "note", args: ["from an emitter"] }), 200);
		const isNote = (args) => args?.[0] === "from an emitter";
		await until("the servers have the note", async () => {
			const java = await Promise.all(cluster.java.map((server) => server.events()));
			return java.every((events) => events.some(({ args }) => isNote(args))) && cluster.js.notes.some(isNote);
		});
	});
}

for (const adapter of ["streams", "pubsub", "sharded"]) {
	describe(`cluster with Node.js: ${adapter}`, { skip: isOther }, () => {
		const recovers = adapter === "streams";
		const cluster = useCluster(adapter, recovers ? { RECOVERY: "60000" } : {}, recovers ? { recovery: 60000 } : {});
		testOperations(cluster, 0, "from Java");
		testOperations(cluster, 2, "from Node.js");
		testEmitter(cluster);

		if (recovers) {
			testRecovery(cluster);
		}

		if (adapter === "pubsub") {
			test("CL-86 the published emitter is understood", async () => {
				const client = createClient({ url: cluster.redis.url });
				await client.connect();
				const emitter = new Emitter(client);
				await received(cluster, cluster.clients[0]);
				const got = cluster.clients.map((each) => event(each, "emitted"));
				emitter.emit("emitted", 1, Buffer.from([1]));
				for (const [number, bytes] of await Promise.all(got)) {
					assert.deepEqual([number, Buffer.from(bytes)], [1, Buffer.from([1])]);
				}
				emitter.in(cluster.clients[0].id).socketsJoin("emitter-room");
				await until("the socket has joined", async () => (await ask(cluster.clients[0], "whoami"))[0].rooms.includes("emitter-room"));
				const inRoom = event(cluster.clients[0], "emitted");
				emitter.to("emitter-room").except("nobody").emit("emitted", 2);
				assert.deepEqual(await inRoom, [2]);
				emitter.serverSideEmit("note", "emitter");
				await until("the servers have the note", async () =>
					(await Promise.all(cluster.java.map((server) => server.events()))).every((events) => events.some(({ args }) => args?.[0] === "emitter")),
				);
				await client.disconnect();
			});
		}
	});
}
