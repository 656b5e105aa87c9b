/*
 * Generated requests for the client's files.
 */
import { headers } from "./requests.mjs";
import { http } from "./steps.mjs";

const NAMES = ["socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", "socket.io.msgpack.min.js"];
const ODD = ["socket.io.mjs", "socket.io.js.gz", "socket.io", "Socket.io.js", "socket.io.esm.js", "socket.io.js/", "x/socket.io.js", "socket.io.js%20", "socket.io-client.js", "socket.io.msgpack.js"];

export function clientFile(random, { path }) {
	const name = random.weighted([[6, random.pick(NAMES)], [2, `${random.pick(NAMES)}.map`], [2, random.pick(ODD)]]);
	const list = headers(random, {}).filter(([key]) => !["If-None-Match", "Accept-Encoding", "Range"].includes(key));
	if (random.chance(0.5)) {
		list.push(["Accept-Encoding", random.pick(["gzip", "deflate", "br", "gzip, deflate, br", "identity", "gzip;q=0", "gzip;q=0.1, br;q=0.9", "x"])]);
	}
	if (random.chance(0.4)) {
		list.push(["If-None-Match", random.pick(['"4.8.4"', 'W/"4.8.4"', '"4.8.3"', "*", '"4.8.4", "x"', "4.8.4", '"x"'])]);
	}
	const method = random.weighted([[9, "GET"], [1, "HEAD"]]);
	return http(method, `${path}${name}${random.chance(0.2) ? "?t=1" : ""}`, { headers: list });
}
