/*
 * What two servers' notes of a step differ in.
 */
import { isDeepStrictEqual } from "node:util";

/** The fields that differ, each with both values; headers one by one. */
export function differences(reference, ours) {
	const found = [];
	for (const field of new Set([...Object.keys(reference), ...Object.keys(ours)])) {
		if (field === "headers") {
			found.push(...headerDifferences(reference.headers ?? {}, ours.headers ?? {}));
		} else if (!isSame(reference[field], ours[field])) {
			found.push({ field, reference: reference[field], ours: ours[field] });
		}
	}
	return found;
}

function headerDifferences(reference, ours) {
	return [...new Set([...Object.keys(reference), ...Object.keys(ours)])]
		.filter((name) => !isDeepStrictEqual(reference[name], ours[name]))
		.map((name) => ({ field: `header ${name}`, reference: reference[name], ours: ours[name] }));
}

function isSame(reference, ours) {
	if (Array.isArray(reference) && Array.isArray(ours)) {
		return reference.length === ours.length && reference.every((value, i) => isSame(value, ours[i]));
	}
	if (typeof reference === "string" && typeof ours === "string" && reference !== ours) {
		const [left, right] = [parse(reference), parse(ours)];
		return left !== undefined && right !== undefined && isDeepStrictEqual(left, right);
	}
	return reference === ours;
}

/** A packet with JSON: what is before it, and its value. */
function parse(text) {
	const [, head, json] = /^([^[{]*)([[{][^]*)$/.exec(text) ?? [];
	try {
		return [head, JSON.parse(json)];
	} catch {
		return undefined;
	}
}
