/* Nodes of a cluster in processes of their own, behind HAProxy, which tells them apart by the session cookie. */
import { startProxy } from "../proxies.mjs";
import { startRedis } from "../redis.mjs";
import { ENDS_AT_ONCE, freePorts, startProgram, startServer } from "../support.mjs";

const RECOVERY = "120000";

/**
 * Starts Redis, a node of each of some kinds ("java" or "node"), an emitter in Java if there is a node in Java, and
 * HAProxy. Nodes of one kind share a frontend, and have another one that closes the connections of a node which does not
 * respond.
 * @param commandTimeout how long the nodes wait for Redis
 */
export async function startCluster(kinds, commandTimeout) {
	const redis = await startRedis("--appendonly", "yes", "--appendfsync", "always");
	const ports = await freePorts(kinds.length + 2);
	const nodes = kinds.map((kind, i) => new Node(kind, `${kind}-${i + 1}`, ports[i], redis, commandTimeout));
	const frontends = {};
	const cluster = {
		redis,
		nodes,
		frontends,
		async stop() {
			await cluster.stopProxy?.();
			await Promise.all([...nodes, cluster.emitter].map((each) => each?.kill()));
			await redis.stop();
		},
	};
	try {
		const started = await Promise.allSettled(nodes.map((node) => node.start()));
		started.filter(({ status }) => status === "rejected").forEach(({ reason }) => { throw reason; });
		if (kinds.includes("java")) {
			cluster.emitter = await startServer("emitter", environment(redis, commandTimeout));
		}
		for (const kind of new Set(kinds)) {
			frontends[kind] = await freePorts(2);
		}
		const listening = Object.values(frontends).at(-1).at(-1);
		cluster.stopProxy = await startProxy("haproxy", configuration(nodes, frontends), (file) => ["-db", "-f", file], listening);
		return cluster;
	} catch (error) {
		await cluster.stop();
		throw error;
	}
}

function configuration(nodes, frontends) {
	const backends = Object.entries(frontends).flatMap(([kind, ports]) => ports.map((port, i) => `
frontend ${kind}${i}
	bind 127.0.0.1:${port}
	default_backend ${kind}-nodes${i}
backend ${kind}-nodes${i}
	balance roundrobin
	cookie io prefix nocache
	option redispatch
	option httpchk GET /health
	default-server check inter 500 fall 3 rise 1${i === 1 ? " on-marked-down shutdown-sessions" : ""}
${nodes.filter((node) => node.kind === kind).map(({ name, port: own }) => `	server ${name} 127.0.0.1:${own} cookie ${name}`).join("\n")}
`));
	const times = ["connect 5s", "client 60s", "server 60s", "check 1s"].map((time) => `\ttimeout ${time}\n`).join("");
	return `defaults\n\tmode http\n${times}${backends.join("")}`;
}

const environment = (redis, commandTimeout) => ({
	...ENDS_AT_ONCE,
	ADAPTER: "streams",
	REDIS_URL: redis.url,
	SOCKETIO_ADAPTER_REDIS_COMMANDTIMEOUT: commandTimeout,
});

class Node {
	constructor(kind, name, port, redis, commandTimeout) {
		this.kind = kind;
		this.name = name;
		this.port = port;
		this.environment = { ...environment(redis, commandTimeout), PORT: String(port), NODE_ID: name, RECOVERY };
	}

	get url() {
		return `http://127.0.0.1:${this.port}`;
	}

	async start() {
		const script = new URL("node.mjs", import.meta.url).pathname;
		this.server = await (this.kind === "java"
			? startServer("cluster", this.environment)
			: startProgram([process.execPath, script], this.environment));
	}

	async kill() {
		await this.server?.kill();
	}

	stop() {
		return this.server.stop();
	}

	freeze() {
		this.server.child.kill("SIGSTOP");
	}

	thaw() {
		this.server.child.kill("SIGCONT");
	}
}
