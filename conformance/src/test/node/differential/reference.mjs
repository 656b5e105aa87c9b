/*
 * The reference server with the options, the hooks and the handlers of a profile; started by servers.mjs.
 */
import http from "node:http";
import { attach } from "engine.io";
import { Server } from "socket.io";

const timers = JSON.parse(process.env.TIMERS);
// a package, or undefined for JSON
const parser = process.env.PARSER && (await import(process.env.PARSER)).default;
const server = http.createServer((request, response) => {
	response.writeHead(404);
	response.end();
});

const profiles = {
	"engine-echo": () => {
		const engine = attach(server, { ...engineTimers(), maxHttpBufferSize: 1000000 });
		engine.on("connection", (socket) => socket.on("message", (data) => socket.send(data)));
	},
	wire: () => {
		const io = new Server(server, {
			...timers,
			parser,
			maxHttpBufferSize: 20000,
			cookie: true,
			cors: {
				origin: ["http://app.example", "https://app2.example:8443"],
				credentials: true,
				methods: ["GET", "POST"],
				allowedHeaders: ["content-type", "x-custom"],
				exposedHeaders: ["x-every"],
				maxAge: 600,
			},
			allowRequest: gate,
		});
		addHooks(io.engine);
		addNamespaces(io);
	},
	"wire-alt": () => {
		const io = new Server(server, {
			...timers,
			path: "/alt/io",
			serveClient: false,
			allowUpgrades: false,
			httpCompression: false,
			perMessageDeflate: true,
			maxHttpBufferSize: 100,
			cookie: { name: "sticky", path: "/alt", httpOnly: false, sameSite: "strict", secure: true, maxAge: 3600 },
			cors: { origin: "*" },
			connectionStateRecovery: { maxDisconnectionDuration: 3000, skipMiddlewares: true },
		});
		addNamespaces(io);
	},
};

function engineTimers() {
	const { connectTimeout, ...rest } = timers;
	return rest;
}

function gate(request, callback) {
	switch (request._query.gate) {
		case "deny":
			return callback(null, false);
		case "deny-message":
			return callback("try again later", false);
		case "slow":
			return setTimeout(() => callback(null, true), 150);
		case "slow-deny":
			return setTimeout(() => callback(null, false), 150);
		case "cookie-deny":
			return callback(null, /(^|;\s*)pass=1(;|$)/.test(request.headers.cookie ?? ""));
		default:
			return callback(null, true);
	}
}

function addHooks(engine) {
	engine.use((request, response, next) => {
		switch (request._query.mw) {
			case "end":
				response.writeHead(503);
				return response.end();
			case "fail":
				return next(new Error("failed"));
			default:
				response.setHeader("x-mw", "1");
				next();
		}
	});
	engine.on("initial_headers", (headers, request) => {
		headers["x-initial"] = "1";
		if ("cookies" in request._query) {
			addCookies(headers, "a=1; Path=/", "b=2; Path=/; HttpOnly");
		}
	});
	engine.on("headers", (headers, request) => {
		headers["x-every"] = "1";
		if ("everycookie" in request._query) {
			addCookies(headers, "every=1");
		}
	});
	const generateId = engine.generateId.bind(engine);
	engine.generateId = (request) => {
		const id = request._query.genid;
		if (id === "fail") {
			throw new Error("no id");
		}
		return id === undefined ? generateId(request) : `custom-${id}`;
	};
}

function addCookies(headers, ...cookies) {
	const name = Object.keys(headers).find((key) => key.toLowerCase() === "set-cookie") ?? "set-cookie";
	headers[name] = [headers[name] ?? [], cookies].flat();
}

function addNamespaces(io) {
	addHandlers(io.of("/"));
	addHandlers(io.of("/chat"));
	addHandlers(io.of("/auth").use(authenticate));
	addHandlers(io.of("/slow").use((socket, next) => setTimeout(next, 200)));
	const dynamic = io.of(/^\/dyn-\d+$/);
	dynamic.on("connection", (socket) => socket.emit("hello-from", socket.nsp.name));
	addHandlers(dynamic);
}

function authenticate(socket, next) {
	if (socket.handshake.auth.token === "secret") {
		return next();
	}
	next(Object.assign(new Error("not authorized"), { data: { code: 401, hint: "token" } }));
}

