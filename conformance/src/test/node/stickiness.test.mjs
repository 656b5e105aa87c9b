/* Two nodes behind Apache httpd, and behind a load balancer like that of AWS with stickiness by the application's cookie. */
import http from "node:http";
import net from "node:net";
import { after, before, test as anyTest } from "node:test";
import { TRANSPORTS } from "./clients.mjs";
import { UNKNOWN, client, converse, startProxy } from "./proxies.mjs";
import { assert, freePorts, once, startServer, testWith } from "./support.mjs";

const COUNT = 20;
const nodes = [];

before(async () => {
	nodes.push(...await Promise.all(["one", "two"].map((node) => startServer("web", { NODE_ID: node }))));
	await startApache();
	await startAws();
});
after(async () => {
	await apache.stop?.();
	aws.server?.closeAllConnections();
	aws.server?.close();
	await Promise.all(nodes.map((node) => node.kill()));
});

function testStickiness(name, test, port) {
	for (const [transport, transports] of Object.entries(TRANSPORTS)) {
		test(`SEC-131 behind ${name}: ${COUNT} clients stay on their node, ${transport}`, async () => {
			const sockets = Array.from({ length: COUNT }, () => client(port(), { transports, withCredentials: true }));
			const used = await Promise.all(sockets.map((socket) => converse(socket, transport)));
			assert.deepEqual(new Set(used.map(({ node }) => node)), new Set(["one", "two"]));
			assert.deepEqual(sockets.flatMap(({ told }) => told), []);
			assert.ok(sockets.every(({ io }) => io.engine.transport.name === transports.at(-1)));
			sockets.forEach((socket) => socket.close());
		});
	}
}

/** Apache sets a cookie of its own. */
const apache = { test: testWith("apache2") };

async function startApache() {
	if (apache.test.leftOut) {
		return;
	}
	[apache.port] = await freePorts(1);
	const args = (file, folder) => ["-DFOREGROUND", "-C", `DefaultRuntimeDir ${folder}`, "-C", `PidFile ${folder}/pid`, "-C", `ErrorLog ${folder}/errors`, "-f", file];
	apache.stop = await startProxy("apache2", apacheConfiguration(apache.port), args, apache.port);
}

const apacheConfiguration = (port) => `
ServerRoot /usr/lib/apache2
ServerName localhost
User www-data
Group www-data
${["mpm_event", "authz_core", "env", "headers", "slotmem_shm", "proxy", "proxy_http", "proxy_balancer", "lbmethod_byrequests"].map((name) => `LoadModule ${name}_module modules/mod_${name}.so`).join("\n")}
Listen 127.0.0.1:${port}
Header add Set-Cookie "SERVERID=sticky.%{BALANCER_WORKER_ROUTE}e; Path=/; HttpOnly" env=BALANCER_ROUTE_CHANGED
<Proxy "balancer://nodes">
	BalancerMember "http://127.0.0.1:${nodes[0].port}" route=one upgrade=websocket
	BalancerMember "http://127.0.0.1:${nodes[1].port}" route=two upgrade=websocket
	ProxySet stickysession=SERVERID
</Proxy>
ProxyPreserveHost On
ProxyTimeout 60
ProxyPass "/socket.io/" "balancer://nodes/socket.io/"
`;

testStickiness("Apache httpd", apache.test, () => apache.port);

/**
 * What is known of application-based stickiness: when a response sets the cookie of the application, the balancer adds one
 * with the target. A request goes to that target if it has both, otherwise to the next one.
 */
const aws = { next: 0 };

async function startAws() {
	aws.server = http.createServer(forward).on("upgrade", forwardUpgrade).listen(0, "127.0.0.1");
	await once(aws.server, "listening");
	aws.port = aws.server.address().port;
}

function target({ headers: { cookie = "" } }) {
	const [, chosen] = /(?:^|; )io=[^;]/.test(cookie) ? /(?:^|; )AWSALBAPP-0=(\d+)/.exec(cookie) ?? [] : [];
	return nodes[chosen ?? aws.next++ % nodes.length];
}

function forward(request, response) {
	const node = target(request);
	const { method, url: path, headers } = request;
	const onward = http.request({ host: "127.0.0.1", port: node.port, method, path, headers }, (answer) => {
		const cookies = answer.headers["set-cookie"]?.some((line) => line.startsWith("io="))
			? ["Set-Cookie", `AWSALBAPP-0=${nodes.indexOf(node)}; Path=/`] : [];
		response.writeHead(answer.statusCode, [...answer.rawHeaders, ...cookies]);
		answer.pipe(response);
	});
	onward.on("error", () => response.destroy());
	response.on("close", () => onward.destroy());
	request.pipe(onward);
}

function forwardUpgrade(request, socket, head) {
	const onward = net.connect(target(request).port, "127.0.0.1", () => {
		const lines = request.rawHeaders.flatMap((name, i, all) => i % 2 ? [] : [`${name}: ${all[i + 1]}`]);
		onward.write(`GET ${request.url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
		onward.write(head);
		onward.pipe(socket).pipe(onward);
	});
	onward.on("error", () => socket.destroy());
	socket.on("error", () => onward.destroy());
}

testStickiness("AWS ALB with application-based stickiness", anyTest, () => aws.port);

anyTest("behind AWS ALB both cookies are needed", async () => {
	const url = `http://127.0.0.1:${aws.port}/socket.io/?EIO=4&transport=polling`;
	const handshake = await fetch(url);
	const { sid } = JSON.parse((await handshake.text()).slice(1));
	const cookies = handshake.headers.getSetCookie().map((line) => line.split(";")[0]);
	assert.deepEqual(cookies.map((cookie) => cookie.split("=")[0]), ["io", "AWSALBAPP-0"]);
	const ping = async (cookie) => (await fetch(`${url}&sid=${sid}`, { method: "POST", body: "3", headers: { cookie } })).text();
	for (let i = 0; i < 4; i++) {
		assert.equal(await ping(cookies.join("; ")), "ok");
	}
	for (const cookie of cookies) {
		const texts = [await ping(cookie), await ping(cookie)];
		assert.ok(texts.some((text) => text.includes(UNKNOWN)), texts.join());
	}
});
