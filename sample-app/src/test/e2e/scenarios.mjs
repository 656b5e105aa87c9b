import { strict as assert } from "node:assert";
import { deflateSync, crc32 } from "node:zlib";
import { until } from "./visit.mjs";

export const scenarios = {

	"connects by polling and upgrades to websocket": async (visit) => {
		const context = await visit.visitor();
		const [response, page] = await firstHandshake(context, (opened) => visit.open(opened));
		const address = new URL(response.url());
		assert.equal(address.searchParams.get("EIO"), "4");
		assert.equal(address.searchParams.get("transport"), "polling");
		const { sid, upgrades } = JSON.parse((await response.text()).slice(1));
		assert.deepEqual(upgrades, ["websocket"]);
		const cookies = (await response.headersArray()).filter(({ name }) => name.toLowerCase() === "set-cookie");
		assert.equal(cookies[0].value, `io=${sid}; Path=/; HttpOnly; SameSite=Lax`);
		assert.match(cookies[1].value, /^uid=\w+; Path=\/; SameSite=Strict$/);
		assert.equal(await page.locator("#engine-id").textContent(), sid);
		assert.equal(await page.locator("#transport").textContent(), "websocket");
		assert.match(await page.locator("#step-websocket span").textContent(), /^after \d+ ms$/);
		assert.equal(page.sockets.length, 1);
		const [socket] = page.sockets;
		assert.equal(socket.url.searchParams.get("sid"), sid);
		assert.equal(socket.url.searchParams.get("transport"), "websocket");
		assert.deepEqual(socket.sent.slice(0, 2), ["2probe", "5"]);
		assert.equal(socket.received[0], "3probe");
	},

	"hides the session cookie from scripts": async (visit) => {
		const context = await visit.visitor();
		const page = await visit.open(context);
		await page.locator('[data-cookie="randomId"]').waitFor();
		const cookies = new Map((await context.cookies()).map((cookie) => [cookie.name, cookie]));
		const io = cookies.get("io");
		assert.equal(io.value, await page.locator("#engine-id").textContent());
		assert.equal(io.httpOnly, true);
		assert.equal(io.sameSite, "Lax");
		assert.equal(io.expires, -1);
		assert.equal(cookies.get("uid").sameSite, "Strict");
		assert.ok(Math.abs(cookies.get("randomId").expires - Date.now() / 1000 - 86400) < 600);
		const visible = await page.evaluate(() => document.cookie);
		assert.doesNotMatch(visible, /\bio=/);
		assert.match(visible, new RegExp(`\\buid=${cookies.get("uid").value}\\b`));
		assert.match(visible, new RegExp(`\\brandomId=${cookies.get("randomId").value}\\b`));
		const row = page.locator('[data-cookie="io"]');
		assert.equal(await row.locator(".script").textContent(), "HttpOnly");
		assert.match(await row.textContent(), new RegExp(`${io.value.slice(0, 4)}….*current`));
	},

	"keeps anonymous users in the lobby": async (visit) => {
		const ada = await visit.open(await visit.visitor());
		await visit.login(ada, visit.ada);
		const page = await visit.open(await visit.visitor());
		await page.locator("#refused", { hasText: "log in first" }).waitFor();
		const room = page.locator(`[data-room="${visit.room}"] button`);
		await room.locator(".size", { hasText: "1" }).waitFor();
		assert.equal(await room.isDisabled(), true);
		assert.equal(await page.locator("#chat-view").isVisible(), false);
		await page.locator("#login-name").fill("<b>");
		await page.locator("#login-form button").click();
		await page.locator("#login-error", { hasText: "A name has 1 to 20 letters" }).waitFor();
	},

	"carries messages between two pages": async (visit) => {
		const ada = await visit.open(await visit.visitor());
		await visit.login(ada, visit.ada);
		const grace = await visit.open(await visit.visitor());
		await visit.login(grace, visit.grace);
		for (const page of [ada, grace]) {
			await page.locator(`#members [data-member="${visit.ada}"]`).waitFor();
			await page.locator(`#members [data-member="${visit.grace}"]`).waitFor();
		}
		await visit.say(ada, "Hello <i>Grace</i> 👋");
		const received = grace.locator(`.messages [data-from="${visit.ada}"]`);
		await received.locator(".text", { hasText: "Hello <i>Grace</i> 👋" }).waitFor();
		const sent = ada.locator('.messages .own[data-state="acknowledged"]');
		await sent.locator(".tick", { hasText: /^✓ \d\d:\d\d:\d\d · delivered to 1$/ }).waitFor();
		await visit.say(grace, "Hello Ada");
		await ada.locator(`.messages [data-from="${visit.grace}"] .text`, { hasText: "Hello Ada" }).waitFor();
		assert.equal(await grace.locator(`.messages [data-from="${visit.ada}"]`).count(), 1);
	},

	"keeps rooms apart": async (visit) => {
		const ada = await visit.open(await visit.visitor());
		await visit.login(ada, visit.ada);
		const grace = await visit.open(await visit.visitor());
		await visit.login(grace, visit.grace);
		await grace.locator("#room-name").fill(visit.otherRoom);
		await grace.locator("#room-form button").click();
		await grace.locator("#room-title", { hasText: visit.otherRoom }).waitFor();
		await visit.say(grace, "Anybody here?");
		await grace.locator(".tick", { hasText: "nobody else is here" }).waitFor();
		await visit.say(ada, "Where is Grace?");
		await grace.locator(`[data-room="${visit.room}"] .badge`, { hasText: "1" }).waitFor();
		assert.equal(await ada.locator(`.messages [data-from="${visit.grace}"]`).count(), 0);
		await ada.locator(`[data-room="${visit.otherRoom}"] button`).click();
		await grace.locator(`#members [data-member="${visit.ada}"]`).waitFor();
		await ada.locator("#leave").click();
		await grace.locator(`#members [data-member="${visit.ada}"]`).waitFor({ state: "detached" });
	},

	"carries pictures as binary": async (visit) => {
		await exchangePicture(visit, "polling,websocket", "websocket");
	},

	"carries pictures over polling": async (visit) => {
		await exchangePicture(visit, "polling", "polling");
	},

	"says when a picture is too large": async (visit) => {
		const page = await visit.open(await visit.visitor());
		await visit.login(page, visit.ada);
		const buffer = Buffer.alloc(3_200_000);
		await page.locator("#picture").setInputFiles({ name: "huge.png", mimeType: "image/png", buffer });
		await page.locator("#composer-error", { hasText: "huge.png has 3.20 MB; a picture may have 1.00 MB at most." }).waitFor();
		const text = Buffer.from("no picture");
		await page.locator("#picture").setInputFiles({ name: "text.png", mimeType: "image/png", buffer: text });
		await page.locator('[data-state="failed"] .tick', { hasText: "not a PNG" }).waitFor();
	},

	"logging out disconnects all tabs of the user": async (visit) => {
		const context = await visit.visitor();
		const first = await visit.open(context);
		await visit.login(first, visit.ada);
		const second = await visit.open(context);
		await second.locator("#me-name", { hasText: visit.ada }).waitFor();
		const grace = await visit.open(await visit.visitor());
		await visit.login(grace, visit.grace);
		await grace.locator(`#members [data-member="${visit.ada}"]`, { hasText: "2 tabs" }).waitFor();
		const before = await Promise.all([first, second].map((page) => page.locator("#engine-id").textContent()));
		await first.locator("#logout").click();
		for (const [i, page] of [first, second].entries()) {
			await page.locator("#notice", { hasText: "disconnected all your tabs" }).waitFor();
			await page.locator("#refused", { hasText: "log in first" }).waitFor();
			await visit.connected(page);
			assert.notEqual(await page.locator("#engine-id").textContent(), before[i]);
			await until("the websocket is closed",
				() => page.sockets.find(({ url }) => url.searchParams.get("sid") === before[i]).closed);
		}
		await grace.locator(`#members [data-member="${visit.ada}"]`).waitFor({ state: "detached" });
		assert.equal(await grace.locator("#reconnections").textContent(), "0");
		assert.equal((await context.cookies()).some(({ name }) => name === "SESSION"), false);
	},

	"logging in reaches the other tabs": async (visit) => {
		const context = await visit.visitor();
		const first = await visit.open(context);
		const second = await visit.open(context);
		await visit.login(first, visit.ada);
		await second.locator("#me-name", { hasText: visit.ada }).waitFor();
	},

	"comes back after the server has closed the connection": async (visit) => {
		const ada = await visit.open(await visit.visitor());
		await visit.login(ada, visit.ada);
		const grace = await visit.open(await visit.visitor());
		await visit.login(grace, visit.grace);
		const before = await ada.locator("#engine-id").textContent();
		await ada.locator("#drop").click();
		await ada.locator("#reconnections", { hasText: "1" }).waitFor();
		await visit.connected(ada);
		assert.notEqual(await ada.locator("#engine-id").textContent(), before);
		await ada.locator(`#members [data-member="${visit.ada}"]`).waitFor();
		await grace.locator(`#members [data-member="${visit.ada}"]`).waitFor();
		await visit.say(grace, "Still there?");
		await ada.locator(`.messages [data-from="${visit.grace}"] .text`, { hasText: "Still there?" }).waitFor();
	},

	"refuses a dead session and takes its cookie back": async (visit) => {
		const context = await visit.visitor();
		await context.addCookies([{ name: "SESSION", value: "not-alive", url: visit.url }]);
		const page = await visit.open(context, { transport: null });
		await page.locator("#notice", { hasText: "refused the handshake: 403, “session expired”" }).waitFor();
		await page.locator("#refused", { hasText: "log in first" }).waitFor();
		await visit.connected(page);
		assert.equal((await context.cookies()).some(({ name }) => name === "SESSION"), false);
	},

	"connects by websocket alone": async (visit) => {
		const page = await visit.open(await visit.visitor());
		await visit.login(page, visit.ada);
		await page.locator("#transports").selectOption("websocket");
		await page.locator("#step-websocket", { hasText: "from the start" }).waitFor();
		assert.equal(page.sockets.at(-1).url.searchParams.has("sid"), false);
		await page.locator(`#members [data-member="${visit.ada}"]`).waitFor();
	},

};

