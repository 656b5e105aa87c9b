/*
 * Sends the same to this server and to the reference. More than the usual number: DIFF_SEED=2 DIFF_COUNT=6000
 */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { assert, isOther, once } from "./support.mjs";

test("answers as the reference does, but for what is intended", { skip: isOther }, async () => {
	const script = fileURLToPath(new URL("differential/main.mjs", import.meta.url));
	const child = spawn(process.execPath, [script, process.env.CONFORMANCE_JAR], { stdio: ["ignore", "pipe", "inherit"] });
	let report = "";
	child.stdout.on("data", (data) => (report += data));
	const [code] = await once(child, "close");
	console.log(report.trimEnd().split("\n").at(-1));
	assert.equal(code, 0, report);
});
