/*
 * Checks the documents: links, anchors, the names of properties in text and in YAML, the reference of properties, what
 * the tasks of the tutorials take, and what is made from measured values.
 *
 * usage: node check.mjs [--update]    --update writes docs/properties.md, the table of tasks in docs/spring-mvc.md, and
 * the picture and the table of growth
 */
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { growth, page, picture, svg, withTable } from "./growth.mjs";
import { chapters, documents, headings, root, slug, withoutBlocks } from "./pages.mjs";
import { properties, reference } from "./properties.mjs";
import { table } from "./tasks.mjs";

/** What documents name because it does not exist. */
const mistakes = ["socketio.ping-intervall"];

const problems = [];
const texts = new Map(documents().map((document) => [document, readFileSync(join(root, document), "utf8")]));

const known = properties();
if (known.size === 0) {
	console.error("No configuration metadata: compile the modules first");
	process.exit(2);
}

checkWritten("docs/properties.md", reference(known), "not what the metadata says");
checkWritten("docs/spring-mvc.md", withTasks(texts.get("docs/spring-mvc.md")), "not what site/tasks.mjs counts");
checkWritten(page, withTable(texts.get(page), growth()), "not what docs/data/growth.json says");
checkWritten(picture, svg(growth()), "not what docs/data/growth.json says");
checkOrder();
const literals = sourceLiterals();
for (const [document, text] of texts) {
	checkLinks(document, text);
	checkNames(document, text);
	checkYaml(document, text);
}
if (problems.length !== 0) {
	console.error(problems.join("\n"));
	console.error(`${problems.length} problems in the documents`);
	process.exit(1);
}
console.log(`${texts.size} documents and ${known.size} properties checked`);

/** What is written by a program has to be what it would write now. */
function checkWritten(file, expected, problem) {
	if (process.argv.includes("--update")) {
		writeFileSync(join(root, file), expected);
		if (texts.has(file)) {
			texts.set(file, expected);
		}
	} else if (!existsSync(join(root, file)) || readFileSync(join(root, file), "utf8") !== expected) {
		problems.push(`${file}: ${problem}; run node site/check.mjs --update`);
	}
}

function withTasks(text) {
	return text.replace(/^\| task \|.*(\n\|.*)*/m, () => table());
}

function checkOrder() {
	const ordered = chapters.flatMap((chapter) => chapter.pages);
	for (const document of texts.keys()) {
		if (!ordered.includes(document)) {
			problems.push(`${document}: not in site/pages.mjs`);
		}
	}
	for (const page of ordered.filter((page) => !texts.has(page))) {
		problems.push(`site/pages.mjs: ${page} does not exist`);
	}
}

function checkLinks(document, text) {
	const ids = (name) => idsOf(texts.get(name) ?? readFileSync(join(root, name), "utf8"));
	withoutBlocks(text)
		.split("\n")
		.forEach((line, index) => {
			const plain = line.replace(/`[^`]*`/g, (code) => code.replace(/[[\]()]/g, " "));
			for (const [, target] of plain.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)) {
				if (/^[a-z]+:/.test(target)) {
					continue;
				}
				const [path, anchor] = target.split("#");
				const file = path === "" ? document : relative(root, resolve(root, dirname(document), decodeURI(path)));
				if (!existsSync(join(root, file))) {
					problems.push(`${document}:${index + 1}: ${target} does not exist`);
				} else if (anchor !== undefined && file.endsWith(".md") && !ids(file).has(anchor)) {
					problems.push(`${document}:${index + 1}: ${target} has no such heading`);
				}
			}
		});
}

function idsOf(text) {
	const ids = new Set();
	for (const heading of headings(text)) {
		const id = slug(heading);
		let unique = id;
		for (let i = 1; ids.has(unique); i++) {
			unique = `${id}-${i}`;
		}
		ids.add(unique);
	}
	return ids;
}

/** A name is a property, a group of them, or a text of the code, such as the name of a meter. */
function isKnown(name) {
	const plain = name.replace(/\.\*$/, "").replace(/\[[^\]]*\]/g, "").replace(/\.$/, "");
	return (
		known.has(plain) ||
		mistakes.includes(plain) ||
		literals.has(plain) ||
		[...known.keys()].some((property) => property.startsWith(`${plain}.`)) ||
		[...known].some(([property, { type }]) => plain.startsWith(`${property}.`) && /Map|List/.test(type))
	);
}

function checkNames(document, text) {
	if (document === "CHANGELOG.md") {
		return;
	}
	withoutBlocks(text)
		.split("\n")
		.forEach((line, index) => {
			for (const [, name] of line.matchAll(/`(?:--)?(socketio\.[a-z0-9.*[\]-]+)(?:=[^`]*|: [^`]*)?`/g)) {
				if (!isKnown(name)) {
					problems.push(`${document}:${index + 1}: ${name} is neither a property nor a name in the code`);
				}
			}
		});
}

function checkYaml(document, text) {
	for (const [, block] of text.matchAll(/^```ya?ml\n([\s\S]*?)^```/gm)) {
		const path = [];
		for (const line of block.split("\n")) {
			const match = /^( *)([A-Za-z0-9._-]+):(.*)$/.exec(line);
			if (!match) {
				continue;
			}
			const depth = match[1].length;
			while (path.length !== 0 && path.at(-1).depth >= depth) {
				path.pop();
			}
			path.push({ depth, key: match[2] });
			const name = path.map((element) => element.key).join(".");
			const value = match[3].replace(/ #.*$/, "").trim();
			if (name.startsWith("socketio.") && value !== "" && !isKnown(name)) {
				problems.push(`${document}: ${name} in a YAML block is no property`);
			}
		}
	}
}

/** The texts in the code that look like names. */
function sourceLiterals() {
	const found = new Set();
	const visit = (folder) => {
		for (const name of readdirSync(folder)) {
			const path = join(folder, name);
			if (name === "target" || name === "node_modules" || name.startsWith(".")) {
				continue;
			}
			if (statSync(path).isDirectory()) {
				visit(path);
			} else if (name.endsWith(".java") || name.endsWith(".imports")) {
				const text = readFileSync(path, "utf8");
				for (const [, literal] of text.matchAll(/(?:"|^package [a-z.]*?\.)(socketio\.[a-z0-9.-]+)[";]/gm)) {
					found.add(literal);
				}
			}
		}
	};
	visit(root);
	return found;
}
