/*
 * Writes the results as JUnit does, to the file that CONFORMANCE_REPORT names. Node's own reporter loses its file when it
 * is told to end (--test-force-exit), which it must be, as clients of a test that failed may still be open.
 */
import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import { Transform } from "node:stream";

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;" };

const escape = (text) => String(text).replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, "?").replace(/[&<>"\n]/g, (char) => ENTITIES[char]);

export default class Reporter extends Transform {
	#names = [];
	#cases = [];

	constructor() {
		super({ writableObjectMode: true });
		process.on("exit", () => writeFileSync(process.env.CONFORMANCE_REPORT, this.#report()));
	}

	_transform({ type, data }, encoding, done) {
		if (type === "test:start") {
			this.#names.length = data.nesting;
			this.#names.push(data.name);
		} else if (type === "test:pass" || type === "test:fail") {
			this.#add(type === "test:pass", data);
		}
		done();
	}

	#add(passed, { name, nesting, skip, file, details: { type, error, duration_ms: duration } }) {
		if (type === "suite" && skip === undefined && (passed || error?.failureType === "subtestsFailed")) {
			return;
		}
		const words = [...this.#names.slice(0, nesting), name].join(", ");
		const result = passed ? leftOut(skip) : `<failure message="${escape(error?.cause?.message ?? error?.message)}"/>`;
		this.#cases.push(`<testcase name="${escape(words)}" classname="${escape(basename(file ?? "", ".mjs"))}" time="${duration / 1000}">${result}</testcase>`);
	}

	#report() {
		return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="clients">\n${this.#cases.join("\n")}\n</testsuite>\n`;
	}
}

function leftOut(skip) {
	return skip === undefined ? "" : `<skipped message="${escape(skip === true ? "" : skip)}"/>`;
}
