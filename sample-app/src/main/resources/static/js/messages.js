/** Messages and pictures of the room that is shown. */

import { chat, errorOf } from "./connection.js";
import { $, avatar, el, sizeOf, timeOf } from "./dom.js";
import { currentRoom, isNearEnd, logOf, toEnd, unread } from "./rooms.js";

const LIMIT = 200;

const TYPING_FOR = 2500;

const sent = new Map();

let me;

let maxPicture = 0;

let typingSentAt = 0;

let typingTimer;

export function startMessages() {
	chat.on("welcome", (name, limit) => {
		me = name;
		maxPicture = limit;
	});
	chat.on("message", (stamp, text, ack) => {
		receive(stamp, textBody(text));
		ack();
	});
	chat.on("picture", (stamp, bytes, ack) => {
		receive(stamp, pictureBody(new Blob([bytes]), `Picture from ${stamp.from}`));
		ack();
	});
	chat.on("delivered", (id, clients) => {
		const tick = sent.get(id);
		if (tick !== undefined) {
			tick.append(clients === 0 ? " · nobody else is here" : ` · delivered to ${clients}`);
			sent.delete(id);
		}
	});
	chat.on("typing", (room, name) => room === currentRoom() && showTyping(`${name} is typing …`));
	document.addEventListener("room", () => showTyping(""));
	startComposer();
}

function startComposer() {
	$("composer").addEventListener("submit", (event) => {
		event.preventDefault();
		const text = $("text").value.trim();
		if (text !== "" && currentRoom() !== undefined) {
			$("text").value = "";
			send("message", text, textBody(text));
		}
	});
	$("text").addEventListener("input", () => {
		complain("");
		if (Date.now() - typingSentAt > TYPING_FOR / 2 && currentRoom() !== undefined) {
			typingSentAt = Date.now();
			chat.volatile.emit("typing", currentRoom());
		}
	});
	$("picture").addEventListener("change", (event) => {
		sendPictures(event.target.files);
		event.target.value = "";
	});
	$("composer").addEventListener("paste", (event) => {
		if (event.clipboardData.files.length > 0) {
			event.preventDefault();
			sendPictures(event.clipboardData.files);
		}
	});
	startDropping($("chat-view"));
}

function startDropping(view) {
	let depth = 0;
	const entered = (by) => {
		depth += by;
		$("dropzone").hidden = depth <= 0;
	};
	view.addEventListener("dragenter", (event) => {
		if (event.dataTransfer.types.includes("Files")) {
			event.preventDefault();
			entered(1);
		}
	});
	view.addEventListener("dragleave", () => entered(-1));
	view.addEventListener("dragover", (event) => event.preventDefault());
	view.addEventListener("drop", (event) => {
		event.preventDefault();
		entered(-depth);
		sendPictures(event.dataTransfer.files);
	});
}

function sendPictures(files) {
	complain("");
	for (const file of files) {
		if (file.size > maxPicture) {
			complain(`${file.name} has ${sizeOf(file.size)}; a picture may have ${sizeOf(maxPicture)} at most.`);
		}
		else if (currentRoom() !== undefined) {
			send("picture", file, pictureBody(file, file.name));
		}
	}
}

/** The tick comes with the acknowledgement of the server, which holds its time. */
async function send(event, content, body) {
	const tick = el("span", { className: "tick" }, "sending …");
	const item = add(currentRoom(), me, body, tick);
	const reply = await chat.timeout(10000).emitWithAck(event, currentRoom(), content)
		.catch(() => ({ error: { message: "not delivered: no answer from the server" } }));
	const error = errorOf(reply);
	if (error === undefined) {
		item.dataset.state = "acknowledged";
		tick.replaceChildren(el("b", { title: "The server has it" }, "✓"), ` ${timeOf(reply.at)}`);
		sent.set(reply.id, tick);
	}
	else {
		item.dataset.state = "failed";
		tick.textContent = error;
	}
}

function receive(stamp, body) {
	add(stamp.room, stamp.from, body, el("time", {}, timeOf(stamp.at)));
	unread(stamp.room);
	if (stamp.room === currentRoom()) {
		showTyping("");
	}
}

function add(room, from, body, foot) {
	const own = from === me;
	const item = el("li", { className: own ? "own" : "other", "data-from": from },
		avatar(from),
		el("div", { className: "bubble" },
			el("p", { className: "from" }, from),
			body,
			el("p", { className: "foot" }, foot)));
	const list = logOf(room);
	if (list !== undefined) {
		const atEnd = isNearEnd(list);
		list.append(item);
		while (list.childElementCount > LIMIT) {
			list.firstElementChild.remove();
		}
		if (atEnd || own) {
			toEnd(list);
		}
	}
	return item;
}

function textBody(text) {
	return el("p", { className: "text" }, text);
}

function pictureBody(blob, description) {
	const image = el("img", { alt: description });
	image.addEventListener("load", () => {
		const list = image.closest("ol");
		URL.revokeObjectURL(image.src);
		if (list !== null) {
			toEnd(list);
		}
	}, { once: true });
	image.src = URL.createObjectURL(blob);
	return image;
}

function showTyping(text) {
	clearTimeout(typingTimer);
	$("typing").textContent = text;
	if (text !== "") {
		typingTimer = setTimeout(() => showTyping(""), TYPING_FOR);
	}
}

function complain(text) {
	$("composer-error").textContent = text;
	$("composer-error").hidden = text === "";
}
