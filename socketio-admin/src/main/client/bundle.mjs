/*
 * Takes the files of the Admin UI out of the npm package @socket.io/admin-ui, in the version of package-lock.json, and
 * lists that package in the file packages.json.
 * Usage: node bundle.mjs <directory for npm and packages.json> <directory for the files>
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const NAME = "@socket.io/admin-ui";

const source = dirname(fileURLToPath(import.meta.url));
const [work, target] = process.argv.slice(2).map((path) => resolve(path));
const lock = JSON.parse(readFileSync(join(source, "package-lock.json"), "utf8")).packages;
const { version, license, integrity } = lock[`node_modules/${NAME}`];

const packages = join(work, "packages.json");
const stamp = join(work, "inputs");
const inputs = createHash("sha256");
for (const file of ["bundle.mjs", "package-lock.json"]) {
	inputs.update(readFileSync(join(source, file)));
}
const digest = inputs.digest("hex");

if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest && [packages, join(target, "files")].every(existsSync)) {
	process.exit(0);
}

rmSync(work, { recursive: true, force: true });
rmSync(target, { recursive: true, force: true });
mkdirSync(work, { recursive: true });
for (const file of ["package.json", "package-lock.json"]) {
	copyFileSync(join(source, file), join(work, file));
}
// its peer dependency is the server in JavaScript, which the files do not need
const npm = spawnSync("npm ci --ignore-scripts --legacy-peer-deps --no-audit --no-fund --loglevel=error", {
	cwd: work,
	shell: true,
	stdio: ["ignore", "ignore", "inherit"],
});
if (npm.status !== 0) {
	console.error(`npm could not fetch ${NAME} ${version}: is npm on the PATH, and its registry reachable?`);
	process.exit(1);
}
const installed = join(work, "node_modules", NAME);
const ui = join(target, "ui");
cpSync(join(installed, "ui", "dist"), ui, { recursive: true, filter: (path) => !path.endsWith(".map") });
copyFileSync(join(installed, "LICENSE"), join(target, "LICENSE"));
writeFileSync(join(target, "version"), version);
writeFileSync(join(target, "files"), filesOf(ui).sort().join("\n"));
writeFileSync(packages, JSON.stringify([{ name: NAME, version, license, integrity }], null, "\t"));
writeFileSync(stamp, digest);

function filesOf(directory) {
	return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
		const path = join(directory, entry.name);
		return entry.isDirectory() ? filesOf(path) : [relative(ui, path).split(sep).join("/")];
	});
}
