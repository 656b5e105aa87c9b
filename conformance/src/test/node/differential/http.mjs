/*
 * One request as raw bytes on a connection of its own, and the answer as it came.
 */
import net from "node:net";
import zlib from "node:zlib";

const LIMIT = 15000;

/** Sends the bytes; the answer is an object with an outcome, and a status, headers and body if there was an answer. */
export function exchange(port, bytes, { isHead = false, onSocket } = {}) {
	return new Promise((done) => {
		const socket = net.connect(port, "127.0.0.1");
		onSocket?.(socket);
		const reader = new ResponseReader(isHead);
		const finish = (outcome) => {
			clearTimeout(timer);
			socket.destroy();
			done({ outcome, ...reader.answer });
		};
		const timer = setTimeout(() => finish("no answer"), LIMIT);
		socket.on("error", () => finish(reader.isComplete ? "answered" : "closed"));
		socket.on("data", (data) => {
			if (reader.read(data)) {
				finish("answered");
			}
		});
		socket.on("close", () => finish(reader.end() ? "answered" : "closed"));
		socket.write(bytes);
	});
}

export function requestBytes({ method, target, headers = [], body }) {
	const lines = [`${method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)];
	if (body !== undefined && !headers.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name))) {
		lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
	}
	return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), Buffer.from(body ?? "")]);
}

export class ResponseReader {
	#data = Buffer.alloc(0);
	#isHead;
	isComplete = false;
	answer = {};

	constructor(isHead) {
		this.#isHead = isHead;
	}

	/** What follows the answer, such as the first frames of a websocket. */
	get rest() {
		return this.#data;
	}

	read(data) {
		this.#data = Buffer.concat([this.#data, data]);
		while (this.answer.status === undefined) {
			const end = this.#data.indexOf("\r\n\r\n");
			if (end < 0) {
				return false;
			}
			this.#head(this.#data.subarray(0, end).toString("latin1"));
			this.#data = this.#data.subarray(end + 4);
		}
		return this.#body(false);
	}

	end() {
		return this.answer.status !== undefined && this.#body(true);
	}

	#head(text) {
		const [first, ...lines] = text.split("\r\n");
		const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1]);
		if (status === 100) {
			return;
		}
		const headers = lines.map((line) => {
			const colon = line.indexOf(":");
			return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
		});
		this.answer = { status, headers };
	}

	#header(name) {
		return this.answer.headers.find(([key]) => key === name)?.[1];
	}

	#body(isEnd) {
		const { status } = this.answer;
		if (this.isComplete) {
			return true;
		}
		if (status === 101 || status === 204 || status === 304 || this.#isHead) {
			return this.#complete(Buffer.alloc(0));
		}
		if (this.#header("transfer-encoding") === "chunked") {
			const body = unchunk(this.#data);
			return body ? this.#complete(body) : false;
		}
		const length = this.#header("content-length");
		if (length !== undefined) {
			return this.#data.length >= Number(length) && this.#complete(this.#data.subarray(0, Number(length)));
		}
		return isEnd && this.#complete(this.#data);
	}

	#complete(body) {
		this.isComplete = true;
		this.answer.body = inflate(body, this.#header("content-encoding"));
		return true;
	}
}

function unchunk(data) {
	const parts = [];
	for (let at = 0; ; ) {
		const end = data.indexOf("\r\n", at);
		if (end < 0) {
			return undefined;
		}
		const length = parseInt(data.subarray(at, end).toString("latin1"), 16);
		if (data.length < end + 2 + length + 2) {
			return undefined;
		}
		if (length === 0) {
			return Buffer.concat(parts);
		}
		parts.push(data.subarray(end + 2, end + 2 + length));
		at = end + 2 + length + 2;
	}
}

function inflate(body, encoding) {
	switch (body.length && encoding) {
		case "gzip":
			return zlib.gunzipSync(body);
		case "deflate":
			return zlib.inflateSync(body);
		case "br":
			return zlib.brotliDecompressSync(body);
		default:
			return body;
	}
}
