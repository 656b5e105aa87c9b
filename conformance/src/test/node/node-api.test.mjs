/* docs/from-nodejs.md has all public members and options of the JavaScript server, by its type declarations. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { assert } from "./support.mjs";

/** What each type is called in the first column of the tables, and where it is declared. */
const TYPES = [
	["io", "socket.io/dist/index.d.ts", "class Server"],
	["nsp|io", "socket.io/dist/namespace.d.ts", "class Namespace"],
	["operator", "socket.io/dist/broadcast-operator.d.ts", "class BroadcastOperator"],
	["remote", "socket.io/dist/broadcast-operator.d.ts", "class RemoteSocket"],
	["socket", "socket.io/dist/socket.d.ts", "class Socket"],
	["handshake", "socket.io/dist/socket-types.d.ts", "interface Handshake"],
	["socket.client", "socket.io/dist/client.d.ts", "class Client"],
	["io.engine|Server", "engine.io/build/server.d.ts", "class BaseServer"],
	["io.engine", "engine.io/build/server.d.ts", "class Server"],
	["socket.conn", "engine.io/build/socket.d.ts", "class Socket"],
];

const OPTIONS = [
	["socket.io/dist/index.d.ts", "interface ServerOptions"],
	["engine.io/build/server.d.ts", "interface AttachOptions"],
	["engine.io/build/server.d.ts", "interface ServerOptions"],
];

const page = readFileSync(document("docs/from-nodejs.md"), "utf8");
const rows = page.split("\n").filter((line) => line.startsWith("| `")).map((line) => line.split(" | "));
const missing = page.slice(page.indexOf("## Without a counterpart"), page.indexOf("## Adapters and clients"));

/** A file of the repository, which the directory for npm is in. */
function document(path) {
	let folder = process.cwd();
	while (!existsSync(join(folder, path))) {
		assert.notEqual(dirname(folder), folder, path);
		folder = dirname(folder);
	}
	return join(folder, path);
}

/** The names of the public members of a type, without those that begin with an underscore. */
function members(file, type) {
	const text = readFileSync(join(process.cwd(), "node_modules", file), "utf8").replace(/\/\*.*?\*\//gs, "");
	const start = text.search(new RegExp(`(?<!\\w)${type}\\b`));
	assert.ok(start >= 0, type);
	const body = text.slice(start, text.indexOf("\n}", start));
	const names = [...body.matchAll(/^ {4}(?:static |readonly |get |set )*([a-z]\w*)[?(<:]/gm)].map(([, name]) => name);
	return new Set(names.filter((name) => name !== "constructor"));
}

const word = (name) => new RegExp(`\\b${name}\\b`);

for (const [called, file, type] of TYPES) {
	test(`from-nodejs.md has the members of the ${type} in ${file}`, () => {
		const names = members(file, type);
		assert.ok(names.size > 1);
		const table = rows.filter(([first]) => new RegExp(`\\b(${called})[. =]`).test(first)).flatMap(([first, , note]) => [first, note]);
		for (const name of names) {
			assert.ok(word(name).test(missing) || table.some((cell) => word(name).test(cell)), `${called}.${name}`);
		}
	});
}

test("from-nodejs.md has the options", () => {
	const names = OPTIONS.flatMap(([file, type]) => [...members(file, type)]);
	assert.ok(names.length > 20);
	for (const name of names) {
		assert.ok(word(name).test(missing) || rows.some(([first]) => first.startsWith(`| \`${name}\``)), name);
	}
});
