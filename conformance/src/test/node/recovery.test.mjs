/*
 * Connection state recovery with the unmodified client, whose network changes: its connections end on its side only, so
 * that the server still holds them when it connects anew. RECOVERY_DROPS says how often that happens in the last test.
 */
import { describe, test } from "node:test";
import { io } from "socket.io-client";
import { startHalfOpenProxy } from "./half-open.mjs";
import { assert, sleep, useServer, within } from "./support.mjs";

const path = "/alt/io/";
const server = useServer("wire-alt");

/** How long of simultaneous claims only the first one wins. */
const PAUSE = 500;

const event = (socket, name) => within(new Promise((done) => socket.once(name, (...args) => done(args))), 10000, `the event ${name}`);
const ask = (socket, ...args) => within(new Promise((done) => socket.emit(...args, (...answer) => done(answer))), 10000, `the acknowledgement of ${args[0]}`);

/** Waits until something is so. */
async function until(what, condition) {
	for (const end = Date.now() + 10000; !condition(); await sleep(5)) {
		assert.ok(Date.now() < end, what);
	}
}

class Client {
	static async connect(transport, nsp = "/") {
		const proxy = await startHalfOpenProxy(server);
		const client = new Client();
		client.proxy = proxy;
		client.received = [];
		client.socket = io(`http://127.0.0.1:${proxy.address().port}${nsp}`, {
			path,
			forceNew: true,
			transports: [transport],
			reconnectionDelay: 20,
			reconnectionDelayMax: 20,
			randomizationFactor: 0,
		});
		client.socket.onAny((...args) => client.received.push(args));
		await event(client.socket, "connect");
		client.id = client.socket.id;
		return client;
	}

	numbers(name) {
		return this.received.filter(([received]) => received === name).map(([, number]) => number);
	}

	/** Lets the network change, and waits until the client is connected again. */
	async drop() {
		const connected = event(this.socket, "connect");
		this.proxy.cut(this.socket);
		await connected;
		return this.socket.recovered && this.socket.id === this.id;
	}

	close() {
		this.socket.close();
		this.proxy.close();
	}
}

/** A client that lets the server send to others. */
async function connectSender() {
	const socket = io(server.url, { path, forceNew: true, transports: ["websocket"] });
	await event(socket, "connect");
	socket.cast = (room, ...args) => ask(socket, "cast", { to: [room] }, ...args);
	return socket;
}

for (const transport of ["websocket", "polling"]) {
	describe(`connection state recovery over ${transport}`, { concurrency: true }, () => {
		test("SIO-97 a client takes over the socket that the server still holds", async () => {
			const [client, sender] = [await Client.connect(transport), await connectSender()];
			await ask(client.socket, "join", "room");
			await ask(client.socket, "set", "key", 1);
			const since = await server.lastSeq();
			for (let drop = 1; drop <= 3; drop++) {
				await sender.cast("room", "n", 2 * drop);
				await until("received", () => client.numbers("n").includes(2 * drop));
				const connected = event(client.socket, "connect");
				client.proxy.cut(client.socket);
				await sender.cast("room", "n", 2 * drop + 1);
				await connected;
				assert.deepEqual([client.socket.recovered, client.socket.id], [true, client.id], `drop ${drop}`);
				await sleep(PAUSE + 50);
			}
			assert.deepEqual(client.numbers("n"), [2, 3, 4, 5, 6, 7]);
			const [me] = await ask(client.socket, "whoami");
			assert.deepEqual([me.recovered, me.data, me.rooms, me.transport], [true, { key: 1 }, [client.id, "room"], transport]);
			const events = JSON.parse((await server.fetch(`/events?since=${since}`)).text);
			assert.deepEqual(events.filter(({ type, id }) => type === "disconnect" && id === client.id), []);
			client.close();
			sender.close();
		});
		for (const drop of ["is half open", "was closed"]) {
			test(`SIO-95 a client that has received nothing, whose connection ${drop}`, async () => {
				const client = await Client.connect(transport);
				assert.equal(client.socket._lastOffset, undefined);
				for (let i = 0; i < 2; i++) {
					assert.equal(await lose(client, drop), true);
					await sleep(PAUSE + 50);
				}
				client.close();
			});
			test(`SIO-97 a client that is quiet for longer than the limit, whose connection ${drop}`, async () => {
				const [client, sender] = [await Client.connect(transport), await connectSender()];
				await sender.cast(client.id, "n", 1);
				await until("received", () => client.numbers("n").length === 1);
				await sleep(3300);
				assert.equal(await lose(client, drop), true);
				await sender.cast(client.id, "n", 2);
				await sleep(PAUSE + 50);
				assert.equal(await lose(client, drop), true);
				assert.deepEqual(client.numbers("n"), [1, 2]);
				client.close();
				sender.close();
			});
		}
		test("SIO-95 the last argument of a volatile event is not mistaken for an offset", async () => {
			const [client, sender] = [await Client.connect(transport), await connectSender()];
			await sender.cast(client.id, "n", 1);
			await until("received", () => client.numbers("n").length === 1);
			// dropped as long as no poll waits
			for (let i = 0; client.numbers("tick").length === 0; i++) {
				assert.ok(i < 100);
				await ask(sender, "cast", { to: [client.id], volatile: true }, "tick", "tock");
				await sleep(20);
			}
			assert.equal(client.socket._lastOffset, "tock");
			assert.equal(await client.drop(), true);
			assert.deepEqual(client.numbers("n"), [1]);
			client.close();
			sender.close();
		});
	});
}

