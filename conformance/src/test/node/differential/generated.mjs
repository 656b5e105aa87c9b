/*
 * Scenarios made by chance from a seed.
 */
import { badFrame, controlFrame, fragments } from "./badframes.mjs";
import { clientFile } from "./clientfiles.mjs";
import { badEnginePacket, badSocketPacket, enginePacket, mutated, object, payload, socketPacket } from "./payloads.mjs";
import { Random } from "./random.mjs";
import { contentType, headers, query, singleRequest, websocketHeaders } from "./requests.mjs";
import { chunked, drain, frames, handshake, http, isAlive, join, marked, OFFERS, poll, post, PROFILES, target, ws } from "./steps.mjs";

const NAMESPACES = ["/chat", "/auth", "/dyn-1", "/dyn-23"];

/** Scenarios with about as many steps as asked for. */
export function generated(name, seed, count) {
	const list = [];
	for (let steps = 0, i = 0; steps < count; i++) {
		const random = new Random(Math.imul(seed, 1000003) + i * 7919 + name.length);
		const scenario = { ...make(random, { name, ...PROFILES[name] }), id: `g${i}`, isGenerated: true };
		scenario.title = `${scenario.kind} ${i}`;
		list.push(scenario);
		steps += scenario.steps.length;
	}
	return list;
}

function make(random, profile) {
	const kind = random.weighted([
		[30, "request"], [22, "polling"], [25, "websocket"], [8, "websocket handshake"], [8, "upgrade"],
		[profile.name === "engine-echo" ? 0 : 7, "client file"], [profile.name === "engine-echo" ? 0 : 6, "restless"],
	]);
	return { kind, steps: MAKERS[kind](random, profile) };
}

const MAKERS = {
	request: (random, profile) => random.times(1, 4, () => singleRequest(random, profile)).flatMap((step) => [step]),
	polling,
	websocket,
	"websocket handshake": websocketHandshake,
	upgrade,
	restless,
	"client file": (random, profile) => random.times(1, 3, () => clientFile(random, profile)),
};

function isEngine(profile) {
	return profile.name === "engine-echo";
}

function namespaces(random) {
	return NAMESPACES.filter(() => random.chance(0.3));
}

function auth(random, name) {
	return name === "/auth" && random.chance(0.7) ? '{"token":"secret"}' : random.chance(0.5) ? object(random, 2) : "";
}

function rooms() {
	return ["room-{{run}}", "other-{{run}}"];
}

function packets(random, profile, joined) {
	if (isEngine(profile)) {
		return random.times(1, 4, () => enginePacket(random));
	}
	const all = random.times(1, profile.limit < 1000 ? 1 : 4, () => socketPacket(random, joined, rooms()));
	return all.flat();
}

function badPackets(random, profile, joined) {
	const damaged = () => {
		const [first, ...rest] = isEngine(profile) ? [enginePacket(random)] : socketPacket(random, joined, rooms());
		return [mutated(random, first), ...rest];
	};
	return random.weighted([
		[isEngine(profile) ? 5 : 2, [badEnginePacket(random)]],
		[isEngine(profile) ? 0 : 6, isEngine(profile) ? [] : badSocketPacket(random)],
		[3, damaged()],
	]);
}

function polling(random, profile) {
	const extra = random.chance(0.3) ? `&${query(random, { ...profile, wild: false }).replace(/(^|&)(EIO|transport|mw|gate|b64)=[^&]*/g, "")}` : "";
	const steps = [handshake(profile, extra, { headers: headers(random, { profile }) })];
	let joined = [];
	if (!isEngine(profile)) {
		joined = random.chance(0.95) ? ["/"] : [];
		steps.push(...(joined.length ? [post(profile, "40"), poll(profile)] : []));
		for (const name of joined.length ? namespaces(random) : []) {
			steps.push(post(profile, `40${name},${auth(random, name)}`), drain(profile));
		}
	}
	for (let i = random.between(1, 4); i > 0; i--) {
		const list = packets(random, profile, joined);
		const body = payload(list);
		const { headers: lines } = postHeaders(random);
		const isChunked = !body.includes("{{run}}") && random.chance(0.15);
		const sent = isChunked
			? post(profile, chunked(body, random.below(body.length + 1)), { headers: [...lines, ["Transfer-Encoding", "chunked"]] })
			: post(profile, body, { headers: lines });
		steps.push(sent, drain(profile));
	}
	const end = random.weighted([
		[5, [post(profile, payload(badPackets(random, profile, joined))), drain(profile), isAlive(profile)]],
		[1, [post(profile, Buffer.concat([Buffer.from("4"), random.bytes(random.between(1, 8))])), isAlive(profile)]],
		[1, [http(random.pick(["PUT", "DELETE", "OPTIONS", "HEAD"]), target(profile), { headers: headers(random, { profile }) }), isAlive(profile)]],
		[1, [http("GET", target(profile).replace(/EIO=4/, random.pick(["EIO=3", "EIO=", "x=4"]))), isAlive(profile)]],
		[1, [post(profile, `4${"x".repeat(profile.limit + random.between(-3, 3))}`), isAlive(profile)]],
	]);
	return [...steps, ...end, post(profile, "1"), isAlive(profile)];
}

function postHeaders(random) {
	const list = headers(random, {}).filter(([name]) => name !== "Expect");
	return { headers: random.chance(0.8) ? [...list, contentType(random)] : list.length ? list : [["X-None", "1"]] };
}

