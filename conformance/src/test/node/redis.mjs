/* A Redis server of its own for tests, which can be stopped and started again. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect as openSocket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, freePorts, sleep } from "./support.mjs";

const ping = (port) =>
	new Promise((done) => {
		const socket = openSocket(port, "127.0.0.1", () => socket.write("PING\r\n"));
		socket.setTimeout(1000, () => socket.destroy());
		socket.on("data", (data) => socket.destroy() && done(data.toString().startsWith("+PONG")));
		socket.on("error", () => {});
		socket.on("close", () => done(false));
	});

/** Starts Redis; without options it keeps nothing on disk. */
export async function startRedis(...options) {
	const [port] = await freePorts(1);
	const folder = mkdtempSync(join(tmpdir(), "redis-"));
	const redis = {
		url: `redis://127.0.0.1:${port}`,
		async start() {
			const command = ["--port", port, "--bind", "127.0.0.1", "--save", "", "--dir", folder, ...options];
			redis.child = spawn("redis-server", command, { stdio: "ignore" });
			redis.ended = once(redis.child, "exit");
			for (const end = Date.now() + 20000; !(await ping(port)); await sleep(20)) {
				assert.ok(redis.child.exitCode === null && Date.now() < end, "Redis does not respond");
			}
		},
		/** Ends it at once. */
		async kill() {
			redis.child.kill("SIGKILL");
			await redis.ended;
		},
		async stop() {
			await redis.kill();
			rmSync(folder, { recursive: true, force: true });
		},
	};
	await redis.start();
	return redis;
}
