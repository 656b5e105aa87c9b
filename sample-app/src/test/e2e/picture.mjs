/*
 * Makes the picture of the sample for the README: a chat of two people, and the inspector.
 * Usage: node picture.mjs <url of the sample> <browser> <directory with playwright-core> <file>
 */
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { Visit } from "./visit.mjs";

const [url, executablePath, work, file] = process.argv.slice(2);
const { chromium } = createRequire(join(resolve(work), "package.json"))("playwright-core");
const browser = await chromium.launch({ executablePath, headless: true, args: ["--no-sandbox", "--disable-gpu"] });
const visit = Object.assign(new Visit(browser, url), { ada: "Ada", grace: "Grace", room: "Lobby" });
try {
	const ada = await visit.open(await visit.visitor());
	await visit.login(ada, visit.ada);
	const grace = await visit.open(await visit.visitor());
	await visit.login(grace, visit.grace);
	await visit.say(ada, "Is the new server up?");
	await grace.locator(`.messages [data-from="${visit.ada}"]`).waitFor();
	await visit.say(grace, "Yes: polling first, then a websocket. Look at the inspector.");
	await ada.locator(`.messages [data-from="${visit.grace}"]`).waitFor();
	await visit.say(ada, "And my session cookie is HttpOnly");
	await ada.locator('.messages .own[data-state="acknowledged"]').nth(1).waitFor();
	await ada.screenshot({ path: file });
} finally {
	await visit.end();
	await browser.close();
}
