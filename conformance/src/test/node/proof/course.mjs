/* The course: what happens to a cluster while clients receive broadcasts, one thing after the other. */
import { createClient } from "redis";
import { sleep } from "../support.mjs";
import { compare } from "./check.mjs";
import { Client, EmitterSender, NodeSender, Observer, ScriptSender } from "./clients.mjs";
import { startCluster } from "./cluster.mjs";

const SETTLED = 120_000;

export class Course {
	/**
	 * @param kinds the kinds of the nodes
	 * @param count the number of clients of each kind
	 * @param times milliseconds: total, between things, for which a node or Redis does not run, between broadcasts
	 */
	constructor({ kinds, count, times, commandTimeout, client, say = () => {} }) {
		Object.assign(this, { kinds, count, times, commandTimeout, client, say });
		this.log = { begun: new Map(), accepted: new Set(), failed: new Set() };
		this.steps = [];
		this.probes = 0;
	}

	async run() {
		this.cluster = await startCluster(this.kinds, this.commandTimeout);
		this.clients = Object.entries(this.cluster.frontends).flatMap(([kind, ports]) =>
			Array.from({ length: this.count }, (_, i) => new Client(`${kind} client ${i}`, kind, ports[i % 2], this.client)));
		const { nodes } = this.cluster;
		this.emitter = new ScriptSender(nodes.length, this.log, this.cluster.redis.url);
		this.observer = new Observer(this.cluster.redis.url);
		const senders = [...nodes.map((node, i) => new NodeSender(i, this.log, node)), this.emitter];
		if (this.cluster.emitter) {
			senders.push(new EmitterSender(senders.length, this.log, this.cluster.emitter.url));
		}
		try {
			await Promise.all([this.emitter.opened, this.observer.opened]);
			await this.#settle();
			let over = false;
			let observed = false;
			const sending = senders.map((sender) => sender.run(this.times.broadcasts, () => over));
			const observing = this.observer.run(() => observed);
			await this.#steps().finally(() => (over = true));
			await Promise.all(sending);
			await this.#settle();
			observed = true;
			await observing;
			return this.#report();
		} finally {
			this.clients.forEach((each) => each.close());
			senders.forEach((sender) => sender.close());
			this.observer.close();
			await this.cluster.stop();
		}
	}

	async #steps() {
		const end = Date.now() + this.times.total;
		do {
			for (const [name, step] of Object.entries(this.#things())) {
				await this.#step(name, step);
			}
		} while (Date.now() < end);
	}

	#things() {
		const { redis } = this.cluster;
		const { stopped } = this.times;
		return {
			"kill -9 of a node": async () => {
				const { node, clients } = await this.#busiest();
				await node.kill();
				await node.start();
				return clients;
			},
			"SIGSTOP of a node": async () => {
				const { node, clients } = await this.#busiest();
				node.freeze();
				await sleep(stopped).finally(() => node.thaw());
				return clients;
			},
			"CLIENT PAUSE of Redis": async () => {
				const client = createClient({ url: redis.url });
				client.on("error", () => {});
				await client.connect();
				await client.sendCommand(["CLIENT", "PAUSE", String(stopped / 2), "ALL"]);
				await client.disconnect().catch(() => {});
				await sleep(stopped / 2);
			},
			"SIGSTOP of Redis": async () => {
				redis.child.kill("SIGSTOP");
				await sleep(stopped / 2).finally(() => redis.child.kill("SIGCONT"));
			},
			"kill -9 and restart of Redis": async () => {
				await redis.kill();
				await sleep(stopped / 10);
				await redis.start();
			},
			"rolling restart (SIGTERM)": async () => {
				const all = [];
				for (const restarted of this.#restartable()) {
					all.push(...(await this.#clientsOf(restarted)));
					await restarted.stop();
					await restarted.start();
					await this.#settle();
				}
				return all;
			},
		};
	}

	/** The nodes of the first kind, of which there must be two. */
	#restartable() {
		return this.cluster.nodes.filter(({ kind }) => kind === this.kinds[0]);
	}

	async #clientsOf(node) {
		const names = await Promise.all(this.clients.map((client) => client.node()));
		return this.clients.filter((client, i) => names[i] === node.name);
	}

	async #busiest() {
		const candidates = await Promise.all(this.#restartable().map(async (node) => ({ node, clients: await this.#clientsOf(node) })));
		return candidates.reduce((most, each) => (each.clients.length > most.clients.length ? each : most));
	}

	async #step(name, step) {
		const before = this.clients.map(({ recovered, fresh }) => ({ recovered, fresh }));
		const concerned = await step();
		await this.#settle();
		const counted = { name, clients: concerned?.length ?? this.clients.length, recovered: 0, fresh: 0 };
		this.clients.forEach((client, i) => {
			if (!concerned || concerned.includes(client)) {
				counted.recovered += client.recovered - before[i].recovered;
				counted.fresh += client.fresh - before[i].fresh;
			}
		});
		this.steps.push(counted);
		this.say(JSON.stringify(counted));
		await sleep(this.times.between);
	}

	/** Waits until all clients are connected, are reached, and can be recovered. */
	async #settle() {
		const end = Date.now() + SETTLED;
		const isOver = () => Date.now() > end;
		const late = () => this.clients.filter((client) => !client.socket.connected || client.probe < this.probes).map(({ name }) => name);
		const java = this.clients.filter(({ kind }) => kind === "java");
		const probe = ++this.probes;
		while (!(this.clients.every(({ socket }) => socket.connected) && (await this.observer.haveStates(java))) && !isOver()) {
			await sleep(50);
		}
		if (!(await this.emitter.probe(this.clients, probe, isOver))) {
			throw new Error(`Not reached: ${late()}; ${this.cluster.nodes.map(({ server }) => server.output()).join("\n")}`);
		}
	}

	#report() {
		const { begun, accepted, failed } = this.log;
		const { stored, repeated, known } = this.observer;
		const kinds = Object.keys(this.cluster.frontends);
		// of those that Node.js has sent nobody knows better than the stream
		const unordered = new Set([...failed].filter((name) => this.kinds[Math.floor(name / 1_000_000)] === "java"));
		return {
			begun: begun.size,
			stored: stored.length,
			repeated: repeated.length,
			forgotten: [...accepted].filter((name) => !known.has(name)).length,
			steps: this.steps,
			output: this.cluster.nodes.map(({ name, server }) => `${name}: ${server.output()}`),
			received: Object.fromEntries(kinds.map((kind) => [kind, this.#received(kind, stored, begun, unordered)])),
		};
	}

	#received(kind, stored, begun, unordered) {
		const clients = this.clients.filter((client) => client.kind === kind);
		return {
			clients: clients.length,
			recovered: clients.reduce((sum, { recovered }) => sum + recovered, 0),
			fresh: clients.reduce((sum, { fresh }) => sum + fresh, 0),
			...compare(clients, stored, begun, unordered),
		};
	}
}
