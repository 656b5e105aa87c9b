/*
 * Uses a sample in a browser. Prints one line of JSON for each scenario: its name, and what went wrong if it failed.
 * Usage: node run.mjs <url of the sample> <browser> <directory for npm and for pictures of what went wrong> [<scenarios>]
 * The scenarios are used for each of several URLs, which commas separate.
 */
import { rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch } from "./playwright.mjs";
import { Visit } from "./visit.mjs";

const source = dirname(fileURLToPath(import.meta.url));
const [urls, executablePath, directory, script = join(source, "scenarios.mjs")] = process.argv.slice(2);
const work = resolve(directory);
const { scenarios } = await import(pathToFileURL(resolve(script)));

rmSync(join(work, "failures"), { recursive: true, force: true });
const browser = await launch(executablePath, work);
for (const url of urls.split(",")) {
	for (const [name, scenario] of Object.entries(scenarios)) {
		await run(urls.includes(",") ? `${name} (${url})` : name, scenario, url);
	}
}
await browser.close();

async function run(name, scenario, url) {
	const visit = new Visit(browser, url);
	let error;
	try {
		await scenario(visit);
		visit.checkNoErrors();
	}
	catch (failure) {
		error = `${failure.stack}\n${visit.protocol()}`;
		await visit.takePictures(join(work, "failures", name.replaceAll(/\W+/g, "-"))).catch(() => undefined);
	}
	await visit.end();
	console.log(JSON.stringify({ name, error }));
}
