/*
 * Copies this directory and fetches the clients and servers of package-lock.json, if that has not been done.
 * Usage: node install.mjs <directory for npm>
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const source = dirname(fileURLToPath(import.meta.url));

export function install(work) {
	const lock = readFileSync(join(source, "package-lock.json"), "utf8");
	const stamp = join(work, "installed");
	const fresh = existsSync(stamp) && readFileSync(stamp, "utf8") === lock;
	if (!fresh) {
		rmSync(work, { recursive: true, force: true });
	}
	mkdirSync(work, { recursive: true });
	cpSync(source, work, { recursive: true, filter: (file) => !file.includes("node_modules") });
	if (fresh) {
		return;
	}
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	install(resolve(process.argv[2]));
}
