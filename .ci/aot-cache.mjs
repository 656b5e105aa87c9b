#!/usr/bin/env node
/*
 * Packs the sample as docs/containers.md says, without a container: extracts the jar, makes an AOT cache by a training run,
 * starts the sample with that cache and with the options of sample-app/jvm.options, and does a handshake. The JVM must take the
 * cache, and the classes of the server from it. Needs JDK 25 or newer, which JAVA_HOME names, and the packed sample; run by hand:
 *
 *   JAVA_HOME=/path/to/jdk-25 .ci/aot-cache.mjs [JAR]
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const LIMIT = 300_000;
const top = dirname(dirname(fileURLToPath(import.meta.url)));
const java = join(process.env.JAVA_HOME ?? "", "bin", "java");
const jar = resolve(process.argv[2] ?? packed());
const options = `@${join(top, "sample-app", "jvm.options")}`;
const directory = mkdtempSync(join(tmpdir(), "aot-cache-"));
const application = join(directory, "application");

function packed() {
	const target = join(top, "sample-app", "target");
	const name = readdirSync(target).find((file) => /^sample-app-[^-]+(-SNAPSHOT)?\.jar$/.test(file));
	return join(target, name ?? "sample-app.jar");
}

function start(cwd, args) {
	const child = spawn(java, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
	const run = { child, output: "" };
	for (const stream of [child.stdout, child.stderr]) {
		stream.on("data", (data) => (run.output += data));
	}
	run.closed = new Promise((resolve) => child.on("close", resolve));
	return run;
}

async function run(cwd, args) {
	const begin = Date.now();
	const program = start(cwd, args);
	const code = await within(program.closed, program);
	if (code !== 0) {
		throw new Error(`java ${args.join(" ")} has ended with ${code}:\n${program.output}`);
	}
	return { output: program.output, seconds: (Date.now() - begin) / 1000 };
}

function within(promise, program) {
	let timer;
	const limit = new Promise((_, reject) => {
		timer = setTimeout(() => {
			program.child.kill("SIGKILL");
			reject(new Error(`It takes too long:\n${program.output}`));
		}, LIMIT);
	});
	return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

function port(program) {
	return new Promise((resolve, reject) => {
		program.child.stdout.on("data", () => {
			const [, number] = /Netty started on port (\d+)/.exec(program.output) ?? [];
			if (number) {
				resolve(number);
			}
		});
		program.closed.then((code) => reject(new Error(`It has ended with ${code}:\n${program.output}`)));
	});
}

try {
	await run(directory, ["-Djarmode=tools", "-jar", jar, "extract", "--destination", application]);
	const name = readdirSync(application).find((file) => file.endsWith(".jar"));
	const training = await run(application, [
		options,
		"-XX:AOTCacheOutput=app.aot",
		"-Dsocketio.training.enabled=true",
		"-jar",
		name,
		"--server.port=0",
	]);
	const [trained] = /The training had .*/.exec(training.output) ?? [];
	if (!trained) {
		throw new Error(`No training:\n${training.output}`);
	}
	console.log(`${trained}; ${training.seconds} s with the making of the cache`);
	console.log(`app.aot has ${Math.round(statSync(join(application, "app.aot")).size / 1e6)} MB`);
	// with AOTMode=on the JVM does not start without the cache
	const cached = ["-XX:AOTCache=app.aot", "-XX:AOTMode=on", "-Xlog:class+load:file=classes.txt"];
	const begin = Date.now();
	const server = start(application, [options, ...cached, "-jar", name, "--server.port=0"]);
	try {
		const number = await within(port(server), server);
		console.log(`It listens after ${Date.now() - begin} ms`);
		const response = await fetch(`http://localhost:${number}/socket.io/?EIO=4&transport=polling`, {
			signal: AbortSignal.timeout(30_000),
		});
		const { sid } = JSON.parse((await response.text()).slice(1));
		if (response.status !== 200 || !sid) {
			throw new Error(`The handshake has the status ${response.status}`);
		}
	} finally {
		server.child.kill("SIGTERM");
		await within(server.closed, server);
	}
	check();
} catch (error) {
	console.error(error.message);
	process.exitCode = 1;
} finally {
	rmSync(directory, { recursive: true, force: true });
}

/** Classes of the project come from the cache. */
function check() {
	const ours = readFileSync(join(application, "classes.txt"), "utf8")
		.split("\n")
		.filter((line) => line.includes(" io.github.springsocketio.") && !line.includes("$$"));
	const cached = ours.filter((line) => line.includes("shared objects file"));
	console.log(`${cached.length} of ${ours.length} classes of the project come from the cache`);
	if (cached.length < 0.9 * ours.length) {
		throw new Error(ours.filter((line) => !cached.includes(line)).join("\n"));
	}
}
