/*
 * Starts the server and talks to it as a client would who writes every byte.
 * CONFORMANCE_SERVER names the command of another server with the same contract, to compare.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, statSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import { delimiter, join } from "node:path";
import { after, before, test } from "node:test";
import { createInterface } from "node:readline";
import WebSocket from "ws";

const command = process.env.CONFORMANCE_SERVER?.split(" ") ?? [
	process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin", "java") : "java",
	...JSON.parse(process.env.CONFORMANCE_SERVER_FLAGS),
];

/** Whether it is another server that runs, which need not do better than the reference where this one does. */
export const isOther = process.env.CONFORMANCE_SERVER !== undefined && !process.env.CONFORMANCE_SERVER.includes("java");

/** The environment of a server whose orderly end does not wait for two seconds of silence, as Reactor Netty does otherwise. */
export const ENDS_AT_ONCE = { SPRING_REACTOR_NETTY_SHUTDOWNQUIETPERIOD: "0s" };

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/**
 * Ports that nobody listens on. The system takes none of them for the connections of other tests, which would make a server
 * fail that starts again on its port.
 */
export async function freePorts(count) {
	const ports = new Set();
	while (ports.size < count) {
		const port = 15000 + Math.floor(Math.random() * 17000);
		if (await isFree(port)) {
			ports.add(port);
		}
	}
	return [...ports];
}

function isFree(port) {
	return new Promise((done) => {
		const server = net.createServer();
		server.once("error", () => done(false));
		server.listen(port, "127.0.0.1", () => server.close(() => done(true)));
	});
}

/** Rejects what takes longer than it may. */
export function within(promise, ms = 5000, what = "what was awaited") {
	let timer;
	const limit = new Promise((_, reject) => {
		timer = setTimeout(() => reject(new Error(`${what} did not happen within ${ms} ms`)), ms);
	});
	return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

/**
 * The function "test" for tests that start a program, which is like the annotation RequiresProgram of the Java tests:
 * they are left out where the program is not on the PATH, or fail where SOCKETIO_TESTS_REQUIRE_ALL is "true".
 */
export function testWith(program) {
	const reason = isOnPath(program) ? undefined : `${program} is not on the PATH`;
	const required = process.env.SOCKETIO_TESTS_REQUIRE_ALL?.toLowerCase() === "true";
	const define = (name, body) => {
		if (reason && required) {
			test(name, () => assert.fail(`${reason}, and SOCKETIO_TESTS_REQUIRE_ALL is set`));
		} else {
			test(name, { skip: reason }, body);
		}
	};
	return Object.assign(define, { leftOut: reason !== undefined });
}

function isOnPath(program) {
	return (process.env.PATH ?? "").split(delimiter).some((directory) => {
		try {
			const file = join(directory, program);
			accessSync(file, constants.X_OK);
			return directory !== "" && statSync(file).isFile();
		} catch {
			return false;
		}
	});
}

export function spawnServer(environment) {
	const { PORT, PROFILE, NODE_ID, CORS_ORIGINS, COOKIE, PING, RECOVERY, DEFLATE, FORWARDED, USERS, ...rest } = process.env;
	return spawn(command[0], command.slice(1), {
		env: { ...rest, PORT: "0", ...environment },
		stdio: ["ignore", "pipe", "pipe"],
	});
}

/** Starts a server; with a certificate that clients are to trust it is one with TLS, as the environment has to say. */
export function startServer(profile, environment = {}, ca = undefined) {
	return started(spawnServer({ PROFILE: profile, ...environment }), ca);
}

/** Starts another program, which like the server prints its port and answers /health. */
export function startProgram([program, ...args], environment) {
	return started(spawn(program, args, { env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] }));
}

async function started(child, ca) {
	const exited = once(child, "exit").then(([code, signal]) => ({ code, signal }));
	let output = "";
	child.stderr.on("data", (data) => (output += data));
	const port = new Promise((done) => {
		createInterface({ input: child.stdout }).on("line", (line) => {
			output += `${line}\n`;
			const match = /on port (\d+)/.exec(line);
			if (match) {
				done(Number(match[1]));
			}
		});
	});
	const failed = exited.then(() => Promise.reject(new Error(`the server ended: ${output}`)));
	failed.catch(() => {});
	const listening = await within(Promise.race([port, failed]), 120_000, "the start of the server").catch((error) => {
		child.kill("SIGKILL");
		throw error;
	});
	const server = new Server(child, exited, listening, ca, () => output);
	for (let i = 0; i < 300; i++) {
		if ((await server.fetch("/health").catch(() => ({}))).status === 200) {
			return server;
		}
		await sleep(20);
	}
	throw new Error(`the server is not ready: ${output}`);
}

