/* Socket.IO packets byte by byte: joining, events, acknowledgements, rooms, broadcasts and leaving. */
import { describe, test } from "node:test";
import { Frames, Polling, assert, isOther, sleep, useServer, within } from "./support.mjs";

const server = useServer("wire");

const connect = (options) => Frames.open(server, { join: "", ...options });

/** Sends an event with an acknowledgement, and gives its arguments. */
async function ask(frames, nsp, ...args) {
	frames.send(`42${nsp === "/" ? "" : `${nsp},`}7${JSON.stringify(args)}`);
	const prefix = `43${nsp === "/" ? "" : `${nsp},`}7`;
	const answer = await frames.message();
	assert.ok(answer.startsWith(prefix), answer);
	return JSON.parse(answer.slice(prefix.length));
}

async function join(frames, nsp, payload = "") {
	frames.send(`40${nsp},${payload}`);
	return frames.message();
}

async function closedWith(frames, reason, since) {
	await within(frames.closed);
	if (frames.id) {
		await server.recorded(since, (e) => e.type === "disconnect" && e.id === frames.id && e.reason === reason);
	}
	await server.recorded(since, (e) => e.type === "engine_close" && e.sid === frames.sid);
}

describe("joining", () => {
	test("SIO-21 the main namespace, with an id of its own", async () => {
		const frames = await Frames.open(server);
		frames.send("40");
		const { sid } = JSON.parse((await frames.message()).slice(2));
		assert.match(sid, /^[A-Za-z0-9_-]{20}$/);
		assert.notEqual(sid, frames.sid);
		await frames.close();
	});
	test("SIO-22 another one, in each of its spellings", async () => {
		const ids = new Set();
		for (const packet of ["40/chat,", "40/chat", "40/chat,{}", '40/chat,{"a":1}']) {
			const frames = await Frames.open(server);
			frames.send(packet);
			const answer = await frames.message();
			assert.match(answer, /^40\/chat,\{"sid":"[A-Za-z0-9_-]{20}"\}$/);
			ids.add(answer);
			await frames.close();
		}
		assert.equal(ids.size, 4);
	});
	test("SIO-22 several on one connection", async () => {
		const frames = await connect();
		const answer = await join(frames, "/chat");
		assert.notEqual(JSON.parse(answer.slice(8)).sid, frames.id);
		assert.deepEqual(await ask(frames, "/chat", "echo", 1), [1]);
		assert.deepEqual(await ask(frames, "/", "echo", 2), [2]);
		await frames.close();
	});
	test("SIO-23 the auth payload", async () => {
		const frames = await connect({ join: '{"a":{"b":[1]}}' });
		assert.deepEqual((await ask(frames, "/", "whoami"))[0].handshake.auth, { a: { b: [1] } });
		await frames.close();
		const none = await connect();
		assert.deepEqual((await ask(none, "/", "whoami"))[0].handshake.auth, {});
		await none.close();
	});
	for (const payload of ["null", "[]", '"a"', "1", "{"]) {
		test(`SIO-23 an auth payload of ${payload} closes the connection`, async () => {
			const since = await server.lastSeq();
			const frames = await Frames.open(server);
			frames.send(`40${payload}`);
			await closedWith(frames, "", since);
		});
	}
	for (const nsp of ["/nope", "/chat?a=b", "/dyn-", "/dyn-1a", "/x/dyn-1", "/Chat"]) {
		test(`SIO-24 ${nsp} is no namespace`, async () => {
			const frames = await connect();
			assert.equal(await join(frames, nsp), `44${nsp},{"message":"Invalid namespace"}`);
			assert.deepEqual(await ask(frames, "/", "echo", 1), [1]);
			await frames.close();
		});
	}
	test("SIO-28 a middleware refuses, with a message and data", async () => {
		const frames = await connect();
		for (const payload of ["", '{"token":"wrong"}']) {
			assert.equal(await join(frames, "/auth", payload), '44/auth,{"message":"not authorized","data":{"code":401,"hint":"token"}}');
		}
		assert.match(await join(frames, "/auth", '{"token":"secret"}'), /^40\/auth,\{"sid":/);
		await frames.close();
	});
	test("SIO-28 a middleware takes its time; others go on meanwhile", async () => {
		const frames = await connect();
		const started = Date.now();
		frames.send("40/slow,");
		assert.deepEqual(await ask(frames, "/", "echo", 1), [1]);
		assert.match(await frames.message(), /^40\/slow,/);
		assert.ok(Date.now() - started >= 195);
		await frames.close();
	});
	test("SIO-106 dynamic namespaces", async () => {
		const frames = await connect();
		const [connected, hello] = [await join(frames, "/dyn-12"), await frames.message()];
		assert.match(connected, /^40\/dyn-12,\{"sid":/);
		assert.equal(hello, '42/dyn-12,["hello-from","/dyn-12"]');
		assert.deepEqual(await ask(frames, "/dyn-12", "echo", "x"), ["x"]);
		assert.equal((await ask(frames, "/dyn-12", "whoami"))[0].nsp, "/dyn-12");
		await frames.close();
	});
	test("SIO-17, SEC-50 twice the same: the newest replaces the other, and the connection stays", async () => {
		const since = await server.lastSeq();
		const frames = await connect();
		frames.send("40");
		const { sid } = JSON.parse((await frames.message()).slice(2));
		assert.notEqual(sid, frames.id);
		await server.recorded(since, (e) => e.type === "disconnect" && e.id === frames.id && e.reason === "client namespace disconnect");
		assert.deepEqual(await ask(frames, "/", "echo", "x"), ["x"]);
		await frames.close();
	});
	test("SIO-36, SIO-37 what a socket tells of itself", async () => {
		const frames = await connect({ query: "&a=1", headers: { "X-One": "1" } });
		const [who] = await ask(frames, "/", "whoami");
		assert.deepEqual(Object.keys(who).sort(), ["data", "handshake", "id", "nsp", "recovered", "rooms", "transport"]);
		assert.deepEqual([who.id, who.nsp, who.rooms, who.transport, who.recovered, who.data], [frames.id, "/", [frames.id], "websocket", false, {}]);
		assert.equal(who.handshake.headers["x-one"], "1");
		assert.equal(who.handshake.query.a, "1");
		await frames.close();
	});
	test("SIO-37 data of the application", async () => {
		const frames = await connect();
		assert.deepEqual(await ask(frames, "/", "set", "k", { a: [1, null] }), []);
		assert.deepEqual((await ask(frames, "/", "whoami"))[0].data, { k: { a: [1, null] } });
		await frames.close();
	});
});

describe("packets that break the rules", () => {
	for (const packet of [
		"", "7", "a", '42["a"', "42{}", "42[]", "42[{}]", "42[null]", "42[true]", '42["a"]x', '43{"a":1}', "41{}", '44{"message":"x"}',
		'42["connect"]', '42["connect_error"]', '42["disconnect"]', '42["disconnecting"]', '42["newListener"]', '42["removeListener"]',
		'451["a"]', '450-["a"]', '45-1-["a"]', '451.5-["a"]', '4511-["a"]', '42/nope,["a"]', "41/nope,", '430x["a"]',
	]) {
		test(`SIO-12, SIO-16 ${packet || "(empty)"} closes the connection`, async () => {
			const since = await server.lastSeq();
			const frames = await connect();
			frames.send(packet === "" ? "4" : packet.startsWith("4") ? packet : `4${packet}`);
			await closedWith(frames, "forced close", since);
		});
	}
	test("SIO-13 an event without a payload, which the reference takes", { skip: isOther }, async () => {
		const since = await server.lastSeq();
		const frames = await connect();
		frames.send("42");
		await closedWith(frames, "forced close", since);
	});
	test("SIO-16 binary without an announcement", async () => {
		const since = await server.lastSeq();
		const frames = await connect();
		frames.send(Buffer.from([1]));
		await closedWith(frames, "forced close", since);
	});
	test("SIO-16 text instead of an attachment", async () => {
		const since = await server.lastSeq();
		const frames = await connect();
		frames.send('451-["echo",{"_placeholder":true,"num":0}]', '42["echo",1]');
		await closedWith(frames, "forced close", since);
	});
	for (const placeholder of ['{"_placeholder":true,"num":1}', '{"_placeholder":true,"num":-1}', '{"_placeholder":true,"num":"0"}', '{"_placeholder":true}']) {
		test(`SIO-07 the placeholder ${placeholder}`, async () => {
			const since = await server.lastSeq();
			const frames = await connect();
			frames.send(`451-["echo",${placeholder}]`, Buffer.from([1]));
			await closedWith(frames, "forced close", since);
		});
	}
	test("SIO-20 an event before anything was joined", async () => {
		const since = await server.lastSeq();
		const frames = await Frames.open(server);
		frames.send('42["echo",1]');
		await closedWith(frames, "", since);
	});
	test("SIO-18 what came before is delivered", async () => {
		const frames = await connect();
		frames.send('42["echo",1]');
		assert.equal(await frames.message(), '42["echo",1]');
		frames.send("4x");
		await within(frames.closed);
	});
	test("SIO-45 over polling without a poll", async () => {
		const since = await server.lastSeq();
		const polling = await Polling.connect(server);
		await polling.post('42/nope,["a"]');
		await server.recorded(since, (e) => e.type === "disconnect" && e.id === polling.id && e.reason === "forced server close");
	});
	test("SIO-19 an acknowledgement that nobody waits for is ignored", async () => {
		const frames = await connect();
		frames.send("43999[1]", "430[]");
		assert.deepEqual(await ask(frames, "/", "echo", 1), [1]);
		await frames.close();
	});
});

describe("events", () => {
	for (const args of [[], [1], ["a", null, true, false, 1.5, -1, 0], [{ a: { b: ["é", "\u2028", "🦊", '"\\'] } }], [[], {}, ""], [9007199254740991, 1e21, 1e-7]]) {
		test(`SIO-02 ${JSON.stringify(args)} comes back as it was`, async () => {
			const frames = await connect();
			const text = JSON.stringify(["echo", ...args]);
			frames.send(`42${text}`);
			const answer = await frames.message();
			assert.deepEqual(JSON.parse(answer.slice(2)), JSON.parse(text));
			assert.deepEqual(await ask(frames, "/", "echo", ...args), args);
			await frames.close();
		});
	}
	test("SIO-04, SIO-06 binary anywhere, empty too", async () => {
		const frames = await connect();
		frames.send('453-["echo",{"a":{"_placeholder":true,"num":1},"b":[{"_placeholder":true,"num":0}]},{"_placeholder":true,"num":2}]');
		frames.send(Buffer.from([1]), Buffer.from([2, 2]), Buffer.alloc(0));
		const answer = await frames.message();
		const buffers = [await frames.message(), await frames.message(), await frames.message()];
		assert.match(answer, /^453-\["echo",/);
		const fill = (value) => value?._placeholder ? [...buffers[value.num]] : Array.isArray(value) ? value.map(fill)
			: value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, fill(v)])) : value;
		assert.deepEqual(fill(JSON.parse(answer.slice(4))), ["echo", { a: [2, 2], b: [[1]] }, []]);
		await frames.close();
	});
	test("SIO-04 binary in acknowledgements", async () => {
		const frames = await connect();
		frames.send('451-12["echo",{"_placeholder":true,"num":0}]', Buffer.from([9]));
		assert.equal(await frames.message(), '461-12[{"_placeholder":true,"num":0}]');
		assert.deepEqual(await frames.message(), Buffer.from([9]));
		frames.send('451-/chat,12["echo",{"_placeholder":true,"num":0}]'.replace("/chat,", ""), Buffer.alloc(0));
		assert.equal(await frames.message(), '461-12[{"_placeholder":true,"num":0}]');
		assert.deepEqual(await frames.message(), Buffer.alloc(0));
		await frames.close();
	});
	test("SIO-07 placeholders in packets without binary are data", async () => {
		const frames = await connect();
		assert.deepEqual(await ask(frames, "/", "echo", { _placeholder: true, num: 0 }), [{ _placeholder: true, num: 0 }]);
		await frames.close();
	});
	test("SIO-08 ten attachments pass", async () => {
		const frames = await connect();
		const places = Array.from({ length: 10 }, (_, num) => ({ _placeholder: true, num }));
		frames.send(`4510-${JSON.stringify(["echo", ...places])}`, ...places.map(({ num }) => Buffer.from([num])));
		assert.match(await frames.message(), /^4510-/);
		for (let i = 0; i < 10; i++) {
			assert.deepEqual(await frames.message(), Buffer.from([i]));
		}
		await frames.close();
	});
	test("SIO-10 ids of acknowledgements", async () => {
		const frames = await connect();
		for (const id of ["0", "1", "123456", "9007199254740991"]) {
			frames.send(`42${id}["echo"]`);
			assert.equal(await frames.message(), `43${id}[]`);
		}
		frames.send('42007["echo"]');
		assert.equal(await frames.message(), "437[]");
		await frames.close();
	});
	test("SIO-14 names that are allowed", async () => {
		const frames = await connect();
		for (const name of ['"connection"', '"error"', '"message"', '""', "5", '"unknown"', '"silent"']) {
			frames.send(`42[${name},1]`);
		}
		assert.deepEqual(await ask(frames, "/", "echo", 1), [1]);
		await frames.close();
	});
	test("SIO-49 a middleware renames, or drops with an error", async () => {
		const frames = await connect();
		frames.send('42["rewritten",1,"a"]');
		assert.equal(await frames.message(), '42["echo",1,"a"]');
		frames.send('423["rewritten",1]');
		assert.equal(await frames.message(), "433[1]");
		frames.send('424["blocked",1]');
		assert.equal(await frames.message(), '42["handler-error","blocked by middleware"]');
		assert.deepEqual(await ask(frames, "/", "echo", 1), [1]);
		await frames.close();
	});
	test("SIO-90 events are answered in the order in which they came", async () => {
		const frames = await connect();
		frames.send(...Array.from({ length: 200 }, (_, i) => `42["echo",${i}]`));
		for (let i = 0; i < 200; i++) {
			assert.equal(await frames.message(), `42["echo",${i}]`);
		}
		await frames.close();
	});
});

