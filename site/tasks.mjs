/*
 * Counts the lines of code of each task of the tutorials, with WebFlux and with Spring MVC. Each line is counted once; blank lines,
 * packages and imports are not counted.
 *
 * usage: node tasks.mjs    prints the table of docs/spring-mvc.md, which check.mjs checks
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./pages.mjs";

const PROJECTS = { WebFlux: "tutorial", "Spring MVC": "tutorial-mvc" };

const MAIN = "src/main/java/com/example/chat";

const TESTS = "src/test/java/com/example/chat";

/** The files of each task. After a # there is one method, which does not count in tasks below that have the whole file. */
const TASKS = [
	["members of a room, with all changes", [`${MAIN}/ChatController.java#watch`]],
	["upload of files", [`${MAIN}/ChatController.java#upload`]],
	["permissions of administrators: `@PreAuthorize` on handler and service", [`${MAIN}/ChatController.java#clear`, `${MAIN}/MessageService.java#clear`]],
	["rooms, messages, acknowledgements", [`${MAIN}/ChatController.java`]],
	["payloads with validation", [`${MAIN}/Room.java`, `${MAIN}/NewMessage.java`]],
	["login with a form, JWT in the auth payload", [`${MAIN}/SecurityConfiguration.java`]],
	["logout that disconnects the sockets of the session", []],
	["a blocking repository", [`${MAIN}/Message.java`, `${MAIN}/MessageRepository.java`, `${MAIN}/MessageService.java`]],
	["a controller that emits to a room", [`${MAIN}/AnnouncementController.java`]],
	["a scheduled method that emits", [`${MAIN}/Clock.java`]],
	["a session that is shared with HTTP", [`${MAIN}/ThemeController.java`]],
	["tests of all tasks", [`${TESTS}/ChatTests.java`, `${TESTS}/LoginTests.java`]],
];

/** The table in Markdown. */
export function table() {
	const counts = Object.values(PROJECTS).map(countTasks);
	const sums = counts.map((count) => count.slice(0, -1).reduce((sum, lines) => sum + lines));
	return [
		`| task | ${Object.keys(PROJECTS).join(" | ")} |`,
		"| --- | ---: | ---: |",
		...TASKS.map(([name], index) => `| ${name} | ${counts.map((count) => count[index]).join(" | ")} |`),
		`| all tasks without the tests | ${sums.join(" | ")} |`,
	].join("\n");
}

function countTasks(project) {
	const counted = new Set();
	return TASKS.map(([, parts]) =>
		parts
			.flatMap((part) => lines(project, ...part.split("#")))
			.filter((line) => !counted.has(line) && counted.add(line)).length,
	);
}

/** The places of the lines of a file or of one method. */
function lines(project, name, method) {
	const file = join(root, project, name);
	const all = readFileSync(file, "utf8").replace(/^\/\*.*?\*\/\n/s, "").split("\n");
	const [from, to] = method ? range(all, method, file) : [0, all.length];
	return all
		.map((text, index) => ({ text, index }))
		.slice(from, to)
		.filter(({ text }) => text.trim() !== "" && !/^(package|import) /.test(text))
		.map(({ index }) => `${file}:${index}`);
}

/** The lines of a method with its annotations. */
function range(all, method, file) {
	const name = all.findIndex((line) => new RegExp(`^\t[^\t@=]*\\b${method}\\(`).test(line));
	if (name < 0) {
		throw new Error(`No method ${method} in ${file}`);
	}
	const start = all.slice(0, name).findLastIndex((line) => line.trim() === "");
	return [start + 1, all.indexOf("\t}", name) + 1];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	console.log(table());
}