function firstHandshake(context, open) {
	const handshake = context.waitForEvent("response", (response) => response.url().includes("/socket.io/?"));
	return Promise.all([handshake, open(context)]);
}

async function exchangePicture(visit, choice, transport) {
	const picture = png(320, 180);
	const pages = [];
	for (const name of [visit.ada, visit.grace]) {
		const context = await visit.visitor();
		await context.addInitScript((value) => sessionStorage.setItem("transports", value), choice);
		const page = await visit.open(context, { transport });
		await visit.login(page, name, transport);
		pages.push(page);
	}
	const [ada, grace] = pages;
	await grace.locator(`#members [data-member="${visit.ada}"]`).waitFor();
	await ada.locator("#picture").setInputFiles({ name: "stripes.png", mimeType: "image/png", buffer: picture });
	const image = grace.locator(`.messages [data-from="${visit.ada}"] img`);
	await image.waitFor();
	await until("the picture is shown", () => image.evaluate(({ complete, naturalWidth }) => complete && naturalWidth > 0));
	assert.deepEqual(await image.evaluate(({ naturalWidth, naturalHeight }) => [naturalWidth, naturalHeight]), [320, 180]);
	await ada.locator(".own .tick", { hasText: "delivered to 1" }).waitFor();
	if (transport === "websocket") {
		const { received } = grace.sockets.at(-1);
		const header = received.findIndex((frame) => String(frame).startsWith("451-/chat,"));
		assert.deepEqual(received[header + 1], picture);
	}
	else {
		assert.deepEqual([...ada.sockets, ...grace.sockets], []);
	}
}

/** A picture with stripes, and bytes of all values in it. */
function png(width, height) {
	const rows = Buffer.alloc(height * (width * 3 + 1));
	for (let y = 0; y < height; y++) {
		for (let i = 0; i < width * 3; i++) {
			rows[y * (width * 3 + 1) + 1 + i] = (i * 7 + y * 13) % 256;
		}
	}
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 2, 0, 0, 0], 8);
	const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
	return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(type, data) {
	const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
	const framed = Buffer.alloc(body.length + 8);
	framed.writeUInt32BE(data.length, 0);
	framed.set(body, 4);
	framed.writeUInt32BE(crc32(body), body.length + 4);
	return framed;
}
