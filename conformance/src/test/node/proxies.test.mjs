/* Two nodes behind nginx and behind Caddy, as the documentation says, and 50 JavaScript clients at once. */
import { after, before, describe } from "node:test";
import { TRANSPORTS, ask } from "./clients.mjs";
import { client, converse, lose, nginxArgs, nginxConfiguration, startProxy } from "./proxies.mjs";
import { assert, freePorts, sleep, startServer, testWith } from "./support.mjs";

const COUNT = 50;

/** nginx reads the node from the session id, which the server has begun with it; needs no cookies. */
const nginx = {
	withCredentials: false,
	args: nginxArgs,
	configuration: ([sticky, plain], [one, two]) => nginxConfiguration(`
	map $arg_sid $node {
		default any;
		~^one- one;
		~^two- two;
	}
	upstream any {
		server 127.0.0.1:${one};
		server 127.0.0.1:${two};
	}
	upstream one { server 127.0.0.1:${one}; }
	upstream two { server 127.0.0.1:${two}; }
	server {
		listen 127.0.0.1:${sticky};
		location / { proxy_pass http://$node; }
	}
	server {
		listen 127.0.0.1:${plain};
		location / { proxy_pass http://any; }
	}`),
};

/** Caddy sets a cookie of its own. */
const caddy = {
	withCredentials: true,
	args: (file) => ["run", "--config", file, "--adapter", "caddyfile"],
	configuration: ([sticky, plain], [one, two]) => `
{
	admin off
	auto_https off
	grace_period 1s
}
http://:${sticky} {
	bind 127.0.0.1
	reverse_proxy 127.0.0.1:${one} 127.0.0.1:${two} {
		lb_policy cookie lb secret
		lb_try_duration 2s
	}
}
http://:${plain} {
	bind 127.0.0.1
	reverse_proxy 127.0.0.1:${one} 127.0.0.1:${two} {
		lb_policy round_robin
	}
}
`,
};

for (const [name, { withCredentials, args, configuration }] of Object.entries({ nginx, caddy })) {
	describe(`SEC-131 behind ${name}`, () => {
		const test = testWith(name);
		const nodes = [];
		let ports;
		let stop;
		before(async () => {
			if (test.leftOut) {
				return;
			}
			const start = (node) => startServer("web", { NODE_ID: node, SOCKETIO_CLUSTER_NODETAG: node });
			nodes.push(...await Promise.all(["one", "two"].map(start)));
			ports = await freePorts(2);
			stop = await startProxy(name, configuration(ports, nodes.map(({ port }) => port)), args, ports.at(-1));
		});
		after(async () => {
			await stop?.();
			await Promise.all(nodes.map((node) => node.kill()));
		});

		for (const [transport, transports] of Object.entries(TRANSPORTS)) {
			test(`${COUNT} clients stay on their node, ${transport}`, async () => {
				const sockets = Array.from({ length: COUNT }, () => client(ports[0], { transports, withCredentials }));
				const used = await Promise.all(sockets.map((socket) => converse(socket, transport)));
				assert.deepEqual(new Set(used.map(({ node }) => node)), new Set(["one", "two"]));
				assert.deepEqual(used.map(({ node }) => node), sockets.map((socket) => socket.io.engine.id.split("-")[0]));
				assert.deepEqual(sockets.flatMap(({ told }) => told), []);
				sockets.forEach((socket) => socket.close());
			});
		}

		test("clients are lost where nothing keeps them on their node", async () => {
			await lose(client(ports[1], { transports: ["polling"] }));
		});

		test(`${COUNT} clients go to the other node when theirs ends`, async () => {
			const sockets = Array.from({ length: COUNT }, (_, i) => client(ports[0], {
				transports: i % 2 ? ["polling"] : ["polling", "websocket"],
				withCredentials,
				reconnection: true,
				reconnectionDelay: 100,
				reconnectionDelayMax: 500,
			}));
			for (const socket of sockets) {
				socket.on("welcome", ({ node }) => (socket.node = node));
				socket.on("disconnect", () => (socket.node = undefined));
			}
			const settled = async (fits, what) => {
				for (const end = Date.now() + 30000; !sockets.every(({ node }) => fits(node)); await sleep(50)) {
					assert.ok(Date.now() < end, `${what}: ${JSON.stringify(sockets.map(({ node, told }) => ({ node, told })))}`);
				}
				assert.deepEqual(await Promise.all(sockets.map((socket) => ask(socket, "echo", 1))), sockets.map(() => [1]));
			};
			try {
				await settled((node) => node !== undefined, "all connect");
				await nodes.shift().stop();
				await settled((node) => node === "two", "all go to the node that is left");
			} finally {
				sockets.forEach((socket) => socket.close());
			}
		});
	});
}
