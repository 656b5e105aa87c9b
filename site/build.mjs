/*
 * Builds the site from the documents of the project.
 *
 * usage: node build.mjs [--serve]    writes target/site; --serve shows it on http://localhost:4173
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { documents, root, site } from "./pages.mjs";

const repository = /<repository\.url>([^<]*)</.exec(readFileSync(join(root, "socketio-bom/pom.xml"), "utf8"))[1];
const work = join(site, "target");
const source = join(work, "source");

install();
rmSync(source, { recursive: true, force: true });
for (const document of documents()) {
	const target = join(source, pageOf(document));
	mkdirSync(dirname(target), { recursive: true });
	writeFileSync(target, convert(document, readFileSync(join(root, document), "utf8")));
}
cpSync(join(site, "config.mjs"), join(source, ".vitepress/config.mjs"));
cpSync(join(site, "pages.mjs"), join(source, ".vitepress/pages.mjs"));
if (existsSync(join(root, "docs/images"))) {
	cpSync(join(root, "docs/images"), join(source, "images"), { recursive: true });
}
run("build", "--outDir", join(work, "site"));
if (process.argv.includes("--serve")) {
	run("serve", "--outDir", join(work, "site"));
}

/** The page of a document: those of docs/ are at the top, and the README is the first page. */
function pageOf(document) {
	if (document === "README.md") {
		return "index.md";
	}
	return document.startsWith("docs/") ? document.slice("docs/".length) : `project/${document.replaceAll("/", "-")}`;
}

/** Links to documents become links to pages, and links to other files those of the repository. */
function convert(document, text) {
	const pages = documents();
	let fenced = false;
	return text
		.split("\n")
		.map((line) => {
			if (/^\s*```/.test(line)) {
				fenced = !fenced;
			}
			return fenced ? line : line.replace(/(!?)\]\(([^)\s]+)\)/g, (link, image, target) => {
				if (/^([a-z]+:|#)/.test(target)) {
					return link;
				}
				const [path, anchor] = target.split("#");
				const file = relative(root, resolve(root, dirname(document), path));
				const suffix = anchor === undefined ? "" : `#${anchor}`;
				if (pages.includes(file)) {
					return `](${relative(dirname(pageOf(document)), pageOf(file))}${suffix})`;
				}
				if (file.startsWith("docs/images/")) {
					return `](/${file.slice("docs/".length)})`;
				}
				return `](${repository}/blob/main/${file}${suffix})`;
			});
		})
		.join("\n");
}

function install() {
	const lock = readFileSync(join(site, "package-lock.json"), "utf8");
	const stamp = join(work, "installed");
	if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) {
		return;
	}
	mkdirSync(work, { recursive: true });
	for (const file of ["package.json", "package-lock.json"]) {
		cpSync(join(site, file), join(work, file));
	}
	command("npm ci --ignore-scripts --no-audit --no-fund --loglevel=error");
	writeFileSync(stamp, lock);
}

function run(...args) {
	command(`npx vitepress ${args[0]} source ${args.slice(1).join(" ")}`);
}

function command(text) {
	const result = spawnSync(text, { cwd: work, shell: true, stdio: "inherit" });
	if (result.status !== 0) {
		console.error(`failed: ${text}`);
		process.exit(1);
	}
}
