/*
 * Starts this server and the reference with the same profile. The timers are longer than the profile's, so that a
 * slow machine makes no difference; both servers tell them in the open packet.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const timers = { pingInterval: 60000, pingTimeout: 60000, upgradeTimeout: 60000, connectTimeout: 60000 };

export async function startBoth(profile, jar) {
	const settled = await Promise.allSettled([startReference(profile), startOurs(profile, jar)]);
	const servers = settled.filter(({ status }) => status === "fulfilled").map(({ value }) => value);
	if (servers.length < 2) {
		servers.forEach((server) => server.stop());
		throw settled.find(({ reason }) => reason).reason;
	}
	return { profile, reference: servers[0], ours: servers[1], stop: () => servers.forEach((server) => server.stop()) };
}

function startReference(profile) {
	const script = fileURLToPath(new URL("reference.mjs", import.meta.url));
	return start(process.execPath, [script], { PROFILE: profile, TIMERS: JSON.stringify(timers) });
}

function startOurs(profile, jar) {
	const options = Object.entries(timers).map(([name, value]) => `--socketio.${kebab(name)}=${value}`);
	const given = process.env.CONFORMANCE_SERVER_FLAGS;
	const flags = given ? JSON.parse(given) : ["-XX:TieredStopAtLevel=1", "-jar", jar];
	const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin", "java") : "java";
	return start(java, ["-Xmx256m", ...flags, ...options], { PROFILE: profile, PORT: "0" });
}

function kebab(name) {
	return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

async function start(command, args, environment) {
	const child = spawn(command, args, {
		env: { ...process.env, ...environment },
		stdio: ["ignore", "pipe", "pipe"],
	});
	const stop = () => child.kill("SIGKILL");
	process.on("exit", stop);
	let output = "";
	const keep = (text) => (output = (output + text).slice(-20000));
	child.stderr.on("data", keep);
	const port = new Promise((done, fail) => {
		createInterface({ input: child.stdout }).on("line", (line) => {
			keep(`${line}\n`);
			const match = /on port (\d+)/.exec(line);
			if (match) {
				done(Number(match[1]));
			}
		});
		child.on("error", fail);
		child.on("exit", (code) => fail(new Error(`${command} ended with ${code}: ${output}`)));
	});
	return { port: await port, stop, output: () => output, isAlive: () => child.exitCode === null };
}
