/* Engine.IO over websocket, byte by byte: handshakes, frames, upgrades and closing. */
import net from "node:net";
import { describe, test } from "node:test";
import { Frames, Polling, assert, once, sleep, useServer, within } from "./support.mjs";

const server = useServer("wire");

const upgradeTarget = (polling, query = "") => `${polling.path}?EIO=4&transport=websocket&sid=${polling.sid}${query}`;

async function candidate(polling, query) {
	const frames = new Frames(polling.server, upgradeTarget(polling, query));
	await within(frames.opened);
	return frames;
}

async function upgrade(polling) {
	const frames = await candidate(polling);
	frames.send("2probe");
	assert.equal(await frames.next(), "3probe");
	frames.send("5");
	return frames;
}

/** A handshake by hand, for what a websocket library would not send. */
async function raw(headers, target = "/socket.io/?EIO=4&transport=websocket", method = "GET") {
	const socket = net.connect(server.port, "127.0.0.1");
	const chunks = [];
	socket.on("data", (chunk) => chunks.push(chunk));
	socket.on("error", () => {});
	const ended = new Promise((done) => socket.on("close", done));
	socket.write(`${method} ${target} HTTP/1.1\r\nHost: localhost\r\n${headers.map((line) => `${line}\r\n`).join("")}\r\n`);
	return { socket, ended, text: () => Buffer.concat(chunks).toString("latin1") };
}

const HANDSHAKE = ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="];

describe("refused upgrades", () => {
	for (const [name, query, code, message] of [
		["EIO-16 an unknown transport", "?EIO=4&transport=tobi", 0, "Transport unknown"],
		["EIO-17 an unknown session", "?EIO=4&transport=websocket&sid=abc", 1, "Session ID unknown"],
		["CK-83 a failing middleware", "?EIO=4&transport=websocket&mw=fail", 3, "Bad request"],
		["CK-66 allowRequest", "?EIO=4&transport=websocket&gate=deny", 4, "Forbidden"],
		["CK-66 allowRequest after a while", "?EIO=4&transport=websocket&gate=slow-deny", 4, "Forbidden"],
		["CK-66 allowRequest with a text of its own", "?EIO=4&transport=websocket&gate=deny-message", 4, "try again later"],
	]) {
		test(`${name}: 400 with a plain text`, async () => {
			const since = await server.lastSeq();
			const answer = await Frames.refused(server, `/socket.io/${query}`);
			assert.deepEqual([answer.status, answer.text], [400, message]);
			assert.equal(answer.headers["content-type"], "text/html");
			assert.equal(answer.headers["content-length"], String(message.length));
			assert.equal(answer.headers.connection, "close");
			assert.deepEqual(answer.cookies, []);
			await server.recorded(since, (e) => e.type === "connection_error" && e.code === code);
		});
	}
	test("CK-84 a middleware that answers itself", async () => {
		const answer = await Frames.refused(server, "/socket.io/?EIO=4&transport=websocket&mw=end");
		assert.ok(answer === undefined || answer.status === 503);
	});
	for (const [name, query] of [["EIO-23 an old protocol", "?EIO=3&transport=websocket"], ["EIO-23 a failing generator of ids", "?EIO=4&transport=websocket&genid=fail"]]) {
		test(`${name} gets no session`, async () => {
			const since = await server.lastSeq();
			await Frames.refused(server, `/socket.io/${query}`);
			await server.recorded(since, (e) => e.type === "connection_error" && [3, 5].includes(e.code));
		});
	}
	test("EIO-69 an upgrade that asks for polling gets no session", async () => {
		const frames = new Frames(server, "/socket.io/?EIO=4&transport=polling");
		await within(Promise.race([frames.closed, frames.opened.then(() => frames.closed, () => {})]));
		assert.deepEqual(frames.frames, []);
	});
	for (const [name, headers] of [
		["EIO-70 no key", HANDSHAKE.slice(0, 3)],
		["EIO-70 a version of the past", [...HANDSHAKE.slice(0, 2), "Sec-WebSocket-Version: 12", HANDSHAKE[3]]],
	]) {
		test(name, async () => {
			const { socket, text } = await raw(headers);
			await within(once(socket, "data"));
			assert.match(text(), /^HTTP\/1\.1 4\d\d /);
			socket.destroy();
		});
	}
});

