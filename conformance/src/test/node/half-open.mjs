/* A proxy whose connections can end on the side of the client only, as when the network of a client changes. */
import net from "node:net";

/** Starts a proxy; its `cut` ends the connections of a client. Nothing more reaches the old session then. */
export async function startHalfOpenProxy(server) {
	const clients = new Set();
	const lost = new Set();
	const proxy = net.createServer((client) => {
		const upstream = net.connect(server.port, "127.0.0.1");
		upstream.unref();
		clients.add(client);
		client.on("close", () => clients.delete(client));
		client.on("data", (data) => ([...lost].some((sid) => data.includes(`sid=${sid}`)) ? client.destroy() : upstream.write(data)));
		client.on("end", () => upstream.end());
		client.on("error", () => {});
		upstream.on("data", (data) => client.destroyed || client.write(data));
		upstream.on("end", () => client.destroyed || client.end());
		upstream.on("error", () => {});
	});
	await new Promise((done) => proxy.listen(0, "127.0.0.1", done));
	proxy.unref();
	proxy.cut = (socket) => {
		lost.add(socket.io.engine.id);
		for (const client of clients) {
			client.removeAllListeners("end");
			client.removeAllListeners("data");
			client.destroy();
		}
	};
	return proxy;
}
