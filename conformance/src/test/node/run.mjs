/*
 * Runs the tests in this directory with the clients of package-lock.json.
 * Usage: node run.mjs <directory for npm> <jar of the server> <directory for reports> [options and files for node --test]
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const source = dirname(fileURLToPath(import.meta.url));
const [work, jar, reports] = process.argv.slice(2, 5).map((path) => resolve(path));
const wanted = process.argv.slice(5);

const lock = readFileSync(join(source, "package-lock.json"), "utf8");
const stamp = join(work, "installed");
const fresh = existsSync(stamp) && readFileSync(stamp, "utf8") === lock;
if (!fresh) {
	rmSync(work, { recursive: true, force: true });
}
mkdirSync(work, { recursive: true });
mkdirSync(reports, { recursive: true });
cpSync(source, work, { recursive: true, filter: (file) => !file.includes("node_modules") });
if (!fresh) {
	const npm = spawnSync("npm ci --ignore-scripts --no-audit --no-fund --loglevel=error", {
		cwd: work,
		shell: true,
		stdio: ["ignore", "ignore", "inherit"],
	});
	if (npm.status !== 0) {
		console.error("npm could not fetch the clients: is npm on the PATH, and its registry reachable?");
		process.exit(1);
	}
	writeFileSync(stamp, lock);
}

const files = wanted.some((name) => name.endsWith(".mjs")) ? [] : readdirSync(source).filter((name) => name.endsWith(".test.mjs"));
const { status } = spawnSync(
	process.execPath,
	[
		"--test",
		"--test-concurrency=1",
		"--test-force-exit",
		"--test-timeout=300000",
		"--test-reporter=spec",
		"--test-reporter-destination=stdout",
		"--test-reporter=junit",
		`--test-reporter-destination=${join(reports, "clients.xml")}`,
		...wanted,
		...files,
	],
	{ cwd: work, stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, CONFORMANCE_JAR: jar } },
);
process.exit(status ?? 1);
