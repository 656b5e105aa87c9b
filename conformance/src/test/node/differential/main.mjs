/*
 * Sends the same to this server and to the reference, and compares what comes back.
 *
 * node main.mjs JAR [PROFILE...]; DIFF_SEED and DIFF_COUNT (exchanges) in the environment for other or longer runs,
 * DIFF_ONLY for the one scenario of that name.
 */
import { differences } from "./compare.mjs";
import { generated } from "./generated.mjs";
import { intended } from "./intended.mjs";
import { recorded } from "./recorded.mjs";
import { runScenario } from "./scenario.mjs";
import { startBoth } from "./servers.mjs";
import { PROFILES } from "./steps.mjs";

const SEED = Number(process.env.DIFF_SEED ?? 4);
const COUNT = Number(process.env.DIFF_COUNT ?? 500);
const PARALLEL = 12;
const ATTEMPTS = 3;

const [jar, ...only] = process.argv.slice(2);
const names = only.length ? only : Object.keys(PROFILES);
const totals = { exchanges: 0, generated: 0, scenarios: 0, unsteady: [] };
const unexplained = [];
const used = new Map(intended.map((rule) => [rule, 0]));

await Promise.all(names.map(compareProfile));
report();

async function compareProfile(name) {
	const servers = await startBoth(name, jar);
	try {
		const fixed = Object.entries(recorded(name)).map(([title, steps], i) => ({ id: `r${i}`, title, steps }));
		const made = generated(name, SEED, Math.ceil(COUNT / names.length));
		const all = [...fixed, ...made].map((scenario) => ({ ...scenario, profile: name }));
		const chosen = all.filter(({ title }) => !process.env.DIFF_ONLY || title === process.env.DIFF_ONLY);
		await warmUp(all, servers);
		const queue = chosen.values();
		await Promise.all(Array.from({ length: PARALLEL }, () => work(queue, servers)));
		for (const server of [servers.ours, servers.reference]) {
			if (!server.isAlive()) {
				throw new Error(`A server has ended: ${server.output()}`);
			}
		}
	} finally {
		servers.stop();
	}
}

/** A program that has just been started is too slow to tell a request that hangs. */
async function warmUp(scenarios, { ours, reference }) {
	const all = [ours, reference].flatMap(({ port }) => scenarios.slice(0, 100).map((scenario) => runScenario(scenario, port, "w")));
	await Promise.all(all);
}

async function work(queue, servers) {
	for (const scenario of queue) {
		await compareScenario(scenario, servers);
	}
}

/** A difference counts if it is there each time. */
async function compareScenario(scenario, servers) {
	let result;
	for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
		const [reference, ours] = await Promise.all([
			runScenario(scenario, servers.reference.port, attempt),
			runScenario(scenario, servers.ours.port, attempt),
		]);
		const latest = judge(scenario, reference, ours);
		if (result && !latest.found) {
			totals.unsteady.push(result);
		}
		result = latest;
		if (!result.found) {
			break;
		}
	}
	totals.scenarios++;
	totals.exchanges += result.exchanges;
	totals.generated += scenario.isGenerated ? result.exchanges : 0;
	result.rules.forEach((rule) => used.set(rule, used.get(rule) + 1));
	if (result.found) {
		unexplained.push(result);
	}
}

/** Compares step by step, up to a difference after which the sessions need not be alike. */
function judge(scenario, reference, ours) {
	const rules = [];
	for (const [i, step] of scenario.steps.entries()) {
		const all = differences(reference[i], ours[i]);
		const context = { scenario, step, steps: scenario.steps.slice(0, i), reference: reference[i], ours: ours[i] };
		const explained = all.map((difference) => intended.find((rule) => rule.covers(difference, context)));
		rules.push(...explained.filter((rule) => rule));
		if (explained.includes(undefined)) {
			const found = all.filter((_, k) => !explained[k]);
			return { scenario, rules, exchanges: i + 1, index: i, found, reference: reference[i], ours: ours[i] };
		}
		if (explained.some((rule) => rule.parts)) {
			return { scenario, rules, exchanges: i + 1 };
		}
	}
	return { scenario, rules, exchanges: scenario.steps.length };
}

function report() {
	const groups = new Map();
	for (const result of unexplained) {
		const { op, method } = result.scenario.steps[result.index];
		const key = `${op} ${method ?? ""}: ${result.found.map(describe).join("; ")}`;
		groups.set(key, [...(groups.get(key) ?? []), result]);
	}
	for (const [key, results] of groups) {
		console.log(`\n${results.length} x ${key}`);
		results.slice(0, Number(process.env.DIFF_EXAMPLES ?? 1)).forEach(show);
	}
	for (const { scenario, index, found } of totals.unsteady) {
		console.log(`\nunsteady: ${scenario.profile}, ${scenario.title}, step ${index}: ${found.map(describe).join("; ")}`);
	}
	const idle = [...used].filter(([, count]) => count === 0).map(([rule]) => rule.name);
	if (process.env.DIFF_RULES) {
		used.forEach((count, rule) => console.log(`${String(count).padStart(6)} ${rule.row}: ${rule.name}`));
	}
	console.log(
		`seed ${SEED}: ${totals.exchanges} exchanges (${totals.generated} generated) in ${totals.scenarios} scenarios, ` +
			`${unexplained.length} unexplained differences, ${totals.unsteady.length} unsteady, ` +
			`${used.size} intended differences`,
	);
	const isWhole = names.length === Object.keys(PROFILES).length && !process.env.DIFF_ONLY;
	if (isWhole && idle.length) {
		console.log(`Intended differences that were not seen: ${idle.join("; ")}`);
		process.exitCode = 1;
	}
	if (unexplained.length) {
		process.exitCode = 1;
	}
}

function describe({ field, reference, ours }) {
	if (Array.isArray(reference) && Array.isArray(ours) && reference.length === ours.length && !field.startsWith("header")) {
		const at = reference.findIndex((value, i) => value !== ours[i]);
		return `${field}[${at}]: ${short(reference[at], 400)} | ${short(ours[at], 400)}`;
	}
	return `${field}: ${short(reference)} | ${short(ours)}`;
}

function show({ scenario, index, reference, ours }) {
	console.log(`  ${scenario.profile}, ${scenario.title}`);
	scenario.steps.slice(0, index + 1).forEach((step) => console.log(`    ${short(step, 600)}`));
	console.log(`  reference ${short(reference, 1000)}\n  ours      ${short(ours, 1000)}`);
}

function short(value, length = 160) {
	const text = JSON.stringify(value, (_, inner) => (inner?.type === "Buffer" ? `0x${Buffer.from(inner.data).toString("hex")}` : inner));
	return text && text.length > length ? `${text.slice(0, length)}…` : text;
}
