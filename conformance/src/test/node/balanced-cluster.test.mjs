/*
 * Two nodes of a cluster behind HAProxy: one port sends each request to the next node, which forwards it, another keeps
 * clients on their node by the session cookie. The last test runs with ROLLING_RESTARTS only, which says how often all nodes
 * are restarted while clients send to all others; BALANCED_CLIENTS is the number of clients of each kind.
 */
import { after, before } from "node:test";
import { ask, event, upgraded } from "./clients.mjs";
import { client, startProxy } from "./proxies.mjs";
import { startRedis } from "./redis.mjs";
import { ENDS_AT_ONCE, assert, freePorts, isOther, sleep, startServer, testWith, within } from "./support.mjs";

const { ROLLING_RESTARTS, BALANCED_CLIENTS = "3" } = process.env;
const COUNT = Number(BALANCED_CLIENTS);
const PORTS = ["forwarding", "sticky"];
const TRANSPORTS = { polling: ["polling"], upgrade: ["polling", "websocket"] };

const test = isOther ? () => {} : testWith("haproxy").leftOut ? testWith("haproxy") : testWith("redis-server");
const proxy = {};
const nodes = {};
let redis;

before(async () => {
	if (isOther || test.leftOut) {
		return;
	}
	redis = await startRedis();
	await Promise.all(["one", "two"].map((name) => start(name)));
	const ports = await freePorts(PORTS.length);
	proxy.stop = await startProxy("haproxy", configuration(ports), (file) => ["-db", "-f", file], ports.at(-1));
	PORTS.forEach((name, i) => (proxy[name] = ports[i]));
});
after(async () => {
	await proxy.stop?.();
	await Promise.all(Object.values(nodes).map((node) => node.kill()));
	await redis?.stop();
});

async function start(name, port = 0) {
	nodes[name] = await startServer("cluster", {
		...ENDS_AT_ONCE,
		PORT: String(port),
		NODE_ID: name,
		REDIS_URL: redis.url,
		RECOVERY: "60000",
		SERVER_ADDRESS: "127.0.0.1",
		SOCKETIO_CLUSTER_NODETAG: name,
		SOCKETIO_CLUSTER_FORWARD: "true",
		SOCKETIO_CLUSTER_SECRET: "the secret of this cluster",
	});
}

const configuration = (ports) => `
defaults
	mode http
	timeout connect 5s
	timeout client 60s
	timeout server 60s
	timeout check 10s
	option redispatch
	option httpchk GET /health
	default-server check inter 200 fall 2 rise 1
${ports.map((port, i) => `
frontend clients${i}
	bind 127.0.0.1:${port}
	default_backend nodes${i}
backend nodes${i}
	balance roundrobin
${PORTS[i] === "sticky" ? "\tcookie io prefix nocache" : ""}
	server one 127.0.0.1:${nodes.one.port} cookie one
	server two 127.0.0.1:${nodes.two.port} cookie two
`).join("")}`;

const connect = async (kind, transports, options) => {
	const socket = client(proxy[kind], { transports, withCredentials: kind === "sticky", ...options });
	await event(socket, "connect", 20000);
	return socket;
};

for (const [name, transports] of Object.entries(TRANSPORTS)) {
	test(`clients that nothing keeps on their node talk to it over ${name}`, async () => {
		const sockets = await Promise.all(Array.from({ length: 10 }, () => connect("forwarding", transports)));
		const bytes = Buffer.from([0, 1, 254, 255]);
		await Promise.all(sockets.map(async (socket) => {
			if (name === "upgrade") {
				await upgraded(socket);
			}
			for (let i = 0; i < 5; i++) {
				const [number, text, binary] = await ask(socket, "echo", i, "é", bytes);
				assert.deepEqual([number, text, Buffer.from(binary)], [i, "é", bytes]);
			}
			const [large] = await ask(socket, "echo", "x".repeat(900_000));
			assert.equal(large.length, 900_000);
			assert.deepEqual([socket.io.engine.transport.name, socket.told], [transports.at(-1), []]);
		}));
		const tags = new Set(sockets.map((socket) => socket.io.engine.id.slice(0, -21)));
		assert.deepEqual(tags, new Set(["one", "two"]));
		sockets.forEach((socket) => socket.close());
	});
}

/** A client that sends to all others, and remembers what was acknowledged and what it has received. */
class Talker {
	constructor(name, socket) {
		this.name = name;
		this.socket = socket;
		this.acknowledged = [];
		this.received = [];
		this.lost = 0;
		this.log = [];
		socket.on("n", (value) => this.received.push(value));
		socket.on("connect", () => {
			this.lost += socket.recovered ? 0 : 1;
			this.note(`connected to ${socket.io.engine.id.split("-")[0]}${socket.recovered ? "" : ", not recovered"}`);
		});
		socket.on("disconnect", (reason) => this.note(reason));
	}

	/** What happened, and after which number of events. */
	note(what) {
		this.log.push(`${this.received.length}: ${what}`);
	}

	async talk() {
		for (let i = 0; !this.ended; i++, await sleep(50)) {
			const value = `${this.name}-${i}`;
			try {
				await this.socket.timeout(5000).emitWithAck("cast", {}, "n", value);
				this.acknowledged.push(value);
			} catch {
				// not acknowledged, because the connection was lost
			}
		}
	}
}

async function until(what, condition) {
	for (const end = Date.now() + 30000; !condition(); await sleep(20)) {
		assert.ok(Date.now() < end, what());
	}
}

(ROLLING_RESTARTS ? test : () => {})("clients lose nothing that was acknowledged when all nodes are restarted one after the other, and one is killed", async () => {
	const options = { reconnection: true, reconnectionDelay: 100, reconnectionDelayMax: 500 };
	const kinds = PORTS.flatMap((kind) => Object.entries(TRANSPORTS).map(([name, transports]) => [kind, name, transports]));
	const talkers = await Promise.all(kinds.flatMap(([kind, name, transports]) => Array.from({ length: COUNT }, async (_, i) =>
		new Talker(`${kind}-${name}-${i}`, await connect(kind, transports, options)))));
	const talks = talkers.map((talker) => talker.talk());
	const settled = async () => {
		const counts = talkers.map(({ acknowledged }) => acknowledged.length);
		await until(() => `not all talk: ${talkers.map(({ name, socket, acknowledged }) => `${name} ${socket.connected} ${acknowledged.length} ${socket.told}`).join("\n")}`,
			() => talkers.every(({ acknowledged }, i) => acknowledged.length > counts[i] + 3));
	};
	await settled();
	for (let i = 0; i < Number(ROLLING_RESTARTS); i++) {
		for (const name of ["one", "two"]) {
			await nodes[name].stop();
			await settled();
			await start(name, nodes[name].port);
			await settled();
		}
	}
	await nodes.one.kill();
	await settled();
	talkers.forEach((talker) => (talker.ended = true));
	await Promise.all(talks);
	const acknowledged = talkers.flatMap((talker) => talker.acknowledged);
	for (const talker of talkers) {
		await until(() => `${talker.name} misses ${acknowledged.filter((value) => !talker.received.includes(value))}: ${talker.log.join("; ")}`,
			() => acknowledged.every((value) => talker.received.includes(value)));
		assert.equal(new Set(talker.received).size, talker.received.length, `${talker.name} has received something twice`);
		assert.equal(talker.lost, 0, `${talker.name} was not recovered`);
	}
	talkers.forEach(({ socket }) => socket.close());
});
