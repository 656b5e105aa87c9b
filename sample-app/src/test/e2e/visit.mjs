/** The visitors of one scenario, each with a browser profile of its own, and what their pages did. */

import { strict as assert } from "node:assert";

const TIMEOUT = 20_000;

let visits = 0;

export class Visit {

	#contexts = [];

	#pages = [];

	#lines = [];

	#errors = [];

	constructor(browser, url) {
		this.browser = browser;
		this.url = url;
		// a page that is closed between two polls is missed by the server only after a while
		const number = `${process.pid}-${++visits}`;
		this.ada = `Ada ${number}`;
		this.grace = `Grace ${number}`;
		this.room = `Hall ${number}`;
		this.otherRoom = `Kitchen ${number}`;
	}

	/** A new profile: no cookies, no history. */
	async visitor() {
		const context = await this.browser.newContext({ baseURL: this.url, viewport: { width: 1280, height: 860 } });
		context.setDefaultTimeout(TIMEOUT);
		this.#contexts.push(context);
		return context;
	}

	/** A new tab of a profile, connected and upgraded unless asked otherwise. */
	async open(context, { transport = "websocket" } = {}) {
		const page = await context.newPage();
		const number = this.#pages.push(page);
		const note = (line) => this.#lines.push(`[page ${number}] ${line}`);
		page.sockets = [];
		page.on("console", (message) => note(`${message.type()}: ${message.text()}`));
		page.on("pageerror", (error) => {
			this.#errors.push(error);
			note(`error: ${error.stack}`);
		});
		page.on("response", (response) => response.url().includes("/socket.io/?")
			&& note(`${response.request().method()} ${response.url()} ${response.status()}`));
		page.on("websocket", (socket) => {
			page.sockets.push(watch(socket));
			note(`websocket ${socket.url()}`);
		});
		await page.goto(`/#${encodeURIComponent(this.room)}`);
		if (transport !== null) {
			await this.connected(page, transport);
		}
		return page;
	}

	async connected(page, transport = "websocket") {
		await page.locator(`#status[data-transport="${transport}"]`).waitFor();
	}

	async login(page, name, transport = "websocket") {
		await page.locator("#login-name").fill(name);
		await page.locator("#login-form button").click();
		await page.locator("#me-name", { hasText: name }).waitFor();
		await page.locator(`[data-room="${this.room}"] [aria-current]`).waitFor();
		await this.connected(page, transport);
	}

	async say(page, text) {
		await page.locator("#text").fill(text);
		await page.locator("#text").press("Enter");
	}

	/** The errors of scripts; what the scenarios provoke over HTTP is no error of a script. */
	checkNoErrors() {
		assert.deepEqual(this.#errors.map((error) => error.message), []);
	}

	protocol() {
		return this.#lines.slice(-60).join("\n");
	}

	async takePictures(prefix) {
		for (const [i, page] of this.#pages.entries()) {
			await page.screenshot({ path: `${prefix}-${i + 1}.png` });
		}
	}

	async end() {
		await Promise.all(this.#contexts.map((context) => context.close()));
	}

}

function watch(socket) {
	const seen = { url: new URL(socket.url()), sent: [], received: [], closed: false };
	socket.on("framesent", ({ payload }) => seen.sent.push(payload));
	socket.on("framereceived", ({ payload }) => seen.received.push(payload));
	socket.on("close", () => {
		seen.closed = true;
	});
	return seen;
}

/** Wait until a condition holds. */
export async function until(what, condition, timeout = TIMEOUT) {
	const end = Date.now() + timeout;
	while (!(await condition())) {
		assert.ok(Date.now() < end, `Not within ${timeout} ms: ${what}`);
		await new Promise((done) => setTimeout(done, 25));
	}
}
