/*
 * A browser that shows the Admin UI; it is driven by the library of the tests of the sample. The program that uses it is called with the
 * url of the application, the browser, and a directory for npm.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { launch, npm } from "../../../../sample-app/src/test/e2e/playwright.mjs";

const ICONS = "@mdi/font@7.4.47";

const [, , url, executablePath, directory, picture] = process.argv;
const work = resolve(directory);

const browser = await launch(executablePath, work);
if (picture) {
	npm(work, `install --no-save --no-package-lock ${ICONS}`);
}
const context = await browser.newContext({ viewport: { width: 1360, height: 900 } });
context.setDefaultTimeout(60_000);
const errors = [];
// the page asks two other sites for fonts
await context.route((address) => !address.href.startsWith(url), font);
const page = await context.newPage();
page.on("pageerror", (error) => errors.push(error.stack));
page.on("console", (message) => message.text().includes("Content Security Policy") && errors.push(message.text()));

export { browser, errors, page, picture, url };

/* Fills in the form of the login. */
export async function enter(namespace, password) {
	await page.getByLabel("Server URL").fill(url);
	await page.getByLabel("Username").fill("admin");
	await page.getByLabel("Password").fill(password);
	await page.getByText("Advanced options").click();
	await page.getByLabel("Admin namespace").fill(namespace);
}

export async function connect() {
	await page.getByRole("button", { name: "Connect" }).click();
}

/* Forgets the login, and shows the page of the sockets. */
export async function forget() {
	await page.evaluate(() => localStorage.clear());
	await page.goto(`${url}/socketio-admin/#/sockets/`);
	await page.reload();
}

export async function open(title) {
	await item(title).click();
}

/* Returns a link of the navigation. */
export function item(title) {
	return page.getByRole("navigation").getByText(title, { exact: true });
}

/* Prints one line of JSON: the name of a step, what it has measured, and what went wrong if it failed. */
export async function step(name, action) {
	let error;
	let measured;
	try {
		measured = await action();
	}
	catch (failure) {
		error = `${failure.stack}\n${errors.join("\n")}`;
		await page.screenshot({ path: join(work, "failure.png") }).catch(() => undefined);
	}
	console.log(JSON.stringify({ name, measured, error }));
	if (error) {
		await browser.close();
		process.exit(0);
	}
}

/* Only a picture needs the icons, which come from npm then. */
async function font(route) {
	const path = /@mdi\/font@[^/]+(\/.*?)(\?.*)?$/.exec(route.request().url())?.[1];
	const file = path && join(work, "node_modules/@mdi/font", path);
	await (file && existsSync(file) ? route.fulfill({ path: file, headers: { "Access-Control-Allow-Origin": "*" } }) : route.abort());
}
