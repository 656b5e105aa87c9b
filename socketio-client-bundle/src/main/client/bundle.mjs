/*
 * Takes the browser bundles out of the npm package socket.io-client, in the version of package-lock.json, compresses
 * them with Brotli, and lists the packages whose code they contain in the file packages.json.
 * Usage: node bundle.mjs <directory for npm and packages.json> <directory for the bundles>
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { bundledPackages } from "./packages.mjs";

const NAMES = ["socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", "socket.io.msgpack.min.js"];

const source = dirname(fileURLToPath(import.meta.url));
const [work, target] = process.argv.slice(2).map((path) => resolve(path));
const lock = JSON.parse(readFileSync(join(source, "package-lock.json"), "utf8")).packages;
const { version } = lock["node_modules/socket.io-client"];

const bundles = NAMES.flatMap((name) => [name, `${name}.map`]);
const files = [...bundles, ...bundles.map((name) => `${name}.br`), "LICENSE", "version"].map((name) => join(target, name));
const packages = join(work, "packages.json");
const stamp = join(work, "inputs");
const inputs = createHash("sha256");
for (const file of ["bundle.mjs", "packages.mjs", "package-lock.json"]) {
	inputs.update(readFileSync(join(source, file)));
}
const digest = inputs.digest("hex");

if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest && [packages, ...files].every(existsSync)) {
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
const modules = join(work, "node_modules");
const client = join(modules, "socket.io-client");
copyFileSync(join(client, "LICENSE"), join(target, "LICENSE"));
for (const name of bundles) {
	const content = readFileSync(join(client, "dist", name));
	writeFileSync(join(target, name), content);
	writeFileSync(join(target, `${name}.br`), brotli(content));
}
writeFileSync(join(target, "version"), version);
const maps = bundles.filter((name) => name.endsWith(".map")).map((name) => join(target, name));
writeFileSync(packages, JSON.stringify(bundledPackages(maps, modules, lock), null, "\t"));
writeFileSync(stamp, digest);

function brotli(content) {
	return brotliCompressSync(content, {
		params: {
			[constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
			[constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
			[constants.BROTLI_PARAM_SIZE_HINT]: content.length,
		},
	});
}
