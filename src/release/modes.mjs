/*
 * Sets the modes of all entries of the jars in a directory to 644, and to 755 for directories, so that they do not depend on the
 * umask of the build: Maven's archiver removes bits of the modes that files have, but adds none.
 *
 * Usage: node modes.mjs <directory>
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const CENTRAL_ENTRY = 0x02014b50;
const CENTRAL_END = Buffer.from("PK\x05\x06", "latin1");
const FILE = 0o100644 * 0x10000;
const DIRECTORY = 0o040755 * 0x10000 + 0x10;

const [directory] = process.argv.slice(2);
const jars = existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith(".jar")) : [];
for (const jar of jars) {
	const path = join(directory, jar);
	const bytes = readFileSync(path);
	const changed = setModes(bytes, path);
	if (changed) {
		writeFileSync(path, bytes);
	}
}

function setModes(bytes, path) {
	const end = bytes.lastIndexOf(CENTRAL_END);
	if (end === -1) {
		throw new Error(`${path} is not an archive`);
	}
	let changed = false;
	let position = bytes.readUInt32LE(end + 16);
	for (let entries = bytes.readUInt16LE(end + 10); entries > 0; entries--) {
		if (bytes.readUInt32LE(position) !== CENTRAL_ENTRY) {
			throw new Error(`${path} has no entry at ${position}`);
		}
		const nameLength = bytes.readUInt16LE(position + 28);
		const isDirectory = bytes[position + 46 + nameLength - 1] === "/".charCodeAt(0);
		const attributes = isDirectory ? DIRECTORY : FILE;
		if (bytes.readUInt32LE(position + 38) !== attributes) {
			bytes.writeUInt32LE(attributes, position + 38);
			changed = true;
		}
		position += 46 + nameLength + bytes.readUInt16LE(position + 30) + bytes.readUInt16LE(position + 32);
	}
	return changed;
}