/** Has a server run during the tests of a file or of a describe block. */
export function useServer(profile, environment, ca) {
	const server = {};
	before(async () => {
		server.current = await startServer(profile, environment, ca);
	});
	after(async () => {
		await server.current?.kill();
	});
	return new Proxy(server, { get: (target, name) => bind(target.current, name) });
}

function bind(object, name) {
	const value = object[name];
	return typeof value === "function" ? value.bind(object) : value;
}

class Server {
	constructor(child, exited, port, ca, output) {
		this.child = child;
		/** What it has written so far. */
		this.output = output;
		this.exited = exited;
		this.port = port;
		this.ca = ca;
		this.url = `${ca ? "https" : "http"}://localhost:${port}`;
	}

	/** Ends it at once, which an orderly end does not (see ENDS_AT_ONCE). */
	async kill() {
		this.child.kill("SIGKILL");
		return within(this.exited, 15000, "the end of the server");
	}

	async stop() {
		this.child.kill("SIGTERM");
		return within(this.exited, 15000, "the end of the server");
	}

	fetch(target, { method = "GET", headers = {}, body, agent, host = "127.0.0.1", onRequest } = {}) {
		return within(
			new Promise((done, fail) => {
				const { request: send } = this.ca ? https : http;
				const request = send({ host, port: this.port, path: target, method, headers, agent, ca: this.ca }, (response) => {
					const chunks = [];
					response.on("data", (chunk) => chunks.push(chunk));
					response.on("error", fail);
					response.on("end", () => done(answer(response, Buffer.concat(chunks))));
				});
				request.on("error", fail);
				request.on("upgrade", (response, socket) => {
					socket.destroy();
					done(answer(response, Buffer.alloc(0)));
				});
				onRequest?.(request);
				request.end(body);
			}),
			10000,
			`an answer to ${method} ${target}`,
		);
	}

	/** The recorded events after a sequence number, once there is one that fits. */
	async recorded(since, fits) {
		let events = [];
		for (const end = Date.now() + 3000; Date.now() < end; await sleep(20)) {
			events = JSON.parse((await this.fetch(`/events?since=${since}`)).text);
			const found = events.find(fits);
			if (found) {
				return found;
			}
		}
		assert.fail(`not recorded; there is ${JSON.stringify(events)}`);
	}

	/** Whether there is a session on a transport: a request for it over the other transport tells, and leaves it alone. */
	async hasSession(sid, transport) {
		const other = transport === "polling" ? "websocket" : "polling";
		const { code } = (await this.fetch(`/socket.io/?EIO=4&transport=${other}&sid=${sid}`)).json();
		assert.ok(code === 1 || code === 3, `code ${code}`);
		return code === 3;
	}

	async endOfSession(sid, transport) {
		for (const end = Date.now() + 3000; await this.hasSession(sid, transport); await sleep(20)) {
			assert.ok(Date.now() < end, "the session has not ended");
		}
	}

	async events() {
		return JSON.parse((await this.fetch("/events")).text);
	}

	async lastSeq() {
		return (await this.events()).at(-1)?.seq ?? 0;
	}
}

function answer(response, body) {
	const lines = [];
	for (let i = 0; i < response.rawHeaders.length; i += 2) {
		lines.push([response.rawHeaders[i].toLowerCase(), response.rawHeaders[i + 1]]);
	}
	return {
		status: response.statusCode,
		headers: response.headers,
		cookies: lines.filter(([name]) => name === "set-cookie").map(([, value]) => value),
		names: lines.map(([name]) => name),
		body,
		text: body.toString(),
		json: () => JSON.parse(body.toString()),
	};
}

/** A polling session, one request at a time unless told otherwise. */
export class Polling {
	constructor(server, path = "/socket.io/") {
		this.server = server;
		this.path = path;
	}

	static async open(server, { path, query = "", headers } = {}) {
		const polling = new Polling(server, path);
		polling.handshake = await server.fetch(`${polling.path}?EIO=4&transport=polling${query}`, { headers });
		assert.equal(polling.handshake.status, 200, polling.handshake.text);
		polling.open = JSON.parse(polling.handshake.text.split("\x1e")[0].slice(1));
		polling.sid = polling.open.sid;
		return polling;
	}

