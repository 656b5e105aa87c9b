/*
 * How long a proxy waits for something to read, against how often the server sends a ping: once with a ping interval and a
 * ping timeout that are shorter together, and once with those of the defaults.
 */
import { after, before, describe } from "node:test";
import { TRANSPORTS, ask, event } from "./clients.mjs";
import { client, nginxArgs, nginxConfiguration, startProxy } from "./proxies.mjs";
import { assert, freePorts, startServer, testWith, within } from "./support.mjs";

/** Of the proxies, in milliseconds. */
const LIMIT = 1500;

const PINGS = { often: "500,500", seldom: "25000,20000" };

const nginx = {
	args: nginxArgs,
	configuration: (ports, nodes) => nginxConfiguration(`
	proxy_read_timeout ${LIMIT}ms;
${ports.map((port, i) => `	server {
		listen 127.0.0.1:${port};
		location / { proxy_pass http://127.0.0.1:${nodes[i]}; }
	}`).join("\n")}`),
};

const haproxy = {
	args: (file) => ["-db", "-f", file],
	configuration: (ports, nodes) => `
defaults
	mode http
	timeout connect 5s
	timeout client 60s
	timeout server ${LIMIT}ms
	timeout tunnel ${LIMIT}ms
${ports.map((port, i) => `
frontend clients${i}
	bind 127.0.0.1:${port}
	default_backend node${i}
backend node${i}
	server node 127.0.0.1:${nodes[i]}`).join("")}
`,
};

const proxies = Object.entries({ nginx, haproxy }).map(([name, proxy]) => ({ name, test: testWith(name), ...proxy }));
let nodes = [];
before(async () => {
	if (proxies.some(({ test }) => !test.leftOut)) {
		nodes = await Promise.all(Object.values(PINGS).map((PING) => startServer("cases", { PING })));
	}
});
after(() => Promise.all(nodes.map((node) => node.kill())));

for (const { name, test, args, configuration } of proxies) {
	// the tests do nothing but wait
	describe(`the read timeout of ${name}`, { concurrency: true }, () => {
		const ports = {};
		let stop;
		before(async () => {
			if (test.leftOut) {
				return;
			}
			const free = await freePorts(nodes.length);
			stop = await startProxy(name, configuration(free, nodes.map(({ port }) => port)), args, free.at(-1));
			Object.keys(PINGS).forEach((ping, i) => (ports[ping] = free[i]));
		});
		after(() => stop?.());

		for (const transport of ["polling", "websocket"]) {
			test(`CK-147 clients that are silent stay, as long as pings are due within it, ${transport}`, async () => {
				const socket = client(ports.often, { transports: TRANSPORTS[transport] });
				await event(socket, "connect");
				const { id } = socket;
				let pings = 0;
				// longer than the limit
				await within(new Promise((done) => socket.io.on("ping", () => ++pings === 4 && done())), 20000, "the fourth ping");
				assert.deepEqual([await ask(socket, "echo", 1), socket.id, socket.told], [[1], id, []]);
				socket.close();
			});
			test(`CK-147 clients that are silent are lost, where they are not, ${transport}`, async () => {
				const socket = client(ports.seldom, { transports: TRANSPORTS[transport] });
				await event(socket, "connect");
				const [reason] = await event(socket, "disconnect", 15000);
				assert.equal(reason, transport === "polling" ? "transport error" : "transport close");
				socket.close();
			});
		}
	});
}
