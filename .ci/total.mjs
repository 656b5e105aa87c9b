/*
 * Adds up the test reports (target/*-reports/*.xml) below a directory, and fails when there are none, or a failure.
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

let passed = 0;
let failed = 0;
let skipped = 0;
for (const report of reports(root)) {
	const xml = readFileSync(report, "utf8").replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, "");
	for (const test of xml.split(/<testcase\b/).slice(1)) {
		const body = /^[^>]*\/>/.test(test) ? "" : test.split("</testcase>")[0];
		if (/<(failure|error)\b/.test(body)) {
			failed++;
		} else if (/<skipped\b/.test(body)) {
			skipped++;
		} else {
			passed++;
		}
	}
}
console.log(`${words ? `${words} ` : ""}${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(passed > 0 && failed === 0 ? 0 : 1);
