/* Official clients that note what they receive, and senders of numbered broadcasts. */
import { createClient } from "redis";
import { io } from "socket.io-client";
import { sleep } from "../support.mjs";

const SENDERS = 1_000_000;

/** A name that no broadcast of a sender has. */
export const PROBE = -1;

/** A client of a frontend, with a cookie as browsers have. */
export class Client {
	constructor(name, kind, port, options) {
		this.name = name;
		this.kind = kind;
		this.log = [];
		this.received = 0;
		this.probe = 0;
		this.recovered = 0;
		this.fresh = 0;
		this.socket = io(`http://127.0.0.1:${port}`, { forceNew: true, withCredentials: true, ...options });
		this.socket.on("connect", () => this.#connected());
		this.socket.on("n", (name) => (name < 0 ? (this.probe = Math.max(this.probe, -name)) : this.log.push(name)));
	}

	#connected() {
		const { recovered } = this.socket;
		if (this.log.length > 0) {
			this[recovered ? "recovered" : "fresh"]++;
		}
		this.log.push({ recovered, at: Date.now() });
	}

	get pid() {
		return this.socket._pid;
	}

	/** The name of its node, or nothing while it is not connected. */
	node() {
		return new Promise((done) => this.socket.timeout(5000).emit("whoami", (error, answer) => done(answer?.node)));
	}

	close() {
		this.socket.close();
	}
}

/** Begins a broadcast after the other, and notes which are accepted. */
class Sender {
	constructor(number, log) {
		this.number = number;
		this.log = log;
		this.count = 0;
		this.pending = new Set();
	}

	async run(pause, isOver) {
		while (!isOver()) {
			if (this.isReady()) {
				const name = this.number * SENDERS + this.count++;
				this.log.begun.set(name, Date.now());
				const sent = this.send(name).then((accepted) => (accepted ? this.log.accepted : this.log.failed).add(name));
				this.pending.add(sent);
				sent.finally(() => this.pending.delete(sent));
			}
			await sleep(pause);
		}
		await Promise.all(this.pending);
	}
}

/** Sends by a client that is connected to a node directly. */
export class NodeSender extends Sender {
	constructor(number, log, node) {
		super(number, log);
		this.confirms = node.kind === "java";
		this.socket = io(node.url, { forceNew: true, transports: ["websocket"], reconnectionDelay: 200, reconnectionDelayMax: 500 });
	}

	isReady() {
		return this.socket.connected;
	}

	/** A server in JavaScript acknowledges at once: of what it sends only the stream tells whether it was accepted. */
	send(name) {
		return new Promise((done) => this.socket.timeout(30000).emit("cast", {}, "n", name, (error, failure) => done(!error && !failure && this.confirms)));
	}

	close() {
		this.socket.close();
	}
}

/** Sends without a server, as the emitter in JavaScript for the streams adapter does. */
export class ScriptSender extends Sender {
	constructor(number, log, url) {
		super(number, log);
		this.client = createClient({ url, disableOfflineQueue: true });
		this.client.on("error", () => {});
		this.opened = this.client.connect();
	}

	isReady() {
		return this.client.isReady;
	}

	send(name) {
		const data = JSON.stringify({ packet: { type: 2, data: ["n", name], nsp: "/" }, opts: { rooms: [], flags: {}, except: [] } });
		const trim = { TRIM: { strategy: "MAXLEN", strategyModifier: "~", threshold: 10000 } };
		return this.client.xAdd("socket.io", "*", { uid: "emitter", nsp: "/", type: "3", data }, trim).then(() => true, () => false);
	}

	/** Sends what does not count until all have got it. */
	async probe(clients, probe, isOver) {
		for (let wait = 0; clients.some((client) => client.probe < probe) && !isOver(); wait++) {
			if (wait % 20 === 0 && this.isReady()) {
				await this.send(PROBE * probe);
			}
			await sleep(50);
		}
		return clients.every((client) => client.probe >= probe);
	}

	close() {
		return this.client.disconnect().catch(() => {});
	}
}

/** Sends by an application in Java that has an emitter and no server. */
export class EmitterSender extends Sender {
	constructor(number, log, url) {
		super(number, log);
		this.url = url;
	}

	isReady() {
		return true;
	}

	send(name) {
		const body = JSON.stringify({ event: "n", args: [name] });
		const headers = { "Content-Type": "application/json" };
		return fetch(`${this.url}/emit`, { method: "POST", headers, body }).then(({ ok }) => ok, () => false);
	}

	close() {
		// ends with its application
	}
}

/** Follows the stream, and knows all names in its order. */
export class Observer {
	constructor(url) {
		this.stored = [];
		this.repeated = [];
		this.known = new Set();
		this.last = "-";
		this.client = createClient({ url, disableOfflineQueue: true });
		this.client.on("error", () => {});
		this.opened = this.client.connect();
	}

	async run(isOver) {
		for (let over = false; !over; await sleep(200)) {
			over = isOver();
			for (let entries = [{}]; entries.length > 0; ) {
				entries = this.client.isReady ? await this.client.xRange("socket.io", this.last === "-" ? "-" : `(${this.last}`, "+", { COUNT: 1000 }).catch(() => []) : [];
				entries.forEach((entry) => this.#take(entry));
			}
		}
	}

	#take({ id, message: { data } }) {
		this.last = id;
		const name = data.includes('"n"') ? JSON.parse(data).packet.data[1] : PROBE;
		if (name < 0) {
			return;
		}
		if (this.known.has(name)) {
			this.repeated.push(name);
		} else {
			this.known.add(name);
			this.stored.push(name);
		}
	}

	/** Whether the states of clients are stored. */
	async haveStates(clients) {
		const keys = clients.map(({ pid }) => `sio:session:${pid}`);
		return keys.length === 0 || (this.client.isReady && (await this.client.exists(keys).catch(() => 0)) === keys.length);
	}

	close() {
		return this.client.disconnect().catch(() => {});
	}
}
