/*
 * Makes the picture and the table "How cost grows" from the measured values in docs/data/growth.json.
 *
 * usage: node growth.mjs    writes docs/images/growth.svg and the table in docs/performance.md
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./pages.mjs";

export const picture = "docs/images/growth.svg";
export const page = "docs/performance.md";

const rows = [
	{ id: "recovery", title: "recovery of a connection, with one echo", short: "recovery", color: "#7b3fa0" },
	{ id: "connect", title: "connection, opened and closed", short: "connection", color: "#c2410c" },
	{ id: "echo", title: "echo", short: "echo", color: "#1d4ed8" },
	{ id: "join-leave", title: "joining or leaving a room, acknowledged", short: "join or leave", color: "#0f766e" },
	{ id: "broadcast", title: "broadcast to all, for each delivery", short: "delivery to all", color: "#b45309" },
	{ id: "room", title: "broadcast to a room of ten, for each delivery", short: "delivery to ten", color: "#be185d" },
];

/** What a heap of few connections says of one of them is less than what changes on it anyway. */
const fewest = 1000;

/** The medians: for each row the sizes with microseconds in all and in user space, and KiB of live heap. */
export function growth() {
	const data = JSON.parse(readFileSync(join(root, "docs/data/growth.json"), "utf8"));
	const sizes = Object.keys(data.heap).map(Number);
	const series = rows.map((row) => ({
		...row,
		all: sizes.map((size) => median(data.costs[row.id][size].map(([all]) => all))),
		user: sizes.map((size) => median(data.costs[row.id][size].map(([, user]) => user))),
		ratios: sizes.map((size) =>
			median(data.costs[row.id][size].map(([all], round) => all / data.costs[row.id][sizes[0]][round][0])),
		),
	}));
	const heap = sizes
		.filter((size) => size >= fewest)
		.map((size) => [size, median(data.heap[size].map((bytes, round) =>
			(bytes - data.heap[sizes[0]][round]) / (size - sizes[0]) / 1024))]);
	return { data, sizes, series, heap };
}

/** The page with the table that the values make. */
export function withTable(text, values) {
	const begin = "<!-- growth -->\n";
	const end = "<!-- /growth -->";
	const from = text.indexOf(begin);
	const to = text.indexOf(end);
	return from < 0 || to < from ? text : text.slice(0, from + begin.length) + table(values) + text.slice(to);
}

function table({ sizes, series, heap }) {
	const lines = [
		`| connections | ${sizes.map(grouped).join(" | ")} | last to first |`,
		`| --- |${" ---: |".repeat(sizes.length + 1)}`,
		...series.map(({ title, all, user, ratios }) =>
			`| ${title}, µs | ${all.map((value, i) => `${short(value)} (${short(user[i])})`).join(" | ")} | ${ratios.at(-1).toFixed(2)} |`),
		`| live heap for an idle one, KiB | ${sizes.map((size) => heap.find(([at]) => at === size)?.[1].toFixed(2) ?? "–").join(" | ")} | ${heap.length < 2 ? "–" : (heap.at(-1)[1] / heap[0][1]).toFixed(2)} |`,
	];
	return `${lines.join("\n")}\n`;
}

/** The picture, in logarithmic scales. */
export function svg({ sizes, series, heap }) {
	const box = { left: 56, right: 610, top: 34, bottom: 380 };
	const values = series.flatMap(({ all }) => all).concat(heap.map(([, kib]) => kib));
	const low = 10 ** Math.floor(Math.log10(Math.min(...values)));
	const high = 10 ** Math.ceil(Math.log10(Math.max(...values)));
	const scale = (value, from, to, start, end) =>
		(start + (Math.log(value / from) / Math.log(to / from)) * (end - start)).toFixed(1);
	const x = (size) => scale(size, sizes[0], sizes.at(-1), box.left + 16, box.right - 16);
	const y = (value) => scale(value, low, high, box.bottom, box.top);
	const out = [
		'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 780 430" font-family="sans-serif" font-size="13">',
		"<title>CPU time and live heap by the number of connections</title>",
		'<rect width="780" height="430" fill="#ffffff"/>',
		`<text x="${box.left}" y="20" fill="#333333">CPU time of the server, µs; live heap for a connection, KiB (dashed)</text>`,
	];
	for (let decade = low; decade <= high; decade *= 10) {
		out.push(`<line x1="${box.left}" x2="${box.right}" y1="${y(decade)}" y2="${y(decade)}" stroke="#dddddd"/>`);
		out.push(`<text x="${box.left - 8}" y="${y(decade)}" dy="4" text-anchor="end" fill="#333333">${grouped(decade)}</text>`);
	}
	for (const size of sizes) {
		const dx = size === sizes.at(-1) ? ` dx="14"` : "";
		out.push(`<text x="${x(size)}" y="${box.bottom + 20}"${dx} text-anchor="middle" fill="#333333">${grouped(size)}</text>`);
	}
	out.push(`<text x="${(box.left + box.right) / 2}" y="${box.bottom + 42}" text-anchor="middle" fill="#333333">connections</text>`);
	const lines = series.map(({ short: name, color, all }) => ({ name, color, points: all.map((value, i) => [sizes[i], value]) }));
	lines.push({ name: "live heap", color: "#555555", points: heap, dash: true });
	for (const { color, points, dash } of lines) {
		const path = points.map(([size, value]) => `${x(size)},${y(value)}`).join(" ");
		out.push(`<polyline points="${path}" fill="none" stroke="${color}" stroke-width="2"${dash ? ' stroke-dasharray="6 4"' : ""}/>`);
		for (const [size, value] of points) {
			out.push(`<circle cx="${x(size)}" cy="${y(value)}" r="3" fill="${color}"/>`);
		}
	}
	let above = 0;
	for (const { name, color, points } of lines.toSorted((a, b) => b.points.at(-1)[1] - a.points.at(-1)[1])) {
		above = Math.max(above + 16, Number(y(points.at(-1)[1])) + 4);
		out.push(`<text x="${box.right + 2}" y="${above.toFixed(1)}" fill="${color}">${name}</text>`);
	}
	return `${out.join("\n")}\n</svg>\n`;
}

function median(values) {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function short(value) {
	return value < 10 ? value.toFixed(1) : value.toFixed(0);
}

function grouped(number) {
	return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
	const values = growth();
	writeFileSync(join(root, picture), svg(values));
	writeFileSync(join(root, page), withTable(readFileSync(join(root, page), "utf8"), values));
}
