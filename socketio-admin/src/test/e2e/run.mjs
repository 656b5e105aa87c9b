/*
 * Uses the Admin UI in a browser.
 * Usage: node run.mjs <url of the application> <browser> <directory for npm> [<file for a picture>]
 */
import { strict as assert } from "node:assert";
import { browser, connect, enter, errors, forget, item, open, page, picture, step, url } from "./browser.mjs";

await step("wrong password is refused", async () => {
	await page.goto(`${url}/socketio-admin`);
	await enter("/admin", "wrong");
	await connect();
	await page.getByText("Invalid credentials").waitFor();
});
await step("right password shows the dashboard", async () => {
	await page.getByLabel("Password").fill("changeit");
	await connect();
	await page.getByRole("row").filter({ hasText: "/chat" }).waitFor();
	await page.getByText("Bytes received and sent").waitFor();
});
await step("sockets are listed", async () => {
	await open("Sockets");
	await page.getByRole("row").filter({ hasText: "websocket" }).nth(2).waitFor();
});
await step("login is remembered", async () => {
	await page.reload();
	await page.getByRole("row").filter({ hasText: "websocket" }).nth(2).waitFor();
	assert.equal(await page.getByLabel("Password").isVisible(), false);
});
await step("socket is disconnected by its room", async () => {
	await open("Rooms");
	await page.getByRole("row").filter({ hasText: "doomed" }).getByRole("button").last().click();
	// the click on the row leads to the page of the room
	await page.getByText("Deleted").waitFor();
});
if (picture) {
	await step("picture is taken", async () => {
		await open("Dashboard");
		await page.waitForTimeout(45_000);
		await page.screenshot({ path: picture });
	});
} else {
	await step("more sockets leave sums", async () => {
		await page.evaluate((server) => {
			window.many = Array.from({ length: 8 }, () => new WebSocket(`${server}/socket.io/?EIO=4&transport=websocket`));
			window.many.forEach((socket) => socket.addEventListener("open", () => socket.send("40")));
		}, url.replace("http", "ws"));
		await item("Sockets").waitFor({ state: "detached" });
		await page.evaluate(() => window.many.forEach((socket) => socket.close()));
		await item("Sockets").waitFor();
	});
}
await step("details come on demand", async () => {
	await forget();
	await enter("/admin?room=lobby", "changeit");
	await connect();
	const rows = page.getByRole("row").filter({ hasText: "websocket" });
	await rows.first().waitFor();
	assert.equal(await rows.count(), 1);
});
await step("no script has failed", async () => assert.deepEqual(errors, []));
await browser.close();
