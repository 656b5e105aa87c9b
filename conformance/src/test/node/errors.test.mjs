/* Everything that fails in handlers is told to the official client, with a code and nothing else. */
import { describe, test } from "node:test";
import { ask, event, io4, open } from "./clients.mjs";
import { assert, sleep, useServer, within } from "./support.mjs";

const INTERNAL = { code: "internal", message: "Internal server error" };

/** What clients learn of the exceptions that the handlers throw, and of their results. */
const KINDS = {
	own: { code: "sold-out", message: "Sold out" },
	denied: { code: "access-denied", message: "Access denied" },
	login: { code: "unauthenticated", message: "Not authenticated" },
	"not-found": { code: "not-found", message: "No such order" },
	timeout: { code: "timeout", message: "Timed out" },
	gateway: INTERNAL,
	checked: INTERNAL,
	unknown: INTERNAL,
	unwritable: INTERNAL,
};

/** Those that only code that is called may throw. */
const THROWN = { linkage: INTERNAL, stack: INTERNAL };

const FIELDS = [
	{ path: "kind", message: "must not be blank" },
	{ path: "size", message: "must be less than or equal to 10" },
];

const EVENTS = ["blocking", "waiting", "mono", "later", "early", "serial", "stage", "stream", "stream-early"];

const THROWING = ["blocking", "early", "stream-early"];

const LEAK = /secret|java|spring|exception|stack|\bat |com\.example|jdbc/i;

const basic = (name) => ({ Authorization: `Basic ${Buffer.from(`${name}:pw`).toString("base64")}` });

/** Connects as a user, or as nobody if the user is null. */
async function connect(server, nsp, { transport = "websocket", user = "ann", ...options } = {}) {
	const socket = open(io4, server, { nsp, transports: [transport], reconnection: false, extraHeaders: user && basic(user), ...options });
	// may come with the packet that connects
	socket.expiring = new Promise((done) => socket.once("auth:expiring", done));
	await event(socket, "connect");
	return socket;
}

/** The error with which a client is refused. */
async function refusal(server, nsp, { user, auth } = {}) {
	const socket = open(io4, server, { nsp, transports: ["websocket"], reconnection: false, extraHeaders: user && basic(user), auth });
	const connected = within(new Promise((done) => socket.once("connect", done)), 10000, "a refusal").then(() => assert.fail("connected"));
	connected.catch(() => {});
	const [{ message, data }] = await Promise.race([event(socket, "connect_error"), connected]);
	socket.close();
	assert.doesNotMatch(JSON.stringify([message, data]), LEAK);
	return { message, data };
}

/** Checks an acknowledgement and returns the id of the error, if it has one. */
function assertError(answer, expected, what) {
	assert.equal(answer.length, 1, what);
	const { id, ...error } = answer[0]?.error ?? {};
	assert.deepEqual([error, Object.keys(answer[0])], [expected, ["error"]], what);
	assert.equal(id !== undefined, expected.code === "internal", what);
	assert.doesNotMatch(JSON.stringify(answer), LEAK, what);
	return id;
}

