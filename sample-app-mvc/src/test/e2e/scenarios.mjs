import { strict as assert } from "node:assert";
import { until } from "../../../../sample-app/src/test/e2e/visit.mjs";

export const scenarios = {

	"logs in, connects by polling and upgrades to websocket": async (visit) => {
		const page = await login(visit, visit.ada);
		assert.equal(page.sockets.length, 1);
		const [socket] = page.sockets;
		assert.equal(socket.url.searchParams.get("transport"), "websocket");
		assert.ok(socket.url.searchParams.get("sid"));
		assert.deepEqual(socket.sent.slice(0, 2), ["2probe", "5"]);
		assert.equal(socket.received[0], "3probe");
		const cookies = new Map((await page.context().cookies()).map((cookie) => [cookie.name, cookie]));
		assert.equal(cookies.get("io").value, socket.url.searchParams.get("sid"));
		assert.equal(cookies.get("io").httpOnly, true);
	},

	"carries messages between two users, and announcements by HTTP": async (visit) => {
		const ada = await login(visit, visit.ada);
		const grace = await login(visit, visit.grace);
		for (const page of [ada, grace]) {
			await page.locator(`#present [data-name="${visit.ada}"]`).waitFor();
			await page.locator(`#present [data-name="${visit.grace}"]`).waitFor();
		}
		await visit.say(ada, "Hello <i>Grace</i> 👋");
		await grace.locator(`#messages [data-from="${visit.ada}"] .text`, { hasText: "Hello <i>Grace</i> 👋" }).waitFor();
		await ada.locator("#messages .own .text", { hasText: "Hello <i>Grace</i> 👋" }).waitFor();
		await grace.locator("#text").fill("Tea is ready");
		await grace.locator("#announce").click();
		for (const page of [ada, grace]) {
			await page.locator('#messages [data-from="announcement"] .text', { hasText: "Tea is ready" }).waitFor();
		}
	},

	"ends the sockets of a session when its user logs out": async (visit) => {
		const page = await login(visit, visit.ada);
		const other = await visit.open(page.context());
		await page.locator("#logout button").click();
		await page.locator("#username").waitFor();
		await until("the other tab is disconnected",
			async () => (await other.locator("#status").getAttribute("data-transport")) === "");
		assert.equal(other.sockets[0].closed, true);
	},

};

async function login(visit, name) {
	const page = await visit.open(await visit.visitor(), { transport: null });
	await page.locator("#username").fill(name);
	await page.locator("#password").fill("secret");
	await page.locator("#password").press("Enter");
	await visit.connected(page);
	assert.equal(await page.locator("#me").textContent(), name);
	return page;
}
