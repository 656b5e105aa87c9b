/** One connection with two namespaces: everybody's lobby "/" and the members' "/chat". */

const CHOICE = "transports";

export const manager = new io.Manager({
	autoConnect: false,
	reconnectionDelay: 500,
	reconnectionDelayMax: 5000,
	transports: transports(),
});

export const lobby = manager.socket("/");

export const chat = manager.socket("/chat");

export function transportChoice() {
	return sessionStorage.getItem(CHOICE) ?? "polling,websocket";
}

export function chooseTransports(choice) {
	sessionStorage.setItem(CHOICE, choice);
	restart();
}

function transports() {
	return transportChoice().split(",");
}

/** Begin a new connection: whether one is logged in is decided by the handshake. */
export function restart() {
	[lobby, chat].filter((socket) => socket.active).forEach((socket) => socket.disconnect());
	manager.opts.transports = transports();
	lobby.connect();
	chat.connect();
}

/** What an acknowledgement says of an error, or undefined. */
export function errorOf(reply) {
	return reply?.error && (reply.error.fields?.[0].message ?? reply.error.message);
}

/** Why the server did not accept a connection, in its own words where the browser shows them. */
export function refusal(error) {
	try {
		return JSON.parse(error.context.responseText).message;
	}
	catch {
		return error.message;
	}
}
