/* What the tests with proxies have in common. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, event, io4, open, upgraded } from "./clients.mjs";
import { assert, once, sleep, within } from "./support.mjs";

const MESSAGES = 8;
export const UNKNOWN = "Session ID unknown";

/**
 * Starts a proxy and waits until it listens.
 * @param program its name
 * @param configuration the text of its configuration
 * @param args makes the arguments from the name of the file with the configuration and its directory
 * @param port where it will listen
 * @returns a function that ends it
 */
export async function startProxy(program, configuration, args, port) {
	const folder = mkdtempSync(join(tmpdir(), `${program}-`));
	const file = join(folder, "configuration");
	writeFileSync(file, configuration);
	const child = spawn(program, args(file, folder), { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, HOME: folder } });
	let output = "";
	child.stdout.on("data", (data) => (output += data));
	child.stderr.on("data", (data) => (output += data));
	const ended = once(child, "exit");
	for (const end = Date.now() + 10000; !(await accepts(port)); await sleep(20)) {
		assert.ok(child.exitCode === null && Date.now() < end, `${program} does not listen: ${output}`);
	}
	return async () => {
		child.kill("SIGTERM");
		await within(ended, 10000, `the end of ${program}`);
		rmSync(folder, { recursive: true });
	};
}

export const nginxArgs = (file, folder) => ["-e", "stderr", "-p", folder, "-c", file];

/** A configuration of nginx whose proxied locations pass websockets, and which writes below its own folder only. */
export const nginxConfiguration = (http) => `
daemon off;
pid nginx.pid;
error_log stderr crit;
events {}
http {
	access_log off;
	client_body_temp_path body;
	proxy_temp_path proxy;
	fastcgi_temp_path fastcgi;
	uwsgi_temp_path uwsgi;
	scgi_temp_path scgi;
	map $http_upgrade $connection_upgrade {
		default upgrade;
		"" "";
	}
	proxy_http_version 1.1;
	proxy_buffering off;
	proxy_set_header Host $http_host;
	proxy_set_header Upgrade $http_upgrade;
	proxy_set_header Connection $connection_upgrade;
${http}
}
`;

function accepts(port) {
	return new Promise((done) => {
		const socket = net.connect(port, "127.0.0.1");
		socket.on("connect", () => done(true)).on("error", () => done(false)).on("connect", () => socket.destroy());
	});
}

/** A client that keeps what it was told when something went wrong. */
export function client(port, options) {
	const socket = open(io4, { url: `http://127.0.0.1:${port}` }, { reconnection: false, ...options });
	socket.told = [];
	const keep = (error) => socket.told.push(error?.context?.responseText ?? String(error?.description ?? error?.message ?? error));
	socket.on("connect_error", keep);
	socket.on("disconnect", (reason, details) => reason !== "io client disconnect" && keep(details ?? reason));
	return socket;
}

/** Has a client that nothing keeps on its node talk until its session is lost. */
export async function lose(socket) {
	const lost = within(new Promise((done) => socket.on("connect_error", done).on("disconnect", done)), 20000, "the loss of a session");
	socket.on("echo", (value) => value < 100 && socket.emit("echo", value + 1));
	socket.emit("echo", 0);
	await lost;
	assert.ok(socket.told[0].includes(UNKNOWN), socket.told[0]);
	socket.close();
}

/** Talks for a while, and tells which node has answered and which cookie it got. */
export async function converse(socket, transport) {
	const [{ node }] = await event(socket, "welcome", 20000);
	if (transport === "upgrade") {
		await upgraded(socket);
	}
	for (let i = 0; i < MESSAGES; i++) {
		assert.deepEqual(await ask(socket, "echo", i, node), [i, node]);
	}
	const [{ cookie }] = await ask(socket, "request");
	return { node, cookie };
}
