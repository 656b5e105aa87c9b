/*
 * Adds up the test reports (target/*-reports/*.xml) below a directory, and fails when there are none, or a failure.
 * Prints each failed test with the beginning of its stack trace, because modules that are built at the same time mix
 * their output.
 * Usage: node total.mjs <directory> [words before the numbers]
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [root, words] = process.argv.slice(2);

function* reports(directory) {
	for (const entry of readdirSync(directory, { withFileTypes: true })) {
		const path = join(directory, entry.name);
		if (entry.isDirectory() && !["node_modules", ".git"].includes(entry.name)) {
			yield* reports(path);
		} else if (entry.isFile() && /[\\/]target[\\/][^\\/]+-reports[\\/][^\\/]+\.xml$/.test(path)) {
			yield path;
		}
	}
}

const STACK_TRACE_LINES = 20;
const ENTITIES = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

function unescaped(text) {
	return text.replace(/&(?:#(\d+)|(lt|gt|quot|apos|amp));/g, (_, code, name) =>
		name ? ENTITIES[name] : String.fromCodePoint(Number(code)));
}

function attribute(tag, name) {
	return unescaped(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "");
}

/**
 * Replaces each CDATA section by its escaped text, without the markup that a test may have printed.
 */
function withoutSections(xml) {
	return xml.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, text) =>
		text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"));
}

function printFailure(test, body) {
	const [, tag, text] = /<(?:failure|error)\b([^>]*)>([\s\S]*?)(?:<\/(?:failure|error)>|$)/.exec(body);
	console.log(`FAILED ${attribute(test, "classname")}.${attribute(test, "name")}`);
	const trace = unescaped(text).trim() || attribute(tag, "message");
	console.log(trace.split("\n").slice(0, STACK_TRACE_LINES).map((line) => `    ${line.trimEnd()}`).join("\n"));
}

let passed = 0;
let failed = 0;
let skipped = 0;
for (const report of reports(root)) {
	const xml = withoutSections(readFileSync(report, "utf8"));
	for (const test of xml.split(/<testcase\b/).slice(1)) {
		const body = /^[^>]*\/>/.test(test) ? "" : test.split("</testcase>")[0];
		if (/<(failure|error)\b/.test(body)) {
			failed++;
			printFailure(test, body);
		} else if (/<skipped\b/.test(body)) {
			skipped++;
		} else {
			passed++;
		}
	}
}
console.log(`${words ? `${words} ` : ""}${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(passed > 0 && failed === 0 ? 0 : 1);
