/* The end of the program while clients are at work. */
import { describe, test } from "node:test";
import { TRANSPORTS, io4, open } from "./clients.mjs";
import { assert, isOther, startServer, within } from "./support.mjs";

const CLIENTS = 15;
const IN_FLIGHT = 4;
const HANDLER_MS = 20;

/** Asks again and again, and counts what is answered: the server gives each question that it begins with a number. */
class Worker {
	constructor(server, transports) {
		this.numbers = [];
		this.socket = open(io4, server, { transports, reconnection: false });
		this.gone = new Promise((done) => this.socket.once("disconnect", done));
		this.socket.once("connect", () => {
			for (let i = 0; i < IN_FLIGHT; i++) {
				this.ask();
			}
		});
	}

	ask() {
		this.socket.emit("count", HANDLER_MS, (number) => {
			this.numbers.push(number);
			if (this.socket.connected) {
				this.ask();
			}
			this.onAnswer?.();
		});
	}
}

describe("SEC-84 SIGTERM while clients are at work", { skip: isOther }, () => {
	for (const [name, transports] of Object.entries(TRANSPORTS)) {
		test(`every question that was begun is answered over ${name}, and every client is told`, async () => {
			const server = await startServer("web");
			try {
				const workers = Array.from({ length: CLIENTS }, () => new Worker(server, transports));
				const all = () => workers.flatMap((worker) => worker.numbers);
				const busy = Promise.all(
					workers.map((worker) => new Promise((done) => (worker.onAnswer = () => worker.numbers.length >= 5 * IN_FLIGHT && done()))),
				);
				await within(busy, 30000, "an answer for every client");
				const before = all().length;
				server.child.kill("SIGTERM");
				const reasons = await within(Promise.all(workers.map((worker) => worker.gone)), 10000, "the end of every client");
				const { code, signal } = await within(server.exited, 10000, "the end of the process");
				assert.ok(code === 0 || code === 143 || signal === "SIGTERM", `code ${code}, signal ${signal}`);
				assert.deepEqual([...new Set(reasons)], ["transport close"]);
				const numbers = all().sort((a, b) => a - b);
				assert.ok(numbers.length > before, "answers came after the signal");
				assert.deepEqual(numbers, Array.from(numbers, (_, index) => index + 1));
			} finally {
				server.child.kill("SIGKILL");
			}
		});
	}
});
