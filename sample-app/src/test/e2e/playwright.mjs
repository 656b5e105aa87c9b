/* The browser of tests: playwright-core from npm, and Chromium of this machine. */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const FLAGS = [
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];

const source = dirname(fileURLToPath(import.meta.url));

/** Installs playwright-core in a directory, and starts the browser. */
export async function launch(executablePath, work) {
	install(work);
	const { chromium } = createRequire(join(work, "package.json"))("playwright-core");
	return chromium.launch({ executablePath, headless: true, args: FLAGS });
}

function install(work) {
	const lock = readFileSync(join(source, "package-lock.json"), "utf8");
	const stamp = join(work, "node_modules", "installed");
	if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) {
		return;
	}
	mkdirSync(work, { recursive: true });
	for (const file of ["package.json", "package-lock.json"]) {
		copyFileSync(join(source, file), join(work, file));
	}
	npm(work, "ci");
	writeFileSync(stamp, lock);
}

export function npm(work, command) {
	const { status } = spawnSync(`npm ${command} --ignore-scripts --no-audit --no-fund --loglevel=error`, {
		cwd: work,
		shell: true,
		stdio: ["ignore", "ignore", "inherit"],
	});
	if (status !== 0) {
		throw new Error(`npm ${command} failed: is npm on the PATH, and its registry reachable?`);
	}
}
