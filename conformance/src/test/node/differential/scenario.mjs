/*
 * Runs the steps of a scenario against one server and notes what is seen. Values that a server chooses (session and
 * socket ids, times, ids of acknowledgements) are replaced, so that the notes of two servers can be compared.
 */
import { exchange, requestBytes } from "./http.mjs";
import { frameBytes, RawWebSocket } from "./websocket.mjs";

const IGNORED_HEADERS = ["date", "connection", "keep-alive", "transfer-encoding"];
const SEPARATOR = "\x1e";

export async function runScenario(scenario, port, attempt) {
	const side = new Side(port, { run: `${scenario.id}x${attempt}` });
	try {
		for (const step of scenario.steps) {
			side.notes.push(await side[step.op](step));
		}
		return side.notes;
	} finally {
		side.dispose();
	}
}

class Side {
	#port;
	#names = new Map();
	#variables;
	#sockets = new Map();
	#pending = new Map();
	#connections = new Map();
	#markers = 0;
	notes = [];

	constructor(port, variables) {
		this.#port = port;
		this.#variables = variables;
	}

	dispose() {
		for (const socket of this.#sockets.values()) {
			socket.destroy();
		}
	}

	/** One request; with `start` its answer is awaited by a later step. */
	async http(step) {
		const answer = this.#request(step, (connection) => step.start && this.#connections.set(step.start, connection));
		if (step.start) {
			this.#pending.set(step.start, answer);
			await this.#sent(step);
			return {};
		}
		return this.#noteAnswer(await answer, step);
	}

	/** Cuts the connection of a request that was started before. */
	async abort(step) {
		this.#connections.get(step.of).destroy();
		await sleep(100);
		return {};
	}

	/** The answer to a request that was started before. */
	async answer(step) {
		return this.#noteAnswer(await this.#pending.get(step.of), step);
	}

