/*
 * Adds the npm packages in the bundles to the list of dependencies (SBOM, CycloneDX) of this module.
 * Usage: node sbom.mjs <packages.json of bundle.mjs> <file of the SBOM>
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const [packages, file] = process.argv.slice(2);

if (!existsSync(file)) {
	console.log("There is no list of dependencies, as Maven is offline");
	process.exit(0);
}

const sbom = JSON.parse(readFileSync(file, "utf8"));
const components = JSON.parse(readFileSync(packages, "utf8")).map(component);
const refs = new Set(components.map((one) => one["bom-ref"]));
const others = (list) => (list ?? []).filter((one) => !refs.has(one["bom-ref"] ?? one.ref));

sbom.components = [...others(sbom.components), ...components];
const root = sbom.metadata.component["bom-ref"];
const known = sbom.dependencies?.find((one) => one.ref === root)?.dependsOn ?? [];
sbom.dependencies = [
	{ ref: root, dependsOn: [...new Set([...known, ...refs])] },
	...others(sbom.dependencies).filter((one) => one.ref !== root),
	...[...refs].map((ref) => ({ ref })),
];
writeFileSync(file, JSON.stringify(sbom, null, 2));

function component({ name, version, license, integrity }) {
	const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
	const [group, local] = name.startsWith("@") ? name.split("/") : [undefined, name];
	return {
		type: "library",
		"bom-ref": purl,
		group,
		name: local,
		version,
		scope: "required",
		hashes: [{ alg: "SHA-512", content: Buffer.from(integrity.replace("sha512-", ""), "base64").toString("hex") }],
		licenses: [{ license: { id: license } }],
		purl,
	};
}