function addHandlers(namespace) {
	namespace.on("connection", (socket) => {
		socket.use(intercept);
		socket.on("error", (error) => {
			if (error.message === "blocked by middleware") {
				socket.emit("handler-error", error.message);
			}
		});
		for (const [name, handler] of Object.entries(handlers)) {
			socket.on(name, (...args) => guarded(handler, socket, args));
		}
	});
}

/** A client that leaves out an argument must not end the process. */
function guarded(handler, socket, args) {
	try {
		Promise.resolve(handler(socket, ...args)).catch(() => {});
	} catch {
		// as if the event had not been there
	}
}

function intercept(args, next) {
	if (args[0] === "blocked") {
		return next(new Error("blocked by middleware"));
	}
	if (args[0] === "rewritten") {
		args[0] = "echo";
	}
	next();
}

function split(args) {
	return typeof args.at(-1) === "function" ? [args.slice(0, -1), args.at(-1)] : [args, undefined];
}

function target(socket, spec) {
	let operator = spec.from === "socket" ? socket.broadcast : socket.nsp;
	if (spec.to?.length) {
		operator = operator.to(spec.to);
	}
	if (spec.except?.length) {
		operator = operator.except(spec.except);
	}
	if (spec.volatile) {
		operator = operator.volatile;
	}
	return spec.local ? operator.local : operator;
}

const handlers = {
	echo: (socket, ...all) => {
		const [args, ack] = split(all);
		ack ? ack(...args) : socket.emit("echo", ...args);
	},
	whoami: (socket, ack) =>
		ack({
			id: socket.id,
			nsp: socket.nsp.name,
			rooms: [...socket.rooms],
			transport: socket.conn.transport.name,
			recovered: socket.recovered,
			data: socket.data,
			handshake: socket.handshake,
		}),
	set: (socket, key, value, ack) => {
		socket.data[key] = value;
		ack();
	},
	join: (socket, room, ack) => {
		socket.join(room);
		ack([...socket.rooms]);
	},
	leave: (socket, room, ack) => {
		socket.leave(room);
		ack([...socket.rooms]);
	},
	cast: (socket, spec, event, ...rest) => {
		const [args, ack] = split(rest);
		target(socket, spec).emit(event, ...args);
		ack?.();
	},
	ask: (socket, timeout, event, ...rest) => {
		const [args, ack] = split(rest);
		socket.timeout(timeout).emit(event, ...args, (error, ...values) => ack(error ? { ok: false } : { ok: true, values }));
	},
	"ask-all": (socket, spec, timeout, event, ...rest) => {
		const [args, ack] = split(rest);
		target(socket, spec)
			.timeout(timeout)
			.emit(event, ...args, (error, responses) => ack({ ok: !error, responses }));
	},
	count: async (socket, room, ack) => {
		ack((await (room === null ? socket.nsp : socket.nsp.in(room)).fetchSockets()).length);
	},
	"move-all": (socket, room, other, ack) => {
		socket.nsp.in(room).socketsJoin(other);
		socket.nsp.in(room).socketsLeave(room);
		ack();
	},
	kick: (socket, room, close) => socket.nsp.in(room).disconnectSockets(close),
	bye: (socket, close) => socket.disconnect(close),
	text: (socket, length) => socket.emit("text", "x".repeat(length)),
	plain: (socket, length) => socket.compress(false).emit("text", "x".repeat(length)),
	bytes: (socket, length) => socket.emit("bytes", Buffer.from(Array.from({ length }, (_, i) => i % 256))),
	burst: (socket, length, bye) => {
		for (let i = 0; i < length; i++) {
			socket.emit("burst", i);
		}
		if (bye) {
			socket.disconnect(true);
		}
	},
	"volatile-pair": (socket) => {
		socket.emit("v", "regular");
		socket.volatile.emit("v", "volatile");
	},
	"volatile-later": (socket, delay) => setTimeout(() => socket.volatile.emit("v", "later"), delay),
	silent: () => {},
};

profiles[process.env.PROFILE]();
server.listen(0, "127.0.0.1", () => console.log(`listening on port ${server.address().port}`));
