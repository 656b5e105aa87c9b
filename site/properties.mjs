/*
 * The properties of all modules, from the metadata that the annotation processor of Spring Boot has written.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./pages.mjs";

const METADATA = "target/classes/META-INF/spring-configuration-metadata.json";

/** Names and descriptions of the properties that begin with socketio, in the order of their names. */
export function properties() {
	const found = new Map();
	for (const module of readdirSync(root)) {
		const file = join(root, module, METADATA);
		if (module.startsWith("socketio-") && existsSync(file)) {
			for (const property of JSON.parse(readFileSync(file, "utf8")).properties) {
				if (property.name.startsWith("socketio.")) {
					found.set(property.name, { ...property, module });
				}
			}
		}
	}
	return new Map([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The document with all of them. */
export function reference(known) {
	const groups = Map.groupBy ? Map.groupBy(known.values(), group) : groupBy([...known.values()], group);
	const lines = [
		"# Property reference",
		"",
		"Every property of every module, as editors show it. [Configuration](configuration.md) explains them by topic.",
		"This page is generated from the configuration metadata; `node site/check.mjs --update` writes it anew.",
	];
	for (const [name, members] of groups) {
		lines.push("", `## ${name}`, "", "| Property | Type | Default | Description |", "| --- | --- | --- | --- |");
		for (const property of members) {
			lines.push(
				`| \`${property.name}\` | ${type(property.type)} | ${defaultOf(property)} | ${cell(property.description ?? "")} |`,
			);
		}
	}
	return `${lines.join("\n")}\n`;
}

function groupBy(values, key) {
	const groups = new Map();
	for (const value of values) {
		groups.set(key(value), [...(groups.get(key(value)) ?? []), value]);
	}
	return groups;
}

/** The first part of the name, where there are several properties below it. */
function group(property) {
	const parts = property.name.split(".");
	return parts.length > 2 ? `${parts[0]}.${parts[1]}` : parts[0];
}

function type(name) {
	const simple = (name ?? "").replace(/[A-Za-z0-9_]+\./g, "").replace(/[A-Za-z]+\$/g, "");
	return `\`${simple}\``;
}

function defaultOf(property) {
	const value = property.defaultValue;
	return value === undefined || value === null ? "" : `\`${Array.isArray(value) ? value.join(", ") : value}\``;
}

/** Text for a cell of a table: one line, without the tags of Javadoc. */
function cell(text) {
	return text
		.replace(/\{@(?:code|link|literal) ([^}]*)\}/g, "`$1`")
		.replace(/<\/?[a-z]+>/g, "")
		.replace(/\s+/g, " ")
		.replaceAll("|", "\\|")
		.replace(/<(?=[^`]*(?:`[^`]*`[^`]*)*$)/g, "&lt;");
}