	/** Joins the main namespace, too. */
	static async connect(server, options) {
		const polling = await Polling.open(server, options);
		await polling.post("40");
		polling.connected = await polling.poll();
		assert.match(polling.connected.text, /^40\{"sid":"/);
		polling.id = JSON.parse(polling.connected.text.split("\x1e")[0].slice(2)).sid;
		return polling;
	}

	target(query = "") {
		return `${this.path}?EIO=4&transport=polling&sid=${this.sid}${query}`;
	}

	poll(options) {
		return this.server.fetch(this.target(options?.query), options);
	}

	/** Polls until a packet fits, and answers pings. */
	async next(fits = () => true) {
		for (;;) {
			const { text } = await this.poll();
			for (const packet of text.split("\x1e")) {
				if (packet === "2") {
					await this.post("3");
				} else if (fits(packet)) {
					return packet;
				}
			}
		}
	}

	post(body, options) {
		return this.server.fetch(this.target(options?.query), {
			method: "POST",
			body,
			...options,
			headers: { "Content-Type": "text/plain;charset=UTF-8", ...options?.headers },
		});
	}
}

/** A websocket whose frames are read one after the other. */
export class Frames {
	constructor(server, target, options) {
		this.frames = [];
		this.waiting = [];
		const { protocols, ...rest } = options ?? {};
		this.socket = new WebSocket(`ws://127.0.0.1:${server.port}${target}`, protocols ?? [], {
			perMessageDeflate: false,
			...rest,
		});
		this.socket.on("message", (data, binary) => this.#take(binary ? data : data.toString()));
		this.upgraded = new Promise((done) => this.socket.once("upgrade", (response) => done(answer(response, Buffer.alloc(0)))));
		this.closed = new Promise((done) => this.socket.once("close", (code, reason) => done({ code, reason: reason.toString() })));
		this.opened = new Promise((done, fail) => {
			this.socket.once("open", () => done(this));
			this.socket.once("unexpected-response", (request, response) => {
				const chunks = [];
				response.on("data", (chunk) => chunks.push(chunk));
				const end = () => {
					this.refused = answer(response, Buffer.concat(chunks));
					fail(new Error(`refused with ${response.statusCode}`));
				};
				response.on("end", end);
				response.on("error", end);
				response.on("aborted", end);
			});
			this.socket.on("error", fail);
		});
		this.opened.catch(() => {});
	}

	#take(frame) {
		const waiting = this.waiting.shift();
		if (waiting) {
			waiting(frame);
		} else {
			this.frames.push(frame);
		}
	}

	next(ms = 5000) {
		if (this.frames.length) {
			return Promise.resolve(this.frames.shift());
		}
		return within(new Promise((done) => this.waiting.push(done)), ms, "a frame");
	}

	/** The next frame that is no ping; pings are answered. */
	async message(ms = 5000) {
		for (const end = Date.now() + ms; ; ) {
			const frame = await this.next(Math.max(end - Date.now(), 1));
			if (frame !== "2") {
				return frame;
			}
			this.send("3");
		}
	}

	send(...frames) {
		frames.forEach((frame) => this.socket.send(frame));
	}

	close(code, reason) {
		this.socket.close(code, reason);
		return within(this.closed, 5000, "the close of the websocket");
	}

	/** Opens a session, and joins the main namespace if asked to. */
	static async open(server, { path = "/socket.io/", query = "", join, ...options } = {}) {
		const frames = new Frames(server, `${path}?EIO=4&transport=websocket${query}`, options);
		await within(frames.opened, 5000, "the websocket");
		const open = await frames.next();
		assert.equal(open[0], "0");
		frames.open = JSON.parse(open.slice(1));
		frames.sid = frames.open.sid;
		if (join !== undefined) {
			frames.send(`40${join}`);
			const connected = await frames.message();
			assert.match(connected, /^40/);
			frames.id = JSON.parse(connected.slice(connected.indexOf("{"))).sid;
		}
		return frames;
	}

	/** Tries to open a websocket that is refused. */
	static async refused(server, target, options) {
		const frames = new Frames(server, target, options);
		await within(
			frames.opened.then(
				() => frames.closed,
				() => undefined,
			),
			5000,
			"the refusal",
		);
		return frames.refused;
	}
}

export { assert, once };