describe("acknowledgements that the server asks for", () => {
	test("SIO-51 ids begin at 0 for each namespace", async () => {
		const frames = await connect();
		const name = `/dyn-${process.pid}01`;
		await join(frames, name);
		await frames.message();
		for (let id = 0; id < 3; id++) {
			frames.send(`42${name},8["ask",1000,"q",1]`);
			assert.equal(await frames.message(), `42${name},${id}["q",1]`);
			frames.send(`43${name},${id}["x",${id}]`);
			assert.equal(await frames.message(), `43${name},8[{"ok":true,"values":["x",${id}]}]`);
		}
		await frames.close();
	});
	test("SIO-53 in time, or not", async () => {
		const frames = await connect();
		const started = Date.now();
		frames.send('428["ask",150,"q"]');
		const question = await frames.message();
		const id = /^42(\d+)\["q"\]$/.exec(question)[1];
		assert.equal(await frames.message(), '438[{"ok":false}]');
		const elapsed = Date.now() - started;
		assert.ok(elapsed >= 145 && elapsed < 400, `${elapsed} ms`);
		frames.send(`43${id}[1]`);
		assert.deepEqual(await ask(frames, "/", "echo", 1), [1]);
		await frames.close();
	});
	test("SIO-53 with binary both ways", async () => {
		const frames = await connect();
		frames.send('451-8["ask",1000,"q",{"_placeholder":true,"num":0}]', Buffer.from([1, 2]));
		const question = await frames.message();
		const id = /^451-(\d+)\["q",\{"_placeholder":true,"num":0\}\]$/.exec(question)[1];
		assert.deepEqual(await frames.message(), Buffer.from([1, 2]));
		frames.send(`461-${id}[{"_placeholder":true,"num":0}]`, Buffer.from([3]));
		assert.equal(await frames.message(), '461-8[{"ok":true,"values":[{"_placeholder":true,"num":0}]}]');
		assert.deepEqual(await frames.message(), Buffer.from([3]));
		await frames.close();
	});
	test("SIO-75 to SIO-77 of many clients", async () => {
		const room = `r${process.pid}`;
		const all = await Promise.all([connect(), connect(), connect()]);
		for (const frames of all) {
			await ask(frames, "/", "join", room);
		}
		const spec = { to: [room] };
		all[0].send(`429${JSON.stringify(["ask-all", spec, 1000, "q", 5])}`);
		for (const [i, frames] of all.entries()) {
			const id = /^42(\d+)\["q",5\]$/.exec(await frames.message())[1];
			frames.send(`43${id}["a${i}","more"]`);
		}
		const answer = JSON.parse((await all[0].message()).slice(3))[0];
		assert.deepEqual([answer.ok, answer.responses.sort()], [true, ["a0", "a1", "a2"]]);
		all[0].send(`429${JSON.stringify(["ask-all", { ...spec, from: "socket" }, 200, "q"])}`);
		const id = /^42(\d+)\["q"\]$/.exec(await all[1].message())[1];
		all[1].send(`43${id}[1]`);
		assert.equal(await all[0].message(), '439[{"ok":false,"responses":[1]}]');
		assert.deepEqual(await ask(all[0], "/", "ask-all", { to: ["nobody"] }, 1000, "q"), [{ ok: true, responses: [] }]);
		await Promise.all(all.map((frames) => frames.close()));
	});
});