describe("sessions", () => {
	test("EIO-32 the open packet, and no cookie (CK-08)", async () => {
		const frames = await Frames.open(server);
		const response = await frames.upgraded;
		assert.equal(response.status, 101);
		assert.deepEqual(response.cookies, []);
		assert.deepEqual({ ...frames.open, sid: "" }, { sid: "", upgrades: [], pingInterval: 700, pingTimeout: 500, maxPayload: 20000 });
		assert.match(frames.sid, /^[A-Za-z0-9_-]{20}$/);
		await frames.close();
	});
	test("EIO-61 text, binary and fragments", async () => {
		const frames = await Frames.open(server, { join: "" });
		frames.send('42["echo","é"]');
		assert.equal(await frames.message(), '42["echo","é"]');
		frames.send('451-["echo",{"_placeholder":true,"num":0}]', Buffer.from([1, 2, 3]));
		assert.equal(await frames.message(), '451-["echo",{"_placeholder":true,"num":0}]');
		assert.deepEqual(await frames.message(), Buffer.from([1, 2, 3]));
		frames.socket.send('42["ec', { fin: false });
		frames.socket.send('ho",', { fin: false });
		frames.socket.send("1]", { fin: true });
		assert.equal(await frames.message(), '42["echo",1]');
		await frames.close();
	});
	test("EIO-58 base64 in a text frame is binary", async () => {
		const frames = await Frames.open(server, { join: "" });
		frames.send('451-["echo",{"_placeholder":true,"num":0}]', "bAQID");
		assert.equal(await frames.message(), '451-["echo",{"_placeholder":true,"num":0}]');
		assert.deepEqual(await frames.message(), Buffer.from([1, 2, 3]));
		await frames.close();
	});
	test("EIO-11 with b64, binary is written so, too", async () => {
		const frames = await Frames.open(server, { join: "", query: "&b64=1" });
		frames.send('42["bytes",3]');
		assert.equal(await frames.message(), '451-["bytes",{"_placeholder":true,"num":0}]');
		assert.equal(await frames.message(), "bAAEC");
		await frames.close();
	});
	test("EIO-62 a message of the limit passes", async () => {
		const frames = await Frames.open(server, { join: "" });
		const text = `42["echo","${"x".repeat(20000 - '42["echo",""]'.length)}"]`;
		frames.send(text);
		assert.equal(await frames.message(), text);
		await frames.close();
	});
	for (const [name, frame] of [["text", "4".repeat(20001)], ["binary", Buffer.alloc(20001)]]) {
		test(`EIO-62 a larger ${name} message ends the session with code 1009`, async () => {
			const since = await server.lastSeq();
			const frames = await Frames.open(server, { join: "" });
			frames.send(frame);
			assert.equal((await within(frames.closed)).code, 1009);
			await server.recorded(since, (e) => e.type === "engine_close" && e.sid === frames.sid && e.reason === "transport error");
		});
	}
	test("EIO-62 fragments are added up", async () => {
		const frames = await Frames.open(server, { join: "" });
		for (let i = 0; i < 3; i++) {
			frames.socket.send("4".repeat(9000), { fin: false });
		}
		assert.equal((await within(frames.closed)).code, 1009);
	});
	test("EIO-63 text that is no UTF-8 ends the session with code 1007", async () => {
		const since = await server.lastSeq();
		const frames = await Frames.open(server, { join: "" });
		frames.socket.send(Buffer.from([0x34, 0xff, 0xfe]), { binary: false });
		assert.equal((await within(frames.closed)).code, 1007);
		await server.recorded(since, (e) => e.type === "engine_close" && e.sid === frames.sid && e.reason === "transport error");
	});
	for (const [name, frame] of [["an unknown type", "abc"], ["an empty message", ""]]) {
		test(`EIO-64, EIO-66 ${name} ends the session`, async () => {
			const since = await server.lastSeq();
			const frames = await Frames.open(server, { join: "" });
			frames.send(frame);
			assert.equal((await within(frames.closed)).code, 1005);
			await server.recorded(since, (e) => e.type === "engine_close" && e.sid === frames.sid && e.reason === "parse error");
		});
	}
	test("EIO-65 a close packet means nothing", async () => {
		const frames = await Frames.open(server, { join: "" });
		frames.send("1", '42["echo",1]');
		assert.equal(await frames.message(), '42["echo",1]');
		await frames.close();
	});
	test("EIO-67 whatever code the client closes with", async () => {
		for (const code of [1000, 1001, 4000]) {
			const since = await server.lastSeq();
			const frames = await Frames.open(server, { join: "" });
			await frames.close(code, "bye");
			await server.recorded(since, (e) => e.type === "engine_close" && e.sid === frames.sid && e.reason === "transport close");
			await server.recorded(since, (e) => e.type === "disconnect" && e.id === frames.id && e.reason === "transport close");
		}
	});
	test("EIO-67 a connection that is cut", async () => {
		const since = await server.lastSeq();
		const frames = await Frames.open(server, { join: "" });
		frames.socket.terminate();
		await server.recorded(since, (e) => e.type === "engine_close" && e.sid === frames.sid && e.reason === "transport close");
	});
	test("EIO-68 the first protocol that is offered", async () => {
		const frames = await Frames.open(server, { protocols: ["one", "two"] });
		assert.equal(frames.socket.protocol, "one");
		await frames.close();
	});
	test("EIO-107 no compression unless switched on", async () => {
		const frames = await Frames.open(server, { perMessageDeflate: true });
		assert.equal((await frames.upgraded).headers["sec-websocket-extensions"], undefined);
		await frames.close();
	});
	test("EIO-83, EIO-84 heartbeat", async () => {
		const since = await server.lastSeq();
		const frames = await Frames.open(server, { join: "" });
		const started = Date.now();
		assert.equal(await frames.next(), "2");
		const interval = Date.now() - started;
		assert.ok(interval > 550 && interval < 850, `${interval} ms`);
		frames.send("3");
		assert.equal(await frames.next(), "2");
		const again = Date.now();
		assert.deepEqual(await within(frames.closed), { code: 1005, reason: "" });
		const timeout = Date.now() - again;
		assert.ok(timeout > 400 && timeout < 650, `${timeout} ms`);
		await server.recorded(since, (e) => e.type === "disconnect" && e.id === frames.id && e.reason === "ping timeout");
	});
	test("EIO-85 the first packet after a ping prolongs its time limit, once", async () => {
		const frames = await Frames.open(server, { join: "" });
		assert.equal(await frames.next(), "2");
		const started = Date.now();
		await sleep(300);
		frames.send('42["silent"]');
		await sleep(300);
		frames.send('42["silent"]');
		await within(frames.closed);
		const elapsed = Date.now() - started;
		assert.ok(elapsed > 700 && elapsed < 1000, `${elapsed} ms`);
	});
	test("EIO-101 the server closes", async () => {
		const since = await server.lastSeq();
		const frames = await Frames.open(server, { join: "" });
		frames.send('42["burst",50,true]');
		for (let i = 0; i < 50; i++) {
			assert.equal(await frames.message(), `42["burst",${i}]`);
		}
		assert.equal(await frames.message(), "41");
		assert.equal((await within(frames.closed)).code, 1005);
		await server.recorded(since, (e) => e.type === "engine_close" && e.sid === frames.sid && e.reason === "forced close");
		await server.recorded(since, (e) => e.type === "disconnect" && e.id === frames.id && e.reason === "server namespace disconnect");
	});
	test("SIO-27 a client that joins nothing", async () => {
		const since = await server.lastSeq();
		const frames = await Frames.open(server);
		const started = Date.now();
		const pongs = setInterval(() => frames.send("3"), 300);
		await within(frames.closed);
		clearInterval(pongs);
		const elapsed = Date.now() - started;
		assert.ok(elapsed > 1300 && elapsed < 1800, `${elapsed} ms`);
		await server.recorded(since, (e) => e.type === "engine_close" && e.sid === frames.sid && e.reason === "forced close");
	});
});