function websocket(random, profile) {
	const extensions = profile.name === "wire-alt" && random.chance(0.5) ? [["Sec-WebSocket-Extensions", random.pick(OFFERS)]] : [];
	const steps = [ws(profile, random.chance(0.1) ? "&b64=1" : "", { extra: extensions })];
	let joined = [];
	if (!isEngine(profile)) {
		joined = random.chance(0.95) ? ["/"] : [];
		steps.push(...(joined.length ? [join()] : []));
		for (const name of joined.length ? namespaces(random) : []) {
			steps.push(join(name, auth(random, name)));
		}
	}
	for (let i = random.between(1, 4); i > 0; i--) {
		const list = messages(random, packets(random, profile, joined));
		const canDeflate = ({ opcode, fin, payload: data }) => extensions.length && ![0, 9, 10].includes(opcode) && fin !== false && !String(data).includes("{{");
		steps.push(marked(profile, list.map((frame) => (canDeflate(frame) && random.chance(0.3) ? { ...frame, deflate: true } : frame))));
	}
	const end = random.weighted([
		[5, () => marked(profile, messages(random, badPackets(random, profile, joined)))],
		[3, () => frames([badFrame(random, profile)])],
		[2, () => frames([{ opcode: 8, payload: closePayload(random) }])],
		[1, () => marked(profile, [{ payload: `4${"x".repeat(profile.limit + random.between(-3, 3))}` }])],
	])();
	return [...steps, end, ...(end.marker ? [marked(profile, [])] : [{ op: "closed", of: "ws" }])];
}

/** Joins namespaces, leaves them, and joins them again. */
function restless(random, profile) {
	const steps = [ws(profile), join()];
	const joined = new Set();
	for (let i = random.between(4, 12); i > 0; i--) {
		const name = random.pick([...NAMESPACES, "/slow"]);
		if (!joined.has(name)) {
			joined.add(name);
			steps.push(join(name, name === "/auth" ? '{"token":"secret"}' : ""));
		} else if (random.chance(0.6)) {
			joined.delete(name);
			steps.push(marked(profile, random.chance(0.5) ? [`42${name},["echo",${i}]`, `41${name},`] : [`41${name},`]));
		} else {
			steps.push(marked(profile, [`42${name},${i}["echo",${i}]`, `42${name},["burst",${random.below(10)},false]`]));
		}
	}
	return [...steps, marked(profile, [])];
}

/** Frames of packets, some of them in pieces, and control frames in between. */
function messages(random, list) {
	return list.flatMap((packet) => {
		const frame = typeof packet === "string" ? { payload: packet } : { opcode: 2, payload: packet };
		const control = random.chance(0.1) ? [controlFrame(random)] : [];
		return [...(random.chance(0.15) && typeof packet !== "string" ? fragments(random, frame) : [frame]), ...control];
	});
}

function closePayload(random) {
	const code = random.pick([1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 3000, 3999, 4000, 4999, 1004, 1005, 1006, 1015, 999, 0, 2999, 5000]);
	const head = Buffer.from([code >> 8, code & 0xff]);
	return random.pick([Buffer.alloc(0), Buffer.from([3]), head, head, head, Buffer.concat([head, Buffer.from("bye")]), Buffer.concat([head, Buffer.from([0xff])])]);
}

function websocketHandshake(random, profile) {
	const isOdd = random.chance(0.5);
	const wild = !isOdd && random.chance(0.7);
	const parameters = wild ? query(random, { ...profile, transport: "websocket" }) : "EIO=4&transport=websocket";
	const open = ws(profile, "", { headers: websocketHeaders(random, profile, isOdd) });
	return [{ ...open, target: `${profile.path}?${parameters}` }, frames([{ opcode: 8, payload: Buffer.from([3, 232]) }])];
}

function upgrade(random, profile) {
	const steps = [handshake(profile)];
	if (!isEngine(profile)) {
		steps.push(post(profile, "40"), poll(profile));
	}
	if (random.chance(0.5)) {
		steps.push(post(profile, profile.marker("before")));
	}
	const id = random.weighted([[8, "{{sid}}"], [1, "unknown"]]);
	steps.push(ws(profile, `&sid=${id}`, { until: undefined, save: undefined }));
	if (profile.name === "wire-alt" && id === "{{sid}}") {
		// upgrades are switched off, so that the sessions are not alike any more
		return steps;
	}
	const good = [
		frames(["2probe"], { until: "^3probe$" }),
		...(random.chance(0.3) ? [frames(["2probe"], { until: "^3probe$" })] : []),
		...(random.chance(0.5) ? [post(profile, profile.marker("between"))] : []),
		...(random.chance(0.7) ? [drain(profile)] : []),
		marked(profile, ["5"]),
		poll(profile),
		isAlive(profile),
		marked(profile, [profile.marker("after")]),
	];
	const bad = [
		...(random.chance(0.5) ? [frames(["2probe"], { until: "^3probe$" })] : []),
		random.pick([
			frames([random.pick(["4x", "2", "x", "", "6", "3", "0", "1", "2probex", "bAQ==", "5x"])]),
			frames([{ opcode: 8, payload: Buffer.from([3, 232]) }]),
			frames([{ opcode: 2, payload: Buffer.from([1]) }]),
		]),
		{ op: "closed", of: "ws" },
		drain(profile),
		isAlive(profile),
	];
	const direct = [marked(profile, ["5"]), poll(profile), marked(profile, [])];
	return [...steps, ...random.weighted([[4, good], [4, bad], [1, direct]])];
}