describe("rooms and broadcasts", () => {
	let names = 0;
	async function three() {
		const nsp = `/dyn-${process.pid}${100 + names++}`;
		const all = [];
		for (let i = 0; i < 3; i++) {
			const frames = await Frames.open(server);
			const connected = await join(frames, nsp);
			frames.id = JSON.parse(connected.slice(connected.indexOf("{"))).sid;
			await frames.message();
			all.push(frames);
		}
		return { nsp, all };
	}
	const close = (all) => Promise.all(all.map((frames) => frames.close()));

	/** Whether each of them gets the event of a broadcast. */
	async function reached(all, nsp, spec, sender = 0) {
		all[sender].send(`42${nsp},5${JSON.stringify(["cast", spec, "news", 1])}`);
		const got = all.map(() => false);
		let frame = await all[sender].message();
		if (frame === `42${nsp},["news",1]`) {
			got[sender] = true;
			frame = await all[sender].message();
		}
		assert.equal(frame, `43${nsp},5[]`);
		for (const [i, frames] of all.entries()) {
			if (i !== sender) {
				frames.send(`42${nsp},${JSON.stringify(["echo", "end"])}`);
				frame = await frames.message();
				if (frame === `42${nsp},["news",1]`) {
					got[i] = true;
					frame = await frames.message();
				}
				assert.equal(frame, `42${nsp},["echo","end"]`);
			}
		}
		return got;
	}

	test("SIO-62 join, leave and the room of one's own", async () => {
		const { nsp, all } = await three();
		const [frames] = all;
		assert.deepEqual(await ask(frames, nsp, "join", "a"), [[frames.id, "a"]]);
		assert.deepEqual(await ask(frames, nsp, "join", "a"), [[frames.id, "a"]]);
		assert.deepEqual(await ask(frames, nsp, "leave", "b"), [[frames.id, "a"]]);
		assert.deepEqual(await ask(frames, nsp, "leave", "a"), [[frames.id]]);
		await close(all);
	});
	test("SIO-66 to SIO-69 who is reached", async () => {
		const { nsp, all } = await three();
		await ask(all[0], nsp, "join", "a");
		await ask(all[1], nsp, "join", "a");
		await ask(all[1], nsp, "join", "b");
		await ask(all[2], nsp, "join", "b");
		for (const [spec, expected] of [
			[{}, [true, true, true]],
			[{ from: "server" }, [true, true, true]],
			[{ from: "socket" }, [false, true, true]],
			[{ to: ["a"] }, [true, true, false]],
			[{ from: "socket", to: ["a"] }, [false, true, false]],
			[{ to: ["a", "b"] }, [true, true, true]],
			[{ to: ["a"], except: ["b"] }, [true, false, false]],
			[{ except: ["b"] }, [true, false, false]],
			[{ except: ["a", "b"] }, [false, false, false]],
			[{ to: ["nobody"] }, [false, false, false]],
			[{ to: [all[2].id] }, [false, false, true]],
			[{ from: "socket", to: [all[0].id] }, [false, false, false]],
			[{ local: true }, [true, true, true]],
		]) {
			assert.deepEqual(await reached(all, nsp, spec), expected, JSON.stringify(spec));
		}
		await close(all);
	});
	test("SIO-70 binary to many", async () => {
		const { nsp, all } = await three();
		all[0].send(`451-${nsp},["cast",{},"news",{"_placeholder":true,"num":0}]`, Buffer.from([7]));
		for (const frames of all) {
			assert.equal(await frames.message(), `451-${nsp},["news",{"_placeholder":true,"num":0}]`);
			assert.deepEqual(await frames.message(), Buffer.from([7]));
		}
		await close(all);
	});
	test("SIO-81, SIO-82 count, move and kick", async () => {
		const { nsp, all } = await three();
		const since = await server.lastSeq();
		assert.deepEqual(await ask(all[0], nsp, "count", null), [3]);
		await ask(all[1], nsp, "join", "a");
		assert.deepEqual(await ask(all[0], nsp, "count", "a"), [1]);
		assert.deepEqual(await ask(all[0], nsp, "move-all", "a", "b"), []);
		assert.deepEqual(await ask(all[0], nsp, "count", "a"), [0]);
		assert.deepEqual(await ask(all[0], nsp, "count", "b"), [1]);
		all[0].send(`42${nsp},["kick","b",false]`);
		assert.equal(await all[1].message(), `41${nsp},`);
		await server.recorded(since, (e) => e.type === "disconnect" && e.id === all[1].id && e.nsp === nsp && e.reason === "server namespace disconnect");
		assert.deepEqual(await ask(all[0], nsp, "count", null), [2]);
		await ask(all[2], nsp, "join", "c");
		all[0].send(`42${nsp},["kick","c",true]`);
		assert.equal(await all[2].message(), `41${nsp},`);
		await within(all[2].closed);
		await close(all.slice(0, 2));
	});
});