	/** Gets the session to answer something known, and polls until that is there. */
	async drain(step) {
		const marker = `~${++this.#markers}`;
		const post = await this.#request({ ...step, method: "POST", body: step.marker(marker) });
		const packets = [];
		let answer;
		for (let i = 0; i < 10; i++) {
			answer = await this.#request({ ...step, method: "GET" });
			if (answer.status !== 200) {
				break;
			}
			packets.push(...answer.body.toString().split(SEPARATOR));
			if (packets.some((packet) => packet.includes(marker)) || packets.at(-1) === "1") {
				break;
			}
		}
		const note = this.#noteAnswer(answer, step);
		delete note.headers?.["content-length"];
		delete note.body;
		const body = answer.status === 200 ? undefined : this.#text(answer.body ?? Buffer.alloc(0));
		return { ...note, post: post.status, packets: this.#notePackets(packets), ...(body && { body }) };
	}

	/** Opens a websocket. */
	async ws(step) {
		const socket = new RawWebSocket(this.#port, requestBytes(this.#fill(step)));
		this.#sockets.set(step.as, socket);
		await socket.answered();
		const note = this.#noteAnswer({ outcome: socket.response.status ? "answered" : "closed", ...socket.response }, step);
		if (note.status !== 101) {
			await socket.until(() => false);
			return note;
		}
		if (step.until) {
			await socket.until(() => socket.frames.some(matches(step.until)));
		}
		return { ...note, ...this.#noteFrames(socket, step) };
	}

	/** Writes frames at once, and reads until a frame fits or the other side closes. */
	async frames(step) {
		const socket = this.#sockets.get(step.of);
		const marker = `~${++this.#markers}`;
		const list = step.frames.map((frame) => this.#fill(frame));
		if (step.marker) {
			const last = step.marker(marker);
			list.push(typeof last === "string" ? { payload: last } : last);
		}
		socket.write(Buffer.concat(list.map(frameBytes)));
		const done = step.until ? matches(step.until) : (frame) => step.marker && frame.payload.includes(marker);
		const inTime = await socket.until(() => socket.frames.some(done));
		return { ...(inTime ? {} : { outcome: "too late" }), ...this.#noteFrames(socket, step) };
	}

	/** Waits until the other side closes a websocket. */
	async closed(step) {
		const socket = this.#sockets.get(step.of);
		const inTime = await socket.until(() => false);
		return { ...(inTime ? {} : { outcome: "too late" }), ...this.#noteFrames(socket, step) };
	}

	/** Cuts a websocket's connection. */
	async cut(step) {
		this.#sockets.get(step.of).destroy();
		await sleep(50);
		return {};
	}

	async sleep(step) {
		await sleep(step.ms);
		return {};
	}

	#request(step, onSocket) {
		const filled = this.#fill(step);
		return exchange(this.#port, requestBytes(filled), { isHead: filled.method === "HEAD", onSocket });
	}

	/** A request that hangs shows by nothing that it has arrived. */
	async #sent() {
		await sleep(100);
	}

	#fill(object) {
		const fill = (text) =>
			text.replace(/\{\{(\w+)\}\}/g, (whole, name) => this.#variables[name] ?? `missing-${name}`);
		const filled = { ...object };
		for (const key of ["target", "body", "payload"]) {
			if (typeof filled[key] === "string") {
				filled[key] = fill(filled[key]);
			}
		}
		filled.headers = object.headers?.map(([name, value]) => [name, fill(value)]);
		return filled;
	}

	#noteAnswer(answer, step) {
		const note = { outcome: answer.outcome };
		if (answer.status === undefined) {
			return note;
		}
		note.status = answer.status;
		const body = answer.body ?? Buffer.alloc(0);
		this.#learn(body.toString(), step.save);
		note.headers = {};
		for (const [name, value] of answer.headers) {
			if (!IGNORED_HEADERS.includes(name) || answer.status === 101) {
				const shown = name === "connection" || name === "upgrade" ? value.toLowerCase() : value;
				(note.headers[name] ??= []).push(this.#mask(shown));
			}
		}
		note.body = this.#text(body);
		return note;
	}

	/** The frames that came; answers to pings apart, as they may overtake messages and a close. */
	#noteFrames(socket, step) {
		const frames = socket.take().filter(({ kind, payload }) => kind !== "text" || payload.toString() !== "2");
		frames.forEach(({ payload }) => this.#learn(payload.toString(), step.save));
		const isPong = ({ kind }) => kind === "pong";
		const pongs = frames.filter(isPong).map(({ payload }) => payload.toString("base64"));
		const isClosed = socket.close !== undefined || socket.isEnded;
		const note = {
			...(pongs.length && !isClosed && { pongs }),
			frames: frames.filter((frame) => !isPong(frame)).map(({ kind, payload, deflated }) =>
				kind === "text"
					? `${deflated ? "deflated " : ""}${this.#packet(payload.toString())}`
					: `${deflated ? "deflated " : ""}${kind} ${payload.toString("base64")}`,
			),
		};
		if (isClosed) {
			note.close = socket.close ?? "none";
		}
		return note;
	}

	#notePackets(packets) {
		packets.forEach((packet) => this.#learn(packet));
		return packets.filter((packet) => packet !== "2").map((packet) => this.#packet(packet));
	}

	/** Remembers the ids that a server gives, in their order. */
	#learn(text, save) {
		for (const [, key, value] of text.matchAll(/"(sid|pid)\\?":\\?"([^"\\]+)/g)) {
			if (!this.#names.has(value)) {
				this.#names.set(value, `<${key}${this.#names.size + 1}>`);
				if (save && key === "sid") {
					this.#variables[save] = value;
				}
				if (key === "pid") {
					this.#variables.pid = value;
				}
			}
		}
		const ack = /^4[25](?:\d+-)?(?:\/[^,]*,)?(\d+)\[/.exec(text);
		if (ack) {
			this.#variables.ack = ack[1];
		}
		const offset = OFFSET.exec(text);
		if (offset) {
			this.#variables.offset = offset[1];
		}
	}

	#mask(text) {
		let masked = text;
		for (const [value, name] of this.#names) {
			masked = masked.replaceAll(value, name);
		}
		return masked.replaceAll(this.#variables.run, "<run>");
	}

	#text(bytes) {
		const text = bytes.toString();
		const whole = Buffer.from(text).equals(bytes) ? text : bytes.toString("base64");
		return whole.split(SEPARATOR).map((packet) => this.#packet(packet)).join(SEPARATOR);
	}

	#packet(text) {
		return this.#mask(text)
			.replace(/^(4[25](?:\d+-)?(?:\/[^,]*,)?)\d+\[/, "$1<ack>[")
			.replace(OFFSET, ',"<offset>"]')
			.replace(/"offset":"[\w.-]{7,}"/, '"offset":"<offset>"')
			.replace(/"time":"[^"]*"/, '"time":"<time>"')
			.replace(/"issued":\d+/, '"issued":0');
	}
}

/** The offset that connection state recovery adds to events. */
const OFFSET = /,"([\w-]{7}(?:\.[\w-]+)?)"\]$/;

function matches(pattern) {
	const expression = new RegExp(pattern);
	return ({ kind, payload }) => kind === "text" && expression.test(payload.toString());
}

function sleep(ms) {
	return new Promise((done) => setTimeout(done, ms));
}
