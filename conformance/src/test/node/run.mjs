/*
 * Runs the tests in this directory with the clients of package-lock.json.
 * Usage: node run.mjs <directory for npm> <jar of the server> <directory for reports> [options and files for node --test]
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { install } from "./install.mjs";

const source = dirname(fileURLToPath(import.meta.url));
const [work, jar, reports] = process.argv.slice(2, 5).map((path) => resolve(path));
const report = join(reports, "clients.xml");
const wanted = process.argv.slice(5);

install(work);
mkdirSync(reports, { recursive: true });
rmSync(report, { force: true });

const server = unpack();
const files = wanted.some((name) => name.endsWith(".mjs")) ? [] : readdirSync(source).filter((name) => name.endsWith(".test.mjs"));
const { status } = spawnSync(
	process.execPath,
	[
		"--test",
		"--test-concurrency=2",
		"--test-force-exit",
		"--test-timeout=300000",
		"--test-reporter=spec",
		"--test-reporter-destination=stdout",
		`--test-reporter=${new URL("reporter.mjs", import.meta.url)}`,
		"--test-reporter-destination=stderr",
		...wanted,
		...files,
	],
	{ cwd: work, stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, CONFORMANCE_JAR: jar, CONFORMANCE_SERVER_FLAGS: JSON.stringify(server), CONFORMANCE_REPORT: report } },
);
const skipped = /<testcase name="([^"]*)"[^>]*><skipped message="([^"]*)"/g;
for (const [, name, reason] of readFileSync(report, "utf8").matchAll(skipped)) {
	console.log(`[WARNING] Left out: ${name} (${reason})`);
}
process.exit(status ?? 1);

/** The server unpacked and with an archive of its classes, as the tests start it many times: the flags that start it. */
function unpack() {
	const folder = join(work, "server");
	const archive = join(folder, "classes.jsa");
	const flags = ["-XX:TieredStopAtLevel=1", "-jar", join(folder, basename(jar))];
	rmSync(folder, { recursive: true, force: true });
	java("-Djarmode=tools", "-jar", jar, "extract", "--destination", folder);
	java(`-XX:ArchiveClassesAtExit=${archive}`, "-Dspring.context.exit=onRefresh", ...flags);
	return [`-XX:SharedArchiveFile=${archive}`, ...flags];
}

function java(...args) {
	const command = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin", "java") : "java";
	const { status, error, stdout, stderr } = spawnSync(command, args, {
		encoding: "utf8",
		env: { ...process.env, PROFILE: "web", PORT: "0" },
	});
	if (status !== 0) {
		console.error(`The server could not be unpacked: ${error ?? stdout + stderr}`);
		process.exit(1);
	}
}