describe("leaving", () => {
	test("SIO-40 the client leaves a namespace; the connection stays", async () => {
		const since = await server.lastSeq();
		const frames = await connect();
		await join(frames, "/chat");
		frames.send("41");
		await server.recorded(since, (e) => e.type === "disconnect" && e.id === frames.id && e.nsp === "/" && e.reason === "client namespace disconnect");
		assert.deepEqual(await ask(frames, "/chat", "echo", 1), [1]);
		assert.match(await join(frames, "/dyn-3"), /^40/);
		await frames.close();
	});
	test("SIO-40 and joins again", async () => {
		const since = await server.lastSeq();
		const frames = await connect();
		frames.send("41");
		await server.recorded(since, (e) => e.type === "disconnect" && e.id === frames.id);
		frames.send("40");
		const { sid } = JSON.parse((await frames.message()).slice(2));
		assert.notEqual(sid, frames.id);
		await frames.close();
	});
	test("SIO-41 the server disconnects a socket; the connection stays", async () => {
		const since = await server.lastSeq();
		const frames = await connect();
		await join(frames, "/chat");
		frames.send('42["bye",false]');
		assert.equal(await frames.message(), "41");
		await server.recorded(since, (e) => e.type === "disconnect" && e.id === frames.id && e.reason === "server namespace disconnect");
		assert.deepEqual(await ask(frames, "/chat", "echo", 1), [1]);
		await frames.close();
	});
	test("SIO-42 the server closes the connection, after telling each namespace", async () => {
		const since = await server.lastSeq();
		const frames = await connect();
		await join(frames, "/chat");
		frames.send('42["bye",true]');
		assert.deepEqual([await frames.message(), await frames.message()].sort(), ["41", "41/chat,"]);
		await within(frames.closed);
		for (const nsp of ["/", "/chat"]) {
			await server.recorded(since, (e) => e.type === "disconnect" && e.nsp === nsp && e.reason === "server namespace disconnect");
		}
	});
	test("SIO-27 leaving all namespaces does not end the connection", async () => {
		const frames = await connect();
		frames.send("41");
		const end = Date.now() + 1800;
		while (Date.now() < end) {
			assert.equal(await frames.next(), "2");
			frames.send("3");
		}
		assert.match(await join(frames, "/chat"), /^40/);
		await frames.close();
	});
});