describe("upgrades", () => {
	test("EIO-71 to EIO-74 a poll that hangs is released, and what waits comes over websocket", async () => {
		const polling = await Polling.connect(server);
		const hanging = polling.poll();
		const frames = await candidate(polling);
		frames.send("2probe");
		assert.equal(await frames.next(), "3probe");
		assert.equal((await hanging).text, "6");
		await polling.post('42["echo","between"]');
		frames.send("5");
		assert.equal(await frames.message(), '42["echo","between"]');
		frames.send('420["whoami"]');
		assert.equal(JSON.parse((await frames.message()).slice(3))[0].transport, "websocket");
		await frames.close();
	});
	test("EIO-73 before the upgrade is complete, a poll gets what is sent", async () => {
		const polling = await Polling.connect(server);
		const frames = await candidate(polling);
		frames.send("2probe");
		assert.equal(await frames.next(), "3probe");
		await polling.post('42["echo",1]');
		assert.equal(await polling.next((packet) => packet.startsWith("42")), '42["echo",1]');
		frames.send("5");
		frames.send('42["echo",2]');
		assert.equal(await frames.message(), '42["echo",2]');
		await frames.close();
	});
	test("EIO-43 polling is over then", async () => {
		const polling = await Polling.connect(server);
		const frames = await upgrade(polling);
		frames.send('42["echo",1]');
		await frames.message();
		for (const answer of [await polling.poll(), await polling.post('42["echo",1]')]) {
			assert.deepEqual([answer.status, answer.text], [400, '{"code":3,"message":"Bad request"}']);
		}
		frames.send('42["echo",2]');
		assert.equal(await frames.message(), '42["echo",2]');
		await frames.close();
	});
	test("EIO-75 without a probe, and with several", async () => {
		const polling = await Polling.connect(server);
		const frames = await candidate(polling);
		frames.send("5", '42["echo",1]');
		assert.equal(await frames.message(), '42["echo",1]');
		await frames.close();
		const other = await candidate(await Polling.connect(server));
		other.send("2probe", "2probe");
		assert.deepEqual([await other.next(), await other.next()], ["3probe", "3probe"]);
		other.send("5", '42["echo",1]');
		assert.equal(await other.message(), '42["echo",1]');
		await other.close();
	});
	for (const packet of ['42["echo",1]', "2", "2prob"]) {
		test(`EIO-76 ${packet} instead of a probe ends the attempt only`, async () => {
			const polling = await Polling.connect(server);
			const frames = await candidate(polling);
			frames.send(packet);
			await within(frames.closed);
			await polling.post('42["echo",2]');
			assert.equal(await polling.next(), '42["echo",2]');
		});
	}
	test("EIO-77 an attempt that is cut, and another one", async () => {
		const polling = await Polling.connect(server);
		const frames = await candidate(polling);
		frames.send("2probe");
		await frames.next();
		frames.socket.terminate();
		await polling.post('42["echo",1]');
		assert.equal(await polling.next((packet) => packet.startsWith("42")), '42["echo",1]');
		await sleep(50);
		const again = await upgrade(polling);
		again.send('42["echo",2]');
		assert.equal(await again.message(), '42["echo",2]');
		await again.close();
	});
	test("EIO-78 a second attempt at the same time, or afterwards", async () => {
		const polling = await Polling.connect(server);
		const frames = await candidate(polling);
		frames.send("2probe");
		assert.equal(await frames.next(), "3probe");
		const second = new Frames(server, upgradeTarget(polling));
		await within(Promise.race([second.closed, second.opened.catch(() => {}).then(() => second.closed)]));
		frames.send("5", '42["echo",1]');
		assert.equal(await frames.message(), '42["echo",1]');
		const third = new Frames(server, upgradeTarget(polling));
		await within(Promise.race([third.closed, third.opened.catch(() => {}).then(() => third.closed)]));
		frames.send('42["echo",2]');
		assert.equal(await frames.message(), '42["echo",2]');
		await frames.close();
	});
	test("EIO-79 an attempt that is not completed", async () => {
		const polling = await Polling.connect(server);
		const frames = await candidate(polling);
		const started = Date.now();
		frames.send("2probe");
		const pinged = (async () => {
			assert.equal(await frames.next(), "3probe");
			for (;;) {
				const { text } = await polling.poll();
				if (text.includes("2")) {
					await polling.post("3");
				}
				if (Date.now() - started > 800) {
					return;
				}
			}
		})();
		await within(frames.closed);
		const elapsed = Date.now() - started;
		assert.ok(elapsed > 500 && elapsed < 850, `${elapsed} ms`);
		await polling.post('42["echo",1]');
		await within(pinged).catch(() => {});
	});
	test("EIO-80 a session that ends takes its attempt along", async () => {
		const polling = await Polling.connect(server);
		const frames = await candidate(polling);
		frames.send("2probe");
		assert.equal(await frames.next(), "3probe");
		await polling.post("1");
		await within(frames.closed);
	});
	test("EIO-80 a session that is closing completes the upgrade first", async () => {
		const since = await server.lastSeq();
		const polling = await Polling.connect(server);
		const frames = await candidate(polling);
		frames.send("2probe");
		assert.equal(await frames.next(), "3probe");
		await polling.post('42["burst",3,true]');
		frames.send("5");
		const received = [];
		for (let i = 0; i < 4; i++) {
			received.push(await frames.message());
		}
		assert.deepEqual(received, ['42["burst",0]', '42["burst",1]', '42["burst",2]', "41"]);
		await within(frames.closed);
		await server.recorded(since, (e) => e.type === "engine_close" && e.sid === polling.sid && e.reason === "forced close");
	});
	test("EIO-36, CK-58 the handshake stays that of the first request", async () => {
		const polling = await Polling.connect(server, { query: "&first=1", headers: { "X-First": "1" } });
		const frames = await upgrade(polling);
		frames.send('420["whoami"]');
		const { handshake } = JSON.parse((await frames.message()).slice(3))[0];
		assert.equal(handshake.query.transport, "polling");
		assert.equal(handshake.query.first, "1");
		assert.equal(handshake.headers["x-first"], "1");
		await frames.close();
	});
	test("EIO-88 the heartbeat goes on", async () => {
		const since = await server.lastSeq();
		const polling = await Polling.connect(server);
		const frames = await upgrade(polling);
		assert.equal(await frames.next(), "2");
		frames.send("3");
		assert.equal(await frames.next(), "2");
		await within(frames.closed);
		await server.recorded(since, (e) => e.type === "engine_close" && e.sid === polling.sid && e.reason === "ping timeout");
	});
});
