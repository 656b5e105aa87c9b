/*
 * Uses the Admin UI of an application with very many sockets in a browser, and measures what that costs the page.
 * Usage: node many.mjs <url of the application> <browser> <directory for npm> [<file for a picture>]
 */
import { strict as assert } from "node:assert";
import { browser, connect, enter, errors, forget, item, open, page, picture, step, url } from "./browser.mjs";

const SECONDS = 20;

const received = { messages: 0, bytes: 0 };
const protocol = await page.context().newCDPSession(page);
await protocol.send("Network.enable");
protocol.on("Network.webSocketFrameReceived", ({ response }) => {
	received.messages++;
	received.bytes += Buffer.byteLength(response.payloadData);
});

await step("sums are shown", async () => {
	await page.goto(`${url}/socketio-admin`);
	await enter("/admin", "changeit");
	const { result, ...cost } = await trace(async () => {
		await connect();
		return number(page.getByRole("row").filter({ hasText: /^\s*\/\s*\d/ }), 1000);
	});
	return { sockets: result, ...cost };
});
await step("sums are kept up to date", async () => trace(() => page.waitForTimeout(SECONDS * 1000)));
await step("only the pages for sums are there", async () => {
	assert.equal(await item("Servers").count(), 1);
	assert.equal(await item("Sockets").count(), 0);
});
await step("page is changed", async () =>
	trace(async () => {
		await open("Servers");
		await page.getByRole("row").filter({ hasText: "Healthy" }).waitFor();
		await open("Dashboard");
		await page.getByText("Bytes received and sent").waitFor();
	}),
);
if (picture) {
	await step("picture is taken", async () => {
		await page.waitForTimeout(60_000);
		await page.screenshot({ path: picture });
	});
}
await step("details on demand are shown", async () => {
	await forget();
	await enter("/admin?room=lobby", "changeit");
	return trace(async () => {
		await connect();
		await page.getByRole("row").filter({ hasText: "websocket" }).first().waitFor();
	});
});
await step("details are kept up to date", async () => trace(() => page.waitForTimeout(SECONDS * 1000)));
await step("list of sockets is used", async () =>
	trace(async () => {
		await page.getByRole("button", { name: "Next page" }).click();
		await page.getByText(/^21-40 of/).waitFor();
		await page.getByRole("row").filter({ hasText: "websocket" }).first().click();
		await page.getByText("Initial HTTP request").waitFor();
	}),
);
await step("no script has failed", async () => assert.deepEqual(errors, []));
await browser.close();

/* Waits until a row has a number of at least this size, and returns it. */
async function number(row, minimum) {
	for (;;) {
		const value = Number(/(\d+)\s*$/.exec(await row.first().innerText())?.[1]);
		if (value >= minimum) {
			return value;
		}
		await page.waitForTimeout(20);
	}
}

/*
 * Returns what an action costs: how long it takes, what comes from the server meanwhile, and from the trace of the browser the longest
 * task of the page's main thread and the sum of what each takes longer than 50 ms, as in "total blocking time".
 */
async function trace(action) {
	await browser.startTracing(page, { categories: ["devtools.timeline", "disabled-by-default-devtools.timeline", "__metadata"] });
	Object.assign(received, { messages: 0, bytes: 0 });
	const start = performance.now();
	const result = await action();
	const ms = performance.now() - start;
	const { messages, bytes } = received;
	const tasks = mainThreadTasks(JSON.parse((await browser.stopTracing()).toString()).traceEvents);
	const round = (value) => Math.round(value * 10) / 10;
	return {
		result,
		ms: Math.round(ms),
		messages,
		bytes,
		bytesPerSecond: Math.round((bytes * 1000) / ms),
		busyMs: round(tasks.reduce((sum, task) => sum + task, 0)),
		longestTaskMs: round(Math.max(0, ...tasks)),
		blockingMs: round(tasks.reduce((sum, task) => sum + Math.max(0, task - 50), 0)),
	};
}

/* Returns the durations of the tasks in milliseconds, of the renderer that has worked most: the page's. */
function mainThreadTasks(events) {
	const threads = new Map();
	for (const { name, args, pid, tid } of events) {
		if (name === "thread_name" && args.name === "CrRendererMain") {
			threads.set(`${pid} ${tid}`, []);
		}
	}
	for (const { name, ph, dur, pid, tid } of events) {
		if (name === "RunTask" && ph === "X") {
			threads.get(`${pid} ${tid}`)?.push(dur / 1000);
		}
	}
	const work = (tasks) => tasks.reduce((sum, task) => sum + task, 0);
	return [...threads.values()].sort((one, other) => work(other) - work(one))[0] ?? [];
}
