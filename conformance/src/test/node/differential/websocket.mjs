/*
 * A websocket of which every frame is written and read as it is.
 */
import { randomBytes } from "node:crypto";
import net from "node:net";
import zlib from "node:zlib";
import { ResponseReader } from "./http.mjs";

const LIMIT = 15000;

export class RawWebSocket {
	#socket;
	#reader = new ResponseReader(false);
	#data = Buffer.alloc(0);
	#message;
	#changed = () => {};
	#isDeflated = false;
	frames = [];
	close = undefined;
	isEnded = false;

	constructor(port, bytes) {
		this.#socket = net.connect(port, "127.0.0.1");
		this.#socket.on("data", (data) => this.#read(data));
		this.#socket.on("error", () => {});
		this.#socket.on("close", () => this.#end());
		this.#socket.write(bytes);
	}

	get response() {
		return this.#reader.answer;
	}

	/** Waits until the condition holds, the other side has closed, or it took too long. */
	async until(condition) {
		const end = Date.now() + LIMIT;
		while (!condition() && !this.isEnded && this.close === undefined) {
			if (Date.now() > end) {
				return false;
			}
			await this.#change(end - Date.now());
		}
		return true;
	}

	async answered() {
		return this.until(() => this.#reader.isComplete);
	}

	take() {
		return this.frames.splice(0);
	}

	write(bytes) {
		if (!this.#socket.destroyed) {
			this.#socket.write(bytes);
		}
	}

	destroy() {
		this.#socket.destroy();
	}

	#change(limit) {
		return new Promise((done) => {
			const timer = setTimeout(done, limit);
			this.#changed = () => {
				clearTimeout(timer);
				done();
			};
		});
	}

	#end() {
		if (!this.#reader.isComplete) {
			this.#reader.end();
		}
		this.isEnded = true;
		this.#changed();
	}

	#read(data) {
		if (this.#reader.isComplete) {
			this.#data = Buffer.concat([this.#data, data]);
		} else if (this.#reader.read(data)) {
			this.#data = this.#reader.rest;
			this.#isDeflated = this.response.headers.some(([name]) => name === "sec-websocket-extensions");
		}
		if (this.response.status === 101) {
			while (this.#frame());
		}
		this.#changed();
	}

	#frame() {
		const data = this.#data;
		if (data.length < 2 || this.close !== undefined) {
			return false;
		}
		let length = data[1] & 0x7f;
		let at = 2;
		if (length === 126) {
			if (data.length < 4) {
				return false;
			}
			length = data.readUInt16BE(2);
			at = 4;
		} else if (length === 127) {
			if (data.length < 10) {
				return false;
			}
			length = Number(data.readBigUInt64BE(2));
			at = 10;
		}
		if (data.length < at + length) {
			return false;
		}
		const payload = Buffer.from(data.subarray(at, at + length));
		this.#data = data.subarray(at + length);
		this.#handle(data[0], payload);
		return true;
	}

	#handle(first, payload) {
		const opcode = first & 0x0f;
		if (opcode === 8) {
			this.close = payload.length >= 2 ? payload.readUInt16BE(0) : 1005;
			this.write(frameBytes({ opcode: 8, payload }));
			this.#socket.end();
		} else if (opcode >= 9) {
			this.frames.push({ kind: opcode === 9 ? "ping" : "pong", payload });
		} else if (opcode) {
			this.#message = { kind: opcode === 1 ? "text" : "binary", payload, deflated: (first & 0x40) !== 0 };
		} else {
			this.#message.payload = Buffer.concat([this.#message.payload, payload]);
		}
		if (opcode < 8 && first & 0x80) {
			this.#deliver(this.#message);
		}
	}

	#deliver({ kind, payload, deflated }) {
		const frame = { kind, payload };
		if (deflated && this.#isDeflated) {
			frame.deflated = true;
			frame.payload = this.#inflated(payload);
		}
		this.frames.push(frame);
	}

	/** Inflates with the context of the messages before. */
	#inflated(payload) {
		this.#history = Buffer.concat([this.#history, payload, Buffer.from([0, 0, 0xff, 0xff])]);
		const all = zlib.inflateRawSync(this.#history, { finishFlush: zlib.constants.Z_SYNC_FLUSH });
		const fresh = all.subarray(this.#inflatedLength);
		this.#inflatedLength = all.length;
		return fresh;
	}

	#history = Buffer.alloc(0);
	#inflatedLength = 0;
}

/** The bytes of a frame; everything may be chosen, also what a client must not send. */
export function frameBytes({ opcode = 1, fin = true, rsv = 0, masked = true, payload = "", length, deflate }) {
	const data = deflate ? deflated(payload) : Buffer.from(payload);
	const size = length ?? data.length;
	const head = [(fin ? 0x80 : 0) | ((deflate ? 4 : rsv) << 4) | opcode];
	if (size < 126) {
		head.push(size);
	} else if (size < 65536) {
		head.push(126, size >> 8, size & 0xff);
	} else {
		const long = Buffer.alloc(8);
		long.writeBigUInt64BE(BigInt(size));
		head.push(127, ...long);
	}
	if (!masked) {
		return Buffer.concat([Buffer.from(head), data]);
	}
	head[1] |= 0x80;
	const mask = randomBytes(4);
	return Buffer.concat([Buffer.from(head), mask, data.map((byte, i) => byte ^ mask[i % 4])]);
}

/** A message as permessage-deflate has it: without the end that every flush has. */
function deflated(payload) {
	return zlib.deflateRawSync(Buffer.from(payload), { finishFlush: zlib.constants.Z_SYNC_FLUSH }).subarray(0, -4);
}