describe("messages of many sizes", () => {
	test("EIO-60 larger than what clients may send", async () => {
		const frames = await connect();
		frames.send('42["text",1000000]');
		assert.equal((await frames.message()).length, 1000000 + '42["text",""]'.length);
		frames.send('42["bytes",300000]');
		await frames.message();
		const bytes = await frames.message();
		assert.equal(bytes.length, 300000);
		assert.ok(bytes.every((byte, i) => byte === i % 256));
		await frames.close();
	});
	test("EIO-60 over polling, too", async () => {
		const polling = await Polling.connect(server);
		await polling.post('42["text",200000]\x1e42["bytes",1000]');
		const packets = [...(await polling.poll()).text.split("\x1e"), ...(await polling.poll()).text.split("\x1e")];
		assert.equal(packets[0].length, 200000 + '42["text",""]'.length);
		assert.equal(packets[1], '451-["bytes",{"_placeholder":true,"num":0}]');
		assert.equal(Buffer.from(packets[2].slice(1), "base64").length, 1000);
	});
});

describe("volatile", () => {
	test("SIO-72, EIO-94 only what can be written at once", async () => {
		const frames = await connect();
		frames.send('42["volatile-pair"]');
		assert.equal(await frames.message(), '42["v","regular"]');
		assert.deepEqual(await ask(frames, "/", "echo", 1), [1]);
		frames.send('42["volatile-later",50]');
		assert.equal(await frames.message(), '42["v","later"]');
		await frames.close();
	});
	test("SIO-88 over polling: lost without a poll", async () => {
		const polling = await Polling.connect(server);
		await polling.post('42["volatile-later",50]');
		await sleep(200);
		await polling.post('42["echo",1]');
		assert.equal((await polling.poll()).text, '42["echo",1]');
		const hanging = polling.poll();
		await polling.post('42["volatile-later",50]');
		assert.equal((await hanging).text, '42["v","later"]');
	});
	test("SIO-72 broadcasts", async () => {
		const frames = await connect();
		frames.send('42["cast",{"volatile":true},"news",1]'.replace("{", '{"to":[],'));
		assert.equal(await frames.message(), '42["news",1]');
		await frames.close();
	});
});
