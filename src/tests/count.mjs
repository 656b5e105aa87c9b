#!/usr/bin/env node
/*
 * Counts the test code of two commits, or of a commit and the working tree, by module:
 * `node src/tests/count.mjs [COMMIT [COMMIT]]`. The default is the last commit before there was a test client. A class without
 * a test is a helper. A check is an assertion of AssertJ, an expectation of the tester or of StepVerifier, or something that
 * is awaited for a limited time.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const BEFORE_THE_CLIENT = "78f1105";
const TEST_CODE = /(^|\/)src\/test\/.*\.(java|kt)$|^(test-support|socketio-adapter-test)\/src\/main\/.*\.java$/;
const TEST = /^\s*@(Test|ParameterizedTest|RepeatedTest|TestFactory|Property|JCStressTest)\b/gm;
const CHECK = /\bassertThat\w*\(|\.expect[A-Z]\w*\(|\bAwait\.[a-z]\w*\(/g;

function git(...args) {
	return execFileSync("git", args, { encoding: "utf8", maxBuffer: 1 << 28 });
}

/** The test code of a commit, or of the working tree: its text by its path. */
function read(commit) {
	const listed = commit ? git("ls-tree", "-r", "--name-only", commit)
		: git("ls-files", "--cached", "--others", "--exclude-standard");
	const paths = listed.split("\n").filter((path) => TEST_CODE.test(path) && !path.endsWith("package-info.java"));
	const texts = new Map();
	for (const path of paths) {
		try {
			texts.set(path, commit ? git("show", `${commit}:${path}`) : readFileSync(path, "utf8"));
		}
		catch (error) {
			if (error.code !== "ENOENT") {
				throw error;
			}
			// deleted in the working tree
		}
	}
	return texts;
}

function count(texts, module) {
	const sum = { lines: 0, tests: 0, checks: 0, helpers: 0, helperLines: 0 };
	for (const [path, text] of texts) {
		if (module && !path.startsWith(`${module}/`)) {
			continue;
		}
		const lines = text.split("\n").length - 1;
		const tests = text.match(TEST)?.length ?? 0;
		sum.lines += lines;
		sum.tests += tests;
		sum.checks += text.match(CHECK)?.length ?? 0;
		if (tests === 0) {
			sum.helpers++;
			sum.helperLines += lines;
		}
	}
	return sum;
}

function row(name, before, now) {
	const perTest = (sum) => sum.tests ? (sum.lines / sum.tests).toFixed(1) : "–";
	const cells = [before.tests, now.tests, before.checks, now.checks, before.lines, now.lines, perTest(before), perTest(now),
		before.helpers, now.helpers, before.helperLines, now.helperLines];
	return `| ${name} | ${cells.join(" | ")} |`;
}

const [first = BEFORE_THE_CLIENT, second] = process.argv.slice(2);
const [before, now] = [read(first), read(second)];
const modules = [...new Set([...before.keys(), ...now.keys()].map((path) => path.split("/")[0]))].sort();
console.log("| module | tests | | checks | | lines | | lines for each test | | helper classes | | their lines | |");
console.log(`| --- |${" ---: |".repeat(12)}`);
for (const module of modules) {
	console.log(row(module, count(before, module), count(now, module)));
}
console.log(row("all", count(before), count(now)));
