/*
 * Generated packets and payloads, good ones and damaged ones.
 */
const SEPARATOR = "\x1e";
const WORDS = ["", "a", "hello", "é", "日本", "😀", "\u2028", "\\", '"', "\n", "\u0000", "a,b", "<>&", "~", "\x7f", "1", "null"];
const EVENTS = [[60, "echo"], [10, "silent"], [5, "blocked"], [5, "rewritten"], [5, "unknown"], [3, "volatile-pair"]];
const RESERVED = ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"];
const NUMBERS = ["0", "1", "-1", "1.5", "1e3", "-0", "9007199254740991", "9007199254740993", "1e400", "0.1", "1E-7", "123456789012345678901234567890", "1.0"];

export function json(random, depth = 2) {
	return random.weighted([
		[4, JSON.stringify(random.pick(WORDS))],
		[3, random.pick(NUMBERS)],
		[2, random.pick(["true", "false", "null"])],
		[depth > 0 ? 2 : 0, array(random, depth)],
		[depth > 0 ? 2 : 0, object(random, depth)],
	]);
}

function array(random, depth) {
	return depth > 0 ? `[${random.times(0, 3, () => json(random, depth - 1)).join(",")}]` : "[]";
}

export function object(random, depth) {
	const member = () => `${JSON.stringify(random.pick(["a", "b", "", "1", "token", "_placeholder", "num", "é"]))}:${json(random, depth - 1)}`;
	return depth > 0 ? `{${random.times(0, 3, member).join(",")}}` : "{}";
}

/** A packet of the engine as a client may send it. */
export function enginePacket(random) {
	return random.weighted([
		[30, `4${random.pick(WORDS)}${random.pick(WORDS).replaceAll(SEPARATOR, "")}`],
		[8, `b${random.bytes(random.below(20)).toString("base64")}`],
		[4, "3"],
		[2, random.pick(["0", "5", "6", "3x", "3probe", "0{}"])],
		[2, `4${"x".repeat(random.between(90, 3000))}`],
		[1, "4"],
	]);
}

export function badEnginePacket(random) {
	return random.pick(["", "7", "9x", "x", "a", "-4", " 4x", "\u00004", "2", "2probe", "2x", "1", "1x", "é", "B", "4x\x1e", "\x1e4x", "\x1e\x1e", "b!!!", "b", "bA", "b====", "bAQ-_", "bAQIDBA"]);
}

/** Events, acknowledgements and requests to join, as text and attachments. */
export function socketPacket(random, namespaces, rooms) {
	const name = namespaces.length ? random.pick(namespaces) : "/";
	const head = name === "/" ? "" : `${name},`;
	return random.weighted([
		[60, event(random, head)],
		[10, binaryEvent(random, head)],
		[15, acknowledged(random, head, rooms)],
		[4, [`43${head}${random.below(1000)}[${json(random)}]`]],
		[3, [`42${head}["text",${random.between(0, 3000)}]`]],
		[2, [`42${head}["plain",${random.between(0, 3000)}]`]],
		[2, [`42${head}["bytes",${random.between(0, 40)}]`]],
		[2, [`42${head}["burst",${random.between(0, 5)},false]`]],
	]);
}

function event(random, head) {
	const ack = random.chance(0.3) ? String(random.pick([0, 1, 7, 12, 123456789])) : "";
	return [`42${head}${ack}[${[JSON.stringify(random.weighted(EVENTS)), ...random.times(0, 3, () => json(random))].join(",")}]`];
}

function binaryEvent(random, head) {
	const count = random.between(1, 3);
	const ack = random.chance(0.3) ? random.below(100) : "";
	const holders = random.times(count, count, (i) => {
		const holder = `{"_placeholder":true,"num":${i}}`;
		return random.pick([holder, `[${holder}]`, `{"a":${holder}}`]);
	});
	return [`45${count}-${head}${ack}["echo",${holders.join(",")}]`, ...holders.map(() => random.bytes(random.below(12)))];
}

function acknowledged(random, head, [room, other]) {
	const id = random.below(50);
	const call = random.pick([
		`"set","key",${json(random)}`,
		`"join","${room}"`,
		`"join","${other}"`,
		`"leave","${room}"`,
		`"leave","nowhere"`,
		`"cast",{"to":["${room}"]},"told",${json(random)}`,
		`"cast",{"from":"socket","to":["${room}","${other}"]},"told"`,
		`"cast",{"to":["${room}"],"except":["${other}"]},"told",1`,
		`"cast",{"to":["${room}"],"local":true,"volatile":true},"told",1`,
		`"move-all","${room}","${other}"`,
		`"whoami"`,
	]);
	return [`42${head}${id}[${call}]`];
}

