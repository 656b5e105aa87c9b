/* The program itself: profiles, environment, health, and its end. */
import net from "node:net";
import { describe, test } from "node:test";
import { ENDS_AT_ONCE, Frames, Polling, assert, once, spawnServer, startServer, within } from "./support.mjs";

const PROFILES = {
	"engine-echo": "/engine.io/",
	"engine-client": "/engine.io/",
	"socket-echo": "/socket.io/",
	"socket-client": "/socket.io/",
	"java-client": "/socket.io/",
	wire: "/socket.io/",
	"wire-alt": "/alt/io/",
	"wire-ws": "/socket.io/",
	web: "/socket.io/",
	cases: "/socket.io/",
};

/* Other tests start the other profiles; all of them: PROFILES=all */
const SHOWN = process.env.PROFILES === "all" ? Object.keys(PROFILES) : ["socket-echo", "socket-client", "web"];

const canListen = (port) =>
	new Promise((done) => {
		const probe = net.createServer();
		probe.once("error", () => done(false));
		probe.listen(port, "::", () => probe.close(() => done(true)));
	});

// the end with default settings, which waits for two seconds of silence, is that of one profile
describe("each profile", { concurrency: 3 }, () => {
	for (const profile of SHOWN) {
		const path = PROFILES[profile];
		test(`${profile} starts, serves on both protocols of the internet, and ends with its connections`, async () => {
			const server = await startServer(profile, { NODE_ID: `node of ${profile}`, ...(profile === "web" ? {} : ENDS_AT_ONCE) });
			try {
				const health = await server.fetch("/health");
				assert.equal(health.text, `{"ready":true,"profile":"${profile}","node":"node of ${profile}"}`);
				assert.equal(health.headers["content-type"], "application/json");
				const head = await server.fetch("/health", { method: "HEAD" });
				assert.deepEqual([head.status, head.text, head.headers["content-type"]], [200, "", "application/json"]);
				for (const host of ["localhost", "::1"]) {
					assert.equal((await server.fetch("/health", { host })).status, 200);
				}
				const events = await server.fetch("/events");
				assert.deepEqual([events.status, events.headers["content-type"], events.json()], [200, "application/json", []]);
				for (const other of ["/nothing", "/socket.ioo/", ...(profile === "web" ? [] : ["/"])]) {
					assert.equal((await server.fetch(other)).status, 404, other);
				}
				const frames = await Frames.open(server, { path });
				const polling = profile === "wire-ws" ? undefined : await Polling.open(server, { path });
				polling?.poll().catch(() => {});
				const idle = net.connect(server.port, "127.0.0.1");
				await once(idle, "connect");
				idle.on("error", () => {});
				server.child.kill("SIGTERM");
				const { code, signal } = await within(server.exited, 10000, "the end of the process");
				assert.ok(code === 0 || code === 143 || signal === "SIGTERM", `code ${code}, signal ${signal}`);
				await within(frames.closed);
				assert.ok(await canListen(server.port), "the port is free");
				idle.destroy();
			} finally {
				server.child.kill("SIGKILL");
			}
		});
	}
});

test("an unknown profile is told on standard error, with exit code 2", async () => {
	const child = spawnServer({ PROFILE: "wires" });
	let errors = "";
	child.stderr.on("data", (data) => (errors += data));
	const [code] = await within(once(child, "exit"), 30000);
	assert.equal(code, 2);
	assert.match(errors, /\S/);
});
