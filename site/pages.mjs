/*
 * The pages of the book in reading order, and how links between them are named.
 */
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const site = dirname(fileURLToPath(import.meta.url));
export const root = dirname(site);

export const chapters = [
	{ text: "Start", pages: ["README.md", "docs/tutorial.md", "docs/tutorial-mvc.md"] },
	{ text: "The handshake", pages: ["docs/handshake.md"] },
	{ text: "Events and rooms", pages: ["docs/annotated.md", "docs/usage.md"] },
	{ text: "Security", pages: ["docs/security.md"] },
	{ text: "Tests", pages: ["docs/testing.md"] },
	{
		text: "In production",
		pages: [
			"docs/spring-mvc.md",
			"docs/observability.md",
			"docs/many-nodes.md",
			"docs/containers.md",
			"docs/admin-ui.md",
			"docs/troubleshooting.md",
		],
	},
	{ text: "Migration", pages: ["docs/from-nodejs.md", "docs/from-netty-socketio.md"] },
	{
		text: "Reference",
		pages: [
			"docs/configuration.md",
			"docs/properties.md",
			"docs/adapters.md",
			"docs/parity.md",
			"docs/security-matrix.md",
			"docs/security-testing.md",
			"docs/performance.md",
			"docs/support.md",
		],
	},
	{
		text: "The project",
		pages: [
			"ARCHITECTURE.md",
			"CONTRIBUTING.md",
			"docs/releasing.md",
			"CHANGELOG.md",
			"SECURITY.md",
			"GOVERNANCE.md",
			"CODE_OF_CONDUCT.md",
			"sample-app/README.md",
			"sample-app-mvc/README.md",
		],
	},
];

/** All documents, as paths from the top of the project. */
export function documents() {
	const inFolder = (folder) =>
		readdirSync(join(root, folder))
			.filter((name) => name.endsWith(".md"))
			.map((name) => (folder === "." ? name : `${folder}/${name}`));
	const samples = readdirSync(root).filter((name) => name.startsWith("sample-app"));
	return [...inFolder("."), ...inFolder("docs"), ...samples.flatMap(inFolder)];
}

/** The id of a heading, as GitHub makes it. */
export function slug(heading) {
	return heading
		.trim()
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, "")
		.replace(/\s/g, "-");
}

/** The headings of a document, as plain text. */
export function headings(text) {
	return withoutBlocks(text)
		.split("\n")
		.map((line) => /^#{1,6}\s+(.*?)\s*#*$/.exec(line))
		.filter((match) => match !== null)
		.map((match) => match[1].replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[`*]/g, ""));
}

/** A document without its code blocks, with as many lines. */
export function withoutBlocks(text) {
	let fence = null;
	return text
		.split("\n")
		.map((line) => {
			const match = /^\s*(```+|~~~+)/.exec(line);
			if (match && (fence === null || line.trim().startsWith(fence))) {
				fence = fence === null ? match[1] : null;
				return "";
			}
			return fence === null ? line : "";
		})
		.join("\n");
}
