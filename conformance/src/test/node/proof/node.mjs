/*
 * A node in JavaScript as a process of its own, which understands the environment of the server under test: PORT,
 * REDIS_URL, ADAPTER, RECOVERY. It prints a line with its port.
 */
import { startNode } from "../cluster-node.mjs";

const { PORT, REDIS_URL, ADAPTER = "streams", RECOVERY = "0" } = process.env;
const node = await startNode(ADAPTER, REDIS_URL, { port: Number(PORT), recovery: Number(RECOVERY) });
console.log(`on port ${node.port}`);
process.once("SIGTERM", async () => {
	await node.close();
	process.exit(0);
});
