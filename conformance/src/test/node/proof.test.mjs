/*
 * A cluster of two servers under test, one in JavaScript, and an emitter behind HAProxy, whose nodes and whose Redis are
 * killed, stopped and restarted while clients receive numbered broadcasts. Runs by hand, with PROOF_SECONDS, which says how
 * long, with the default time limits of the server and pauses that exceed them; 0 is a short run with everything once.
 * PROOF_CLIENTS says how many clients each kind of node has; PROOF_NODES of which kinds the nodes are (java,java,node).
 */
import { test as anyTest } from "node:test";
import { compare } from "./proof/check.mjs";
import { Course } from "./proof/course.mjs";
import { assert, isOther, testWith } from "./support.mjs";

const tested = testWith("haproxy").leftOut ? testWith("haproxy") : testWith("redis-server");
const { PROOF_SECONDS, PROOF_CLIENTS = "30", PROOF_NODES = "java,java,node" } = process.env;
const kinds = PROOF_NODES.split(",");
const long = {
	times: { total: Number(PROOF_SECONDS) * 1000, between: 3000, stopped: 10_000, broadcasts: 200 },
	commandTimeout: "2s",
	client: {},
	say: console.log,
};
const short = {
	times: { total: 0, between: 200, stopped: 2000, broadcasts: 50 },
	commandTimeout: "10s",
	client: { reconnectionDelay: 200, reconnectionDelayMax: 1000 },
};

/** What is found in the log of one client, where the broadcasts 1 to 5 were stored and the order of 3 is not promised. */
function found(...log) {
	const begun = new Map([1, 2, 3, 4, 5].map((name) => [name, 10 * name]));
	const clients = [{ name: "client", log: [{ recovered: false, at: 5 }, ...log] }];
	const { lost, told, twice, disorder } = compare(clients, [1, 2, 3, 4, 5], begun, new Set([3]));
	return { lost, told, twice, disorder };
}

anyTest("what is lost, comes twice or out of order is found", () => {
	const nothing = { lost: 0, told: 0, twice: 0, disorder: 0 };
	const recovered = { recovered: true, at: 25 };
	const fresh = { recovered: false, at: 35 };
	assert.deepEqual(found(1, 2, 3, 4, 5), nothing);
	assert.deepEqual(found(1, recovered, 2, 4, 3, 5), nothing);
	assert.deepEqual(found(1, 2, 3, 5), { ...nothing, lost: 1 });
	assert.deepEqual(found(1, recovered, 3, 4, 5), { ...nothing, lost: 1 });
	assert.deepEqual(found(1, 2, 3), { ...nothing, lost: 2 });
	assert.deepEqual(found(1, 2, 3, 4, 4, 5), { ...nothing, twice: 1 });
	assert.deepEqual(found(2, 1, 3, 4, 5), { ...nothing, disorder: 1 });
	assert.deepEqual(found(1, fresh, 4, 5), { ...nothing, told: 2 });
	assert.deepEqual(found(1, fresh, 5), { ...nothing, told: 3, lost: 1 });
});

if (!isOther && PROOF_SECONDS !== undefined) {
	tested("clients get what Redis has accepted, once and in one order, whatever happens to nodes and Redis", async () => {
		const report = await new Course({ kinds, count: Number(PROOF_CLIENTS), ...(Number(PROOF_SECONDS) > 0 ? long : short) }).run();
		console.log(JSON.stringify({ ...report, output: undefined }, undefined, 1));
		if (kinds[0] !== "java") {
			// is only looked at
			return;
		}
		const { java, node } = report.received;
		const what = () => `${JSON.stringify(report)}\n${report.output.join("\n")}`;
		assert.ok(java.deliveries > 0, what());
		assert.deepEqual([report.forgotten, report.repeated], [0, 0], what());
		assert.deepEqual([java.lost, java.twice, java.disorder], [0, 0, 0], what());
		assert.ok(node === undefined || node.deliveries > 0, what());
		const killed = report.steps.filter(({ name }) => name.startsWith("kill -9 of a node"));
		const recovered = killed.reduce((sum, step) => sum + step.recovered, 0);
		const all = killed.reduce((sum, step) => sum + step.clients, 0);
		assert.ok(all > 0 && recovered >= 0.99 * all, what());
	});
}