/** Packets of Socket.IO that are wrong, most of them. */
export function badSocketPacket(random) {
	return random.pick([
		() => ["42"], () => ["4"], () => ["47"], () => ["49[]"], () => ["4x"], () => ['42{"a":1}'], () => ["42[]"], () => ["42[null]"],
		() => ["42[true]"], () => ["42[{}]"], () => ["42[[]]"], () => ["42[5]"], () => ['42["echo"'], () => ['42["echo"]x'], () => ['42["echo"] '],
		() => ['42 ["echo"]'], () => ['42["echo",]'], () => ["42['echo']"], () => ['42[,"echo"]'], () => ['42["echo",01]'], () => ['42["echo",NaN]'],
		() => ['42["echo","\\x"]'], () => ['42["echo","\\ud800"]'], () => ['42["echo","\t"]'], () => ['42["echo",.5]'], () => ['42["echo",+1]'], () => ['42["echo",1.]'],
		() => [`42${JSON.stringify([random.pick(RESERVED), 1])}`],
		() => ["40"], () => ["40[]"], () => ['40"x"'], () => ["40null"], () => ["40{"], () => ["40{}x"], () => ["40/nope"], () => ["40/nope,[]"], () => ["40/chat,null"],
		() => ["40/chat,1"], () => ["40/chat?a=b"], () => ["40//chat,"], () => ["40chat,"], () => ["40/Chat,"], () => ["40/dyn-x,"], () => ["40/dyn-1/,"],
		() => ["41x"], () => ["41{}"], () => ["41"], () => ["41/nope,"], () => ["41/nope"], () => ["41[]"], () => ["41,"],
		() => ["43"], () => ["43[]"], () => ["431"], () => ["431[1]"], () => ['431{"a":1}'], () => ["43-1[]"], () => ["431.5[]"],
		() => ["44"], () => ['44{"message":"x"}'], () => ['44"x"'], () => ["44[]"],
		() => ["45"], () => ["45-[]"], () => ['45["echo"]'], () => ['450-["echo"]'], () => ['45-1-["echo"]'], () => ['451.5-["echo"]'], () => ['4511-["echo"]'],
		() => ['451["echo",{"_placeholder":true,"num":0}]'], () => ['451-["echo",{"_placeholder":true,"num":0}]', "4x"],
		() => ['451-["echo",{"_placeholder":true,"num":1}]', random.bytes(3)], () => ['451-["echo",{"_placeholder":true,"num":-1}]', random.bytes(3)],
		() => ['451-["echo",{"_placeholder":true,"num":"0"}]', random.bytes(3)], () => ['451-["echo",{"_placeholder":true}]', random.bytes(3)],
		() => ['451-["echo",{"_placeholder":false,"num":0}]', random.bytes(3)], () => ['451-["echo",{"_placeholder":true,"num":0,"x":1}]', random.bytes(3)],
		() => ['451-["echo"]', random.bytes(3)], () => ['452-["echo",{"_placeholder":true,"num":0},{"_placeholder":true,"num":0}]', random.bytes(2), random.bytes(1)],
		() => ['451-["echo",{"_placeholder":true,"num":0.5}]', random.bytes(3)],
		() => [random.bytes(3)], () => ["46"], () => ["461-1[]", random.bytes(1)], () => ['461-1[{"_placeholder":true,"num":0}]', random.bytes(1)],
		() => ["42/chat"], () => ["42/chat,"], () => ['42/nope,["echo"]'], () => ['42/chat["echo"]'], () => ['42/,["echo",1]'], () => ['42,["echo",1]'],
		() => ['42007["echo",1]'], () => ['429007199254740993["echo"]'], () => ['4299999999999999999999["echo"]'], () => ['42-1["echo"]'], () => ['421a["echo"]'], () => ['42١["echo"]'],
		() => deep(random), () => ['42["echo",{"__proto__":{"a":1}}]'], () => ['42["echo",{"constructor":1,"a":1,"a":2}]'],
		() => ['42["hasOwnProperty"]'], () => ['42["__proto__"]'], () => ['42["toString",1]'], () => ['42["",1]'], () => ['42["error",1]'], () => ['42["connection",1]'], () => ['42["message",1]'],
		() => ['42["echo","\ufeff"]'], () => ['42\ufeff["echo"]'], () => ['42\n["echo"]'], () => ['42[ "echo" , 1 ]'], () => ['42["ec\\u0068o",1]'],
	])();
}

/** Values in values; the depth that both servers take. */
function deep(random) {
	const depth = random.between(10, 490);
	return [random.pick([`42["echo",${"[".repeat(depth)}${"]".repeat(depth)}]`, `42["echo",${'{"a":'.repeat(depth)}1${"}".repeat(depth)}]`])];
}

/** A packet of which some characters are changed. */
export function mutated(random, text) {
	const list = [...text];
	for (let i = random.between(1, 2); i > 0; i--) {
		const at = random.below(list.length + 1);
		random.pick([
			() => list.splice(at, 1),
			() => list.splice(at, 0, random.pick([..."0123456789[]{}\",:-/x b\\ "])),
			() => list.splice(at, 1, random.pick([..."0123456789[]{}\",:-/x b\\ "])),
			() => list.splice(at),
		])();
	}
	return list.join("");
}

/** Packets as the body of a request. */
export function payload(packets) {
	return packets.map((packet) => (typeof packet === "string" ? packet : `b${packet.toString("base64")}`)).join(SEPARATOR);
}
