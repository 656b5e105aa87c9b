/*
 * Uses the sample in a browser. Prints one line of JSON for each scenario: its name, and what went wrong if it failed.
 * Usage: node run.mjs <url of the sample> <browser> <directory for npm and for pictures of what went wrong>
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Visit } from "./visit.mjs";
import { scenarios } from "./scenarios.mjs";

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
const [url, executablePath, directory] = process.argv.slice(2);
const work = resolve(directory);

installPlaywright();
const { chromium } = createRequire(join(work, "package.json"))("playwright-core");
const browser = await chromium.launch({ executablePath, headless: true, args: FLAGS });
for (const [name, scenario] of Object.entries(scenarios)) {
	await run(name, scenario);
}
await browser.close();

async function run(name, scenario) {
	const visit = new Visit(browser, url);
	let error;
	try {
		await scenario(visit);
		visit.checkNoErrors();
	}
	catch (failure) {
		error = `${failure.stack}\n${visit.protocol()}`;
		await visit.takePictures(join(work, "failures", name.replaceAll(/\W+/g, "-"))).catch(() => undefined);
	}
	await visit.end();
	console.log(JSON.stringify({ name, error }));
}

function installPlaywright() {
	const lock = readFileSync(join(source, "package-lock.json"), "utf8");
	const stamp = join(work, "node_modules", "installed");
	rmSync(join(work, "failures"), { recursive: true, force: true });
	if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) {
		return;
	}
	mkdirSync(work, { recursive: true });
	for (const file of ["package.json", "package-lock.json"]) {
		copyFileSync(join(source, file), join(work, file));
	}
	const npm = spawnSync("npm ci --ignore-scripts --no-audit --no-fund --loglevel=error", {
		cwd: work,
		shell: true,
		stdio: ["ignore", "ignore", "inherit"],
	});
	if (npm.status !== 0) {
		throw new Error("npm could not fetch playwright-core: is npm on the PATH, and its registry reachable?");
	}
	writeFileSync(stamp, lock);
}
