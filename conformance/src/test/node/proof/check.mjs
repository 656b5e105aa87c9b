/*
 * Compares what clients have received with what Redis has stored. A broadcast is named by a number. A client is
 * { log }, a list of such numbers and of { recovered, at } for each time that it has connected.
 */

/**
 * @param stored the broadcasts in the order of the stream
 * @param begun when each of them was begun, by its name
 * @param unordered those that a server could not tell to be stored: their order is not promised
 */
export function compare(clients, stored, begun, unordered) {
	const index = new Map(stored.map((name, i) => [name, i]));
	const total = { deliveries: 0, lost: 0, told: 0, twice: 0, disorder: 0, notStored: 0, examples: [] };
	for (const client of clients) {
		const seen = new Set();
		const sections = split(client.log);
		for (const [i, section] of sections.entries()) {
			const last = i === sections.length - 1;
			checkSection(section, last, { client, index, stored, begun, unordered, seen, total });
		}
		total.told += countTold(sections, index, stored, seen);
	}
	return total;
}

/** Divides what a client has received at those connections that were not recovered: what it missed before, it was told. */
function split(log) {
	const sections = [];
	for (const entry of log) {
		if (typeof entry === "object" && !entry.recovered) {
			sections.push({ since: entry.at, names: [] });
		} else if (typeof entry === "number") {
			sections.at(-1).names.push(entry);
		}
	}
	return sections;
}

function checkSection({ since, names }, last, { client, index, stored, begun, unordered, seen, total }) {
	const fault = (kind, name) => {
		total[kind]++;
		if (total.examples.length < 20) {
			total.examples.push(`${client.name}: ${kind} ${name}, entry ${index.get(name)} of ${stored.length}`);
		}
	};
	let latest = -1;
	let first = Infinity;
	for (const name of names) {
		total.deliveries++;
		if (seen.has(name)) {
			fault("twice", name);
		}
		seen.add(name);
		const position = index.get(name);
		if (position === undefined) {
			total.notStored++;
		} else if (!unordered.has(name)) {
			if (position < latest) {
				fault("disorder", name);
			}
			latest = Math.max(latest, position);
			first = Math.min(first, position);
		}
	}
	const end = last ? stored.length - 1 : latest;
	for (let position = 0; position <= end; position++) {
		const name = stored[position];
		if ((position >= first || begun.get(name) > since) && !seen.has(name)) {
			fault("lost", name);
		}
	}
}

/** Counts what was broadcast between sections. */
function countTold(sections, index, stored, seen) {
	const first = Math.min(...(sections[0]?.names ?? []).map((name) => index.get(name) ?? Infinity));
	return sections.length > 1 && first < Infinity ? stored.slice(first).filter((name) => !seen.has(name)).length : 0;
}
