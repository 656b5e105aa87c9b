/** Logging in and out, and which view is shown. */

import { chat, lobby, refusal, restart } from "./connection.js";
import { $, paint } from "./dom.js";
import { connecting, startInspector } from "./inspector.js";
import { log } from "./log.js";
import { startMessages } from "./messages.js";
import { enterRooms, forgetRooms, startRooms } from "./rooms.js";

const REFUSED = "A name has 1 to 20 letters or digits, with blanks, dots or hyphens between them; the password is “secret”.";

const tabs = new BroadcastChannel("login");

function start() {
	startInspector();
	startRooms();
	startMessages();
	chat.on("welcome", (name) => {
		showMember(name);
		enterRooms(name);
	});
	chat.on("connect_error", (error) => {
		// errors of the connection are reported by the lobby's socket, which shares it
		if (!chat.active) {
			showLogin(refusal(error));
		}
	});
	lobby.on("connect_error", (error) => error.description > 0
		? notice(`The server has refused the handshake: ${error.description}, “${refusal(error)}”.`)
		: notice("The server cannot be reached; trying again.", "offline"));
	lobby.on("connect", () => $("notice").dataset.kind === "offline" && notice(""));
	lobby.on("disconnect", (reason) => reason === "io server disconnect" && loggedOut());
	tabs.addEventListener("message", begin);
	$("login-form").addEventListener("submit", login);
	$("logout").addEventListener("click", () => post("/logout"));
	$("notice-close").addEventListener("click", () => notice(""));
	begin();
}

function begin() {
	connecting();
	restart();
}

async function login(event) {
	event.preventDefault();
	$("login-error").textContent = "";
	const response = await post("/login", new FormData($("login-form")));
	if (response.ok) {
		notice("");
		tabs.postMessage("login");
		begin();
	}
	else {
		$("login-error").textContent = response.status === 401 ? REFUSED : `The server answered ${response.status}`;
	}
}

/** The server has disconnected all tabs of the session: go on as whatever the session is now. */
async function loggedOut() {
	const user = await (await fetch("/me")).text();
	if (user === "") {
		showLogin("");
		notice("You have been logged out: the server has disconnected all your tabs.");
	}
	begin();
}

/** Post a form, with the token that no page of another site can read. */
async function post(path, form = new FormData()) {
	log("out", "http", `POST ${path}`);
	const csrf = await (await fetch("/csrf")).json();
	return fetch(path, { method: "POST", headers: { [csrf.headerName]: csrf.token }, body: new URLSearchParams(form) });
}

function showMember(name) {
	document.body.dataset.state = "member";
	paint($("me-avatar"), name);
	$("me-name").textContent = name;
	$("me").hidden = false;
	$("login-view").hidden = true;
	$("chat-view").hidden = false;
	$("text").focus();
}

function showLogin(reason) {
	document.body.dataset.state = "anonymous";
	forgetRooms();
	$("me").hidden = true;
	$("chat-view").hidden = true;
	$("login-view").hidden = false;
	$("refused").textContent = reason === "" ? "" : `/chat has refused this connection: “${reason}”`;
	$("login-name").focus();
}

function notice(text, kind = "") {
	$("notice").dataset.kind = kind;
	$("notice-text").textContent = text;
	$("notice").hidden = text === "";
}

start();
