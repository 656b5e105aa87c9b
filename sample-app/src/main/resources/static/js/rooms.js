/** The rooms that there are, those that one is in, and who else is there. */

import { chat, errorOf, lobby } from "./connection.js";
import { $, avatar, el } from "./dom.js";

const HOME = "General";

const joined = new Map();

/** Kept apart from the rooms: a list may come before the acknowledgement of joining. */
const lists = new Map();

let sizes = new Map();

let current;

let me;

export function startRooms() {
	lobby.on("connect", () => {
		lists.clear();
		lobby.emit("rooms");
	});
	lobby.on("rooms", (rooms) => {
		sizes = new Map(Object.entries(rooms));
		render();
	});
	chat.on("members", ({ room, sockets }) => {
		lists.set(room, Object.entries(sockets));
		render();
	});
	$("room-form").addEventListener("submit", (event) => {
		event.preventDefault();
		const name = $("room-name").value.trim();
		enter(name).then((done) => done && event.target.reset());
	});
	$("leave").addEventListener("click", () => leave(current));
}

/** After each connection: the server has forgotten which rooms this socket was in. */
export async function enterRooms(name) {
	me = name;
	const last = current ?? roomOfAddress();
	for (const room of joined.size === 0 ? [last] : [...joined.keys()]) {
		await enter(room, true);
	}
	if (joined.size === 0) {
		await enter(HOME, true);
	}
	show(joined.has(last) ? last : joined.keys().next().value);
}

export function forgetRooms() {
	for (const room of joined.values()) {
		room.log.remove();
	}
	joined.clear();
	current = undefined;
	render();
}

export function currentRoom() {
	return current;
}

/** The list of messages of a room that one is in. */
export function logOf(name) {
	return joined.get(name)?.log;
}

export function unread(name) {
	const room = joined.get(name);
	if (room !== undefined && name !== current) {
		room.unread++;
		render();
	}
}

async function enter(name, quiet = false) {
	const reply = await chat.timeout(5000).emitWithAck("join", name)
		.catch(() => ({ error: { message: "The server did not answer" } }));
	const error = errorOf(reply);
	if (error !== undefined) {
		$("room-name").setCustomValidity(error);
		$("room-name").reportValidity();
		$("room-name").addEventListener("input", () => $("room-name").setCustomValidity(""), { once: true });
		return false;
	}
	if (!joined.has(name)) {
		const log = el("ol", { className: "messages", tabIndex: 0, hidden: true });
		log.setAttribute("role", "log");
		log.setAttribute("aria-label", `Messages in ${name}`);
		new ResizeObserver(() => isNearEnd(log) && toEnd(log)).observe(log);
		$("logs").append(log);
		joined.set(name, { log, unread: 0 });
	}
	chat.emit("members", name);
	if (!quiet) {
		show(name);
	}
	return true;
}

async function leave(name) {
	await chat.timeout(5000).emitWithAck("leave", name).catch(() => undefined);
	joined.get(name)?.log.remove();
	joined.delete(name);
	lists.delete(name);
	show(joined.keys().next().value);
}

function show(name) {
	current = name;
	for (const [other, room] of joined) {
		room.log.hidden = other !== name;
	}
	const room = joined.get(name);
	if (room !== undefined) {
		room.unread = 0;
		toEnd(room.log);
	}
	history.replaceState(null, "", `#${encodeURIComponent(name ?? "")}`);
	render();
	document.dispatchEvent(new CustomEvent("room", { detail: name }));
}

function render() {
	const names = [...new Set([...joined.keys(), ...sizes.keys()])].sort((a, b) => a.localeCompare(b));
	$("rooms").replaceChildren(...names.map(roomItem));
	$("rooms-empty").hidden = names.length > 0;
	const room = joined.get(current);
	$("room-title").textContent = current ?? "No room";
	$("leave").hidden = room === undefined;
	const members = (room === undefined) ? [] : lists.get(current) ?? [];
	$("room-count").textContent = room === undefined ? "Join one on the left." : count(members.length, "member");
	$("members").replaceChildren(...members.map(memberItem));
	$("members-section").hidden = room === undefined;
}

function roomItem(name) {
	const room = joined.get(name);
	const size = sizes.get(name) ?? 0;
	const button = el("button", { type: "button", disabled: me === undefined || !chat.active },
		el("span", { className: "name" }, name),
		room?.unread > 0 ? el("span", { className: "badge", title: "unread" }, String(room.unread)) : "",
		el("span", { className: "size", title: count(size, "member") }, String(size)));
	button.addEventListener("click", () => room === undefined ? enter(name) : show(name));
	const item = el("li", { "data-room": name }, button);
	if (name === current) {
		button.setAttribute("aria-current", "true");
	}
	item.classList.toggle("joined", room !== undefined);
	return item;
}

function memberItem([name, sockets]) {
	const item = el("li", { "data-member": name }, avatar(name), el("span", {}, name));
	if (name === me) {
		item.append(el("small", {}, "you"));
	}
	if (sockets > 1) {
		item.append(el("small", {}, `${sockets} tabs`));
	}
	return item;
}

/** A link may lead into a room. */
function roomOfAddress() {
	try {
		return decodeURIComponent(location.hash.slice(1)) || HOME;
	}
	catch {
		return HOME;
	}
}

export function isNearEnd(log) {
	return log.scrollHeight - log.scrollTop - log.clientHeight < 120;
}

export function toEnd(log) {
	log.scrollTop = log.scrollHeight;
}

function count(number, noun) {
	return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
