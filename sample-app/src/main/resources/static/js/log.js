/** The list of events, newest first. */

import { $, el, sizeOf, timeOf } from "./dom.js";

const LIMIT = 300;

const UUID = /\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;

const ARROWS = { in: "↓", out: "↑", local: "•", error: "!" };

const DIRECTIONS = { in: "received", out: "sent", local: "local", error: "error" };

const list = $("log");

/** Add a line. Those of the background are heartbeats and the inspector's own traffic. */
export function log(direction, where, what, detail = "", background = false) {
	const line = el("li", { className: direction },
		el("time", {}, timeOf(Date.now())),
		el("i", { "aria-label": DIRECTIONS[direction], title: DIRECTIONS[direction] }, ARROWS[direction]),
		el("span", {}, el("em", {}, where), " ", el("b", {}, what), " ", el("small", {}, detail)));
	if (background) {
		line.dataset.background = "";
	}
	list.prepend(line);
	while (list.childElementCount > LIMIT) {
		list.lastElementChild.remove();
	}
}

export function summary(values) {
	return values.map(summaryOf).join(", ");
}

function summaryOf(value) {
	if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
		return `‹${sizeOf(value.byteLength)} binary›`;
	}
	if (value instanceof Blob) {
		return `‹${sizeOf(value.size)} binary›`;
	}
	if (typeof value === "function") {
		return "‹ack›";
	}
	const text = (JSON.stringify(value) ?? "").replace(UUID, "$1…");
	return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}

$("log-clear").addEventListener("click", () => list.replaceChildren());
$("log-all").addEventListener("change", (event) => list.classList.toggle("all", event.target.checked));
