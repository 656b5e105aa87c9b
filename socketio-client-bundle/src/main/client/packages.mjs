/*
 * Finds the npm packages whose code is in the bundles. The bundles are built in the repository of Socket.IO, possibly
 * from other versions than npm installs beside them, therefore each source is compared with the installed one.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDERS = { "socket.io-component-emitter": "@socket.io/component-emitter" };

/*
 * Returns the name, version, license and integrity of each package, sorted by name. "maps" are the source maps of the
 * bundles, "modules" is the directory node_modules, "lock" has the packages of package-lock.json.
 */
export function bundledPackages(maps, modules, lock) {
	const names = new Set();
	for (const map of maps) {
		const { sources, sourcesContent } = JSON.parse(readFileSync(map, "utf8"));
		sources.forEach((source, index) => {
			const { name, path } = locate(source);
			const installed = join(modules, name, path);
			if (!existsSync(installed) || readFileSync(installed, "utf8") !== sourcesContent[index]) {
				const version = lock[`node_modules/${name}`]?.version;
				throw new Error(`${map}: ${source} is not the source of ${name} ${version}. Change its version in package.json`);
			}
			names.add(name);
		});
	}
	return [...names].sort().map((name) => {
		const { version, license, integrity } = lock[`node_modules/${name}`];
		return { name, version, license, integrity };
	});
}

function locate(source) {
	const [, above, folder, rest] = /^((?:\.\.\/)+(?:node_modules\/)?)((?:@[^/]+\/)?[^/]+)\/(.*)$/.exec(source);
	return above === "../" ? { name: "socket.io-client", path: `${folder}/${rest}` } : { name: FOLDERS[folder] ?? folder, path: rest };
}