describe("errors of handlers", () => {
	const server = useServer("errors");

	/** Waits until the log has the ids of errors. */
	async function assertLogged(ids) {
		assert.ok(ids.length > 0);
		for (const end = Date.now() + 10000; ids.some((id) => !server.output().includes(`error ${id}`)); await sleep(10)) {
			assert.ok(Date.now() < end, `the log has not ${ids}`);
		}
	}

	for (const [nsp, more] of Object.entries({ "/annotated": [], "/functional": ["listener"] })) {
		for (const transport of ["websocket", "polling"]) {
			test(`SEC-75 each error of each kind of handler of ${nsp} is the acknowledgement over ${transport}`, async () => {
				const socket = await connect(server, nsp, { transport });
				const asked = [];
				for (const name of [...EVENTS, ...more]) {
					const kinds = { ...KINDS, handled: { code: "handled", message: name } };
					Object.assign(kinds, THROWING.includes(name) ? THROWN : {});
					for (const [kind, expected] of Object.entries(kinds)) {
						asked.push(ask(socket, name, { kind, size: 1 }).then((answer) => assertError(answer, expected, `${name} ${kind}`)));
					}
				}
				const ids = (await Promise.all(asked)).filter((id) => id !== undefined);
				await assertLogged([...new Set(ids)]);
				// what comes next is handled
				for (const name of EVENTS) {
					assert.deepEqual(await ask(socket, name, { kind: "none", size: 1 }), name.startsWith("stream") ? [] : ["none"], name);
				}
				socket.close();
			});
		}

		test(`arguments of ${nsp} that are missing, of another type or not valid`, async () => {
			const socket = await connect(server, nsp);
			for (const name of EVENTS) {
				for (const none of [[], [null]]) {
					assertError(await ask(socket, name, ...none), { code: "missing-argument", message: "Argument 0 is missing" }, name);
				}
				for (const other of ["secret", 17, true, ["secret"], { kind: { secret: 1 }, size: 1 }, { kind: "none", size: "secret" }, Buffer.from("secret")]) {
					const error = { code: "invalid-argument", message: "Argument 0 does not have the expected type" };
					assertError(await ask(socket, name, other), error, `${name} ${JSON.stringify(other)}`);
				}
				const [{ error }] = await ask(socket, name, { kind: " ", size: 99 });
				error.fields.sort((one, other) => one.path.localeCompare(other.path));
				assertError([{ error }], { code: "validation", message: "Argument 0 is not valid", fields: FIELDS }, name);
			}
			socket.close();
		});

		test(`method security of ${nsp}`, async () => {
			const [user, nobody, admin] = [await connect(server, nsp), await connect(server, nsp, { user: null }), await connect(server, nsp, { user: "root" })];
			for (const name of ["secured-blocking", "secured-mono", "secured-stream"]) {
				assertError(await ask(user, name), KINDS.denied, name);
				assertError(await ask(nobody, name), KINDS.login, name);
				assert.deepEqual(await ask(admin, name), name === "secured-stream" ? [] : ["root"], name);
			}
			[user, nobody, admin].forEach((socket) => socket.close());
		});
	}

	test("a stream emits its values before the error", async () => {
		const socket = await connect(server, "/annotated");
		const items = [];
		socket.on("item", (item) => items.push(item));
		assertError(await ask(socket, "stream", { kind: "own", size: 1 }), KINDS.own);
		assert.deepEqual(items, ["first"]);
		socket.close();
	});

	test("an error without an acknowledgement closes nothing", async () => {
		const socket = await connect(server, "/annotated");
		EVENTS.forEach((name) => socket.emit(name, { kind: "unknown", size: 1 }));
		assert.deepEqual(await ask(socket, "blocking", { kind: "none", size: 1 }), ["none"]);
		assert.ok(socket.connected);
		socket.close();
	});

	test("SEC-73 errors of methods that decide who may join are connect_error", async () => {
		const refused = { message: "Internal server error", data: undefined };
		for (const nsp of ["/door-blocking", "/door-mono", "/door-early"]) {
			const asked = async (kind) => refusal(server, nsp, { user: "ann", auth: { kind, size: 1 } });
			for (const kind of ["own", "denied", "login", "not-found", "timeout"]) {
				assert.deepEqual(await asked(kind), { message: KINDS[kind].message, data: KINDS[kind] }, `${nsp} ${kind}`);
			}
			for (const kind of ["gateway", "checked", "unknown", "handled", ...(nsp === "/door-mono" ? [] : Object.keys(THROWN))]) {
				assert.deepEqual(await asked(kind), refused, `${nsp} ${kind}`);
			}
			const invalid = await refusal(server, nsp, { auth: { kind: "", size: 99 } });
			invalid.data.fields.sort((one, other) => one.path.localeCompare(other.path));
			assert.deepEqual(invalid.data, { code: "validation", message: "The auth payload is not valid", fields: FIELDS });
			assert.equal((await refusal(server, nsp, { auth: { kind: "own", size: "secret" } })).data.code, "invalid-argument");
			assert.equal((await refusal(server, nsp, { auth: { kind: "denied", size: 1 } })).data.code, "unauthenticated");
			const socket = await connect(server, nsp, { auth: { kind: "none", size: 1 } });
			socket.close();
		}
		assert.equal((await refusal(server, "/door-property")).data.code, "missing-argument");
		assert.equal((await refusal(server, "/door-property", { auth: { invitation: "secret" } })).data.code, "invalid-argument");
		assert.deepEqual(await refusal(server, "/door-property", { auth: { invitation: 2 } }), { message: "Not invited", data: { code: "not-invited" } });
		assert.deepEqual(await refusal(server, "/nowhere"), { message: "Invalid namespace", data: undefined });
	});

	test("method security decides who may join", async () => {
		assert.equal((await refusal(server, "/admin", { user: "ann" })).data.code, "access-denied");
		assert.equal((await refusal(server, "/admin")).data.code, "unauthenticated");
		(await connect(server, "/admin", { user: "root" })).close();
	});

	test("SEC-73 errors of authenticators are connect_error", async () => {
		assert.deepEqual(await refusal(server, "/token", { auth: { token: "ann" } }), { message: "Invalid token", data: { code: "invalid-token" } });
		assert.deepEqual(await refusal(server, "/token", { auth: { token: "bug" } }), { message: "Internal server error", data: undefined });
		const socket = await connect(server, "/token", { user: null, auth: (send) => send({ token: "eve 3600000" }) });
		assert.deepEqual(await ask(socket, "whoami"), ["eve"]);
		socket.close();
	});

	test("an authentication that is not renewed ends the connection, and one that is renewed keeps it", async () => {
		const lifetime = 3000;
		const renewed = await connect(server, "/token", { user: null, auth: { token: `eve ${lifetime} USER` } });
		const id = renewed.id;
		const reasons = [];
		renewed.on("disconnect", (reason) => reasons.push(reason));
		const { expiresAt, disconnectIn } = await within(renewed.expiring, 10000, "auth:expiring");
		assert.ok(disconnectIn > 0 && disconnectIn <= lifetime + 1000, `${disconnectIn}`);
		assertError(await ask(renewed, "secured-mono"), KINDS.denied);
		for (const [payload, code] of [[{ token: "adam 3600000" }, "principal-mismatch"], [{ token: "eve" }, "invalid-token"], [{}, "unauthenticated"], [{ token: "bug" }, "internal"]]) {
			const [{ error }] = await ask(renewed, "auth:renew", payload);
			assert.equal(error.code, code);
			assert.doesNotMatch(JSON.stringify(error), LEAK);
		}
		assertError(await ask(renewed, "secured-mono"), KINDS.denied);
		const [renewal] = await ask(renewed, "auth:renew", { token: "eve 7200000 ADMIN" });
		assert.ok(renewal.expiresAt > expiresAt, `${renewal.expiresAt} after ${expiresAt}`);
		assert.deepEqual([await ask(renewed, "secured-mono"), await ask(renewed, "secured-blocking"), await ask(renewed, "whoami")], [["eve"], ["eve"], ["eve"]]);

		// expires after the first authentication of the other
		const expired = await connect(server, "/token", { user: null, auth: { token: `eve ${lifetime}` } });
		const told = await within(expired.expiring, 10000, "auth:expiring");
		assert.ok(told.expiresAt >= expiresAt);
		assert.deepEqual((await event(expired, "disconnect", 30000))[0], "io server disconnect");
		assert.deepEqual([await ask(renewed, "whoami"), renewed.id, renewed.connected, reasons], [["eve"], id, true, []]);
		renewed.close();
		expired.close();
	});
});
