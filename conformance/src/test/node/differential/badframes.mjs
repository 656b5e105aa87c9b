/*
 * Frames of websockets in pieces, control frames, and frames that no client may send.
 */
export function fragments(random, { opcode = 1, payload }) {
	const data = Buffer.from(payload);
	const at = random.below(data.length + 1);
	return [
		{ opcode, fin: false, payload: data.subarray(0, at) },
		...(random.chance(0.3) ? [controlFrame(random)] : []),
		{ opcode: 0, payload: data.subarray(at) },
	];
}

export function controlFrame(random) {
	return { opcode: random.pick([9, 9, 10]), payload: random.bytes(random.pick([0, 1, 4, 125])) };
}

export function badFrame(random) {
	return random.pick([
		{ opcode: random.pick([3, 4, 5, 6, 7, 11, 12, 15]), payload: "x" },
		{ opcode: 1, rsv: random.pick([1, 2, 4, 6, 7]), payload: "4x" },
		{ opcode: 2, rsv: 4, payload: Buffer.from([6, 0xff, 0xff]) },
		{ opcode: 1, masked: false, payload: "4x" },
		{ opcode: 0, payload: "4x" },
		{ opcode: 0, fin: false, payload: "4x" },
		{ opcode: 9, fin: false, payload: "x" },
		{ opcode: 9, payload: Buffer.alloc(126) },
		{ opcode: 8, payload: Buffer.alloc(126) },
		{ opcode: 9, rsv: 4, payload: "" },
		{ opcode: 1, payload: Buffer.from([0x34, 0xff, 0xfe]) },
		{ opcode: 1, payload: Buffer.from([0x34, 0xc3, 0x28]) },
		{ opcode: 1, payload: Buffer.from([0x34, 0xed, 0xa0, 0x80]) },
		{ opcode: 1, payload: Buffer.from([0x34, 0xc3]) },
		{ opcode: 1, payload: "4", length: 2 ** 40 },
		{ opcode: 2, payload: "4", length: 2000000 },
	]);
}
