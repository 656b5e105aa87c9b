/** The chat: one socket, as the user of the session that the browser's cookie names. */

const element = (id) => document.getElementById(id);

const me = await (await fetch("/me")).json();
element("me").textContent = me.name;
const csrf = document.querySelector("#logout input");
csrf.name = me.csrfParameter;
csrf.value = me.csrfToken;

// on the port of the page, or on its own one
const server = me.port ? `${location.protocol}//${location.hostname}:${me.port}` : location.origin;
await new Promise((resolve, reject) => {
	const script = document.createElement("script");
	script.src = `${server}/socket.io/socket.io.js`;
	script.onload = resolve;
	script.onerror = reject;
	document.head.append(script);
});
const socket = window.io(server, { withCredentials: true });

socket.on("connect", () => {
	showTransport();
	socket.io.engine.on("upgrade", showTransport);
	socket.emit("watch");
});
socket.on("disconnect", (reason) => showStatus("", reason));
socket.on("connect_error", (error) => showStatus("", error.message));
socket.on("message", show);
socket.on("present", (names) => element("present").replaceChildren(...names.sort().map((name) => {
	const item = document.createElement("li");
	item.dataset.name = name;
	item.textContent = name;
	return item;
})));

element("send").addEventListener("submit", async (event) => {
	event.preventDefault();
	const text = element("text").value;
	element("text").value = "";
	const reply = await socket.emitWithAck("message", text);
	show(reply.error ? { from: "error", text: reply.error.message } : reply);
});

element("announce").addEventListener("click", () => fetch("/announcements", {
	method: "POST",
	body: new URLSearchParams({ text: element("text").value, [me.csrfParameter]: me.csrfToken }),
}));

function showTransport() {
	showStatus(socket.io.engine.transport.name, `connected by ${socket.io.engine.transport.name}`);
}

function showStatus(transport, text) {
	element("status").dataset.transport = transport;
	element("status").textContent = text;
}

function show({ from, text }) {
	const item = document.createElement("li");
	item.dataset.from = from;
	item.className = (from === me.name) ? "own" : "";
	for (const [name, value] of Object.entries({ from, text })) {
		const part = document.createElement("span");
		part.className = name;
		part.textContent = value;
		item.append(part);
	}
	element("messages").append(item);
}
