#!/usr/bin/env node
/*
 * Starts the sample with the command that the README names, but on a free port, and does a handshake: the response has
 * the session cookie that the README shows.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

const LIMIT = 300_000;

const [, command] = /`(mvn [^`]*spring-boot:run)`/.exec(readFileSync("README.md", "utf8")) ?? [];
if (!command) {
	throw new Error("The README names no command for the sample");
}
console.log(`The sample: ${command}`);
const child = spawn(`${command} -B -ntp -Dspring-boot.run.arguments=--server.port=0`, {
	shell: true,
	detached: true,
	stdio: ["ignore", "pipe", "inherit"],
});
const closed = new Promise((resolve) => child.on("close", resolve));
let output = "";
const port = new Promise((resolve, reject) => {
	child.stdout.on("data", (data) => {
		output += data;
		const [, number] = /Netty started on port (\d+)/.exec(output) ?? [];
		if (number) {
			resolve(number);
		}
	});
	child.on("close", (code) => reject(new Error(`It has ended with ${code} before it started`)));
	setTimeout(() => reject(new Error("It has not started in time")), LIMIT).unref();
});

try {
	const response = await fetch(`http://localhost:${await port}/socket.io/?EIO=4&transport=polling`, {
		signal: AbortSignal.timeout(30_000),
	});
	const { sid } = JSON.parse((await response.text()).slice(1));
	const cookie = `io=${sid}; Path=/; HttpOnly; SameSite=Lax`;
	if (response.status !== 200 || !response.headers.getSetCookie().includes(cookie)) {
		throw new Error(`Status ${response.status}, cookies ${response.headers.getSetCookie()}`);
	}
	console.log(`Set-Cookie: ${cookie}`);
} catch (error) {
	console.error(output.split("\n").slice(-60).join("\n"));
	console.error(error.message);
	process.exitCode = 1;
} finally {
	end("SIGTERM");
	const kill = setTimeout(() => end("SIGKILL"), 30_000);
	closed.then(() => clearTimeout(kill));
}

function end(signal) {
	try {
		process.kill(-child.pid, signal);
	} catch (error) {
		if (error.code !== "ESRCH") {
			throw error;
		}
	}
}
