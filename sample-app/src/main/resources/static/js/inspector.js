/** Shows what goes on below the chat. */

import { chat, chooseTransports, lobby, manager, refusal, transportChoice } from "./connection.js";
import { showCookies } from "./cookies.js";
import { $, timeOf } from "./dom.js";
import { log, summary } from "./log.js";

const TRIP_EVERY = 4000;

const BACKGROUND = new Set(["inspect", "time"]);

const trips = [];

let attemptAt = 0;

let reconnections = 0;

let heartbeats = 0;

let server;

export function startInspector() {
	watchManager();
	watchSocket(lobby, "/", "lobby-id");
	watchSocket(chat, "/chat", "chat-id");
	lobby.on("connect", inspect);
	setInterval(roundTrip, TRIP_EVERY);
	$("transports").value = transportChoice();
	$("transports").addEventListener("change", (event) => chooseTransports(event.target.value));
	$("drop").addEventListener("click", () => lobby.emit("drop"));
}

export function connecting() {
	attemptAt = performance.now();
	for (const step of ["handshake", "polling", "websocket"]) {
		setStep(step, "", "");
	}
}

/** Ask the server what it knows, and show it. */
export async function inspect() {
	const asked = performance.now();
	try {
		server = await lobby.timeout(5000).emitWithAck("inspect");
	}
	catch {
		return;
	}
	log("in", "/", "ack of inspect", `after ${ms(asked)}`, true);
	showHeartbeat();
	await showCookies(server.sid, server.cookies).catch((error) => log("error", "http", "/cookies", error.message));
	await roundTrip();
}

function watchManager() {
	manager.on("reconnect_attempt", (attempt) => {
		connecting();
		status("none", `reconnecting (${attempt})`);
		log("local", "engine", "reconnecting", `attempt ${attempt}`);
	});
	manager.on("reconnect", () => {
		reconnections++;
		$("reconnections").textContent = String(reconnections);
	});
	manager.on("error", (error) => log("error", "engine", "refused", refusal(error)));
	manager.on("open", () => watchEngine(manager.engine));
	manager.on("close", (reason) => {
		status("none", "not connected");
		log("local", "engine", "closed", reason);
		$("engine-id").textContent = "–";
		$("transport").textContent = "none";
	});
}

function watchEngine(engine) {
	const first = engine.transport.name;
	const openAt = performance.now();
	setStep("handshake", "done", ms(attemptAt));
	setStep(first, "active", first === "polling" ? "open" : "from the start");
	$("engine-id").textContent = engine.id;
	status(first, first);
	log("local", "engine", "open", `${first}, ${ms(attemptAt)}`);
	engine.on("upgrading", (transport) => {
		setStep(transport.name, "probing", "probing");
		log("out", "engine", "probe", transport.name);
	});
	engine.on("upgrade", (transport) => {
		setStep(first, "done", `for ${ms(openAt)}`);
		setStep(transport.name, "active", `after ${ms(attemptAt)}`);
		status(transport.name, transport.name);
		log("local", "engine", "upgraded", `${transport.name}, ${ms(attemptAt)}`);
		inspect();
	});
	engine.on("upgradeError", (error) => log("error", "engine", "no upgrade", error.message));
	engine.on("packet", ({ type }) => {
		if (type === "ping") {
			heartbeats++;
			showHeartbeat();
			log("in", "engine", "ping", "", true);
		}
	});
	engine.on("packetCreate", ({ type }) => {
		if (type === "pong") {
			log("out", "engine", "pong", "", true);
		}
	});
}

function watchSocket(socket, name, id) {
	socket.on("connect", () => {
		$(id).textContent = socket.id;
		log("in", name, "connect", socket.id);
	});
	socket.on("connect_error", (error) => {
		$(id).textContent = "–";
		log("error", name, "connect_error", refusal(error));
	});
	socket.on("disconnect", (reason) => {
		$(id).textContent = "–";
		log("local", name, "disconnect", reason);
	});
	socket.onAny((event, ...args) => log("in", name, event, summary(args)));
	socket.onAnyOutgoing((event, ...args) => log("out", name, event, summary(args), BACKGROUND.has(event)));
}

async function roundTrip() {
	if (!lobby.connected || document.hidden) {
		return;
	}
	const asked = performance.now();
	try {
		await lobby.timeout(TRIP_EVERY).emitWithAck("time");
	}
	catch {
		return;
	}
	const trip = performance.now() - asked;
	trips.push(trip);
	trips.splice(0, trips.length - 40);
	$("latency").textContent = trip < 10 ? trip.toFixed(1) : trip.toFixed(0);
	const top = Math.max(4, ...trips);
	$("spark").firstElementChild.setAttribute("points",
		trips.map((value, i) => `${200 - (trips.length - 1 - i) * 5},${22 - (value / top) * 20}`).join(" "));
}

function showHeartbeat() {
	const every = server === undefined ? "" : `every ${server.pingInterval / 1000} s, ${server.pingTimeout / 1000} s to answer`;
	$("heartbeat").textContent = heartbeats === 0 ? every : `${every}; last at ${timeOf(Date.now())}`;
}

function status(transport, text) {
	$("status").dataset.transport = transport;
	$("status-text").textContent = text;
	$("transport").textContent = transport;
}

function setStep(name, state, text) {
	const step = $(`step-${name}`);
	step.dataset.state = state;
	step.lastElementChild.textContent = text;
}

function ms(since) {
	return `${Math.round(performance.now() - since)} ms`;
}
