/*
 * Takes the browser bundles out of the npm package socket.io-client, in the version of package-lock.json.
 * Usage: node bundle.mjs <directory for npm> <directory for the bundles>
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const NAMES = ["socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", "socket.io.msgpack.min.js"];

const source = dirname(fileURLToPath(import.meta.url));
const [work, target] = process.argv.slice(2).map((path) => resolve(path));
const { version, integrity } = JSON.parse(readFileSync(join(source, "package-lock.json"), "utf8")).packages[
	"node_modules/socket.io-client"
];

const files = ["LICENSE", "version", ...NAMES.flatMap((name) => [name, `${name}.map`])];
const stamp = join(work, "integrity");

if (existsSync(stamp) && readFileSync(stamp, "utf8") === integrity && files.every((file) => existsSync(join(target, file)))) {
	process.exit(0);
}

rmSync(work, { recursive: true, force: true });
rmSync(target, { recursive: true, force: true });
mkdirSync(work, { recursive: true });
mkdirSync(target, { recursive: true });
for (const file of ["package.json", "package-lock.json"]) {
	copyFileSync(join(source, file), join(work, file));
}
const npm = spawnSync("npm ci --ignore-scripts --no-audit --no-fund --loglevel=error", {
	cwd: work,
	shell: true,
	stdio: ["ignore", "ignore", "inherit"],
});
if (npm.status !== 0) {
	console.error(`npm could not fetch socket.io-client ${version}: is npm on the PATH, and its registry reachable?`);
	process.exit(1);
}
const client = join(work, "node_modules", "socket.io-client");
copyFileSync(join(client, "LICENSE"), join(target, "LICENSE"));
for (const file of files.filter((name) => name.startsWith("socket.io."))) {
	copyFileSync(join(client, "dist", file), join(target, file));
}
writeFileSync(join(target, "version"), version);
writeFileSync(stamp, integrity);