async function lose(client, drop) {
	if (drop === "is half open") {
		return client.drop();
	}
	const connected = event(client.socket, "connect");
	client.socket.io.engine.close();
	await connected;
	return client.socket.recovered && client.socket.id === client.id;
}

test("SIO-97 all sockets of a connection are taken over", async () => {
	const proxy = await startHalfOpenProxy(server);
	const url = `http://127.0.0.1:${proxy.address().port}`;
	const options = { path, transports: ["websocket"], reconnectionDelay: 20, reconnectionDelayMax: 20, randomizationFactor: 0 };
	const sockets = ["/", "/chat", "/dyn-7"].map((nsp) => io(url + nsp, options));
	await Promise.all(sockets.map((socket) => event(socket, "connect")));
	const ids = sockets.map((socket) => socket.id);
	const connected = Promise.all(sockets.map((socket) => event(socket, "connect")));
	proxy.cut(sockets[0]);
	await connected;
	assert.deepEqual(sockets.map((socket) => [socket.recovered, socket.id]), ids.map((id) => [true, id]));
	sockets.forEach((socket) => socket.close());
	proxy.close();
});

test("SIO-98 many half-open connections: every client recovers, and nothing is lost, repeated or out of order", async () => {
	const drops = Number(process.env.RECOVERY_DROPS ?? 100);
	const count = drops >= 1000 ? 50 : 20;
	const sender = await connectSender();
	const clients = [];
	for (let i = 0; i < count; i++) {
		clients.push(await Client.connect(i % 2 === 0 ? "websocket" : "polling"));
	}
	const quiet = clients.filter((client, i) => i % 3 === 0);
	const busy = clients.filter((client) => !quiet.includes(client));
	await Promise.all(busy.map((client) => ask(client.socket, "join", "busy")));

	let sent = 0;
	let done = false;
	const own = new Map(quiet.map((client) => [client, 0]));
	const sending = (async () => {
		while (!done) {
			await sender.cast("busy", "n", ++sent);
			if (sent % 100 === 0) {
				const [client] = [...own].sort(([, a], [, b]) => a - b)[0];
				own.set(client, own.get(client) + 1);
				await sender.cast(client.id, "q", own.get(client));
			}
			await sleep(5);
		}
	})();

	let recovered = 0;
	await Promise.all(
		clients.map(async (client, i) => {
			for (let drop = 0; drop < drops / count; drop++) {
				await sleep(PAUSE + 50 + ((i * 37 + drop * 61) % 100));
				if (await client.drop()) {
					recovered++;
				} else {
					client.lost = true;
				}
			}
		}),
	);
	done = true;
	await sending;
	await Promise.all(clients.map((client) => ask(client.socket, "whoami")));
	await sleep(100);
	assert.ok(recovered >= Math.round(drops / count) * count * 0.999, `${recovered} of ${drops} recovered`);
	const numbers = (last) => Array.from({ length: last }, (_, i) => i + 1);
	for (const client of clients.filter(({ lost }) => !lost)) {
		assert.deepEqual(client.numbers("n"), quiet.includes(client) ? [] : numbers(sent));
		assert.deepEqual(client.numbers("q"), numbers(own.get(client) ?? 0));
	}
	clients.forEach((client) => client.close());
	sender.close();
});
