#!/usr/bin/env node
/*
 * Shows that a release can be published and built again. It builds the published modules twice: as they are deployed, signed
 * with a key that lasts as long as the check, and from another path with another user name, home, locale, encoding, time zone and
 * umask. Then it checks the deployed files by the rules of Maven Central, and compares them with those of the second build.
 *
 * Usage: src/release/check.mjs [options for Maven, such as -o]
 *
 * It needs Git, Maven, Node.js and GnuPG, and changes nothing outside of a temporary directory but Maven's cache of
 * downloads. The temporary directory has the deployed files; it is kept if the check fails, or with KEEP=true.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const GROUP = "io/github/springsocketio";
const work = mkdtempSync(join(tmpdir(), "release-"));
const problems = [];
const modules = publishedModules();

function run(command, args, options = {}) {
	const result = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 28, ...options });
	if (result.error || result.status !== 0) {
		throw new Error(`${command} ${args.join(" ")}\n${result.error ?? result.stdout + result.stderr}`);
	}
	return result.stdout;
}

/** The tree as it is, with the version of a release, and the modes of files that a checkout with this umask has. */
function copy(directory, umask) {
	process.umask(umask);
	const files = run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: ROOT }).split("\0");
	for (const file of files.filter((file) => file && existsSync(join(ROOT, file)))) {
		mkdirSync(dirname(join(directory, file)), { recursive: true });
		cpSync(join(ROOT, file), join(directory, file));
		chmodSync(join(directory, file), ((statSync(join(ROOT, file)).mode & 0o100) ? 0o777 : 0o666) & ~umask);
	}
	const snapshot = /<version>(.+)-SNAPSHOT<\/version>/.exec(readFileSync(join(ROOT, "socketio-bom/pom.xml"), "utf8"));
	const version = snapshot?.[1];
	if (version) {
		for (const file of files.filter((file) => file.endsWith("pom.xml") && existsSync(join(directory, file)))) {
			const path = join(directory, file);
			writeFileSync(path, readFileSync(path, "utf8").replaceAll(`${version}-SNAPSHOT`, version));
		}
	}
	return directory;
}

function publishedModules() {
	const all = [...readFileSync(join(ROOT, "pom.xml"), "utf8").matchAll(/<module>(.+)<\/module>/g)].map(([, name]) => name);
	return all.filter((module) =>
		!/<maven.deploy.skip>true</.test(readFileSync(join(ROOT, module, "pom.xml"), "utf8")));
}

function build(directory, repository, { umask, options, env }) {
	const started = Date.now();
	process.umask(umask);
	// without the tests, which "mvn verify" runs: this checks the files that a release deploys, and they would run twice
	const args = ["-B", "-ntp", "-q", "-Prelease", "-Dquick", "-Dmaven.test.skip=true", "-Dmaven.install.skip=true",
		`-DaltDeploymentRepository=local::file://${repository}`, "-pl", modules.join(","), "-am",
		...options, ...process.argv.slice(2), "deploy"];
	run("mvn", args, { cwd: directory, env: { ...process.env, ...env } });
	console.log(`Built in ${Math.round((Date.now() - started) / 1000)} s: ${directory}`);
	return repository;
}

function npm(option) {
	return run("npm", ["config", "get", option]).trim();
}

function localRepository() {
	const option = process.argv.find((argument) => argument.startsWith("-Dmaven.repo.local="));
	return option?.split("=")[1] ?? join(homedir(), ".m2/repository");
}

/** The settings of the user, which the second build does not find in its home. */
function settings() {
	const file = join(homedir(), ".m2/settings.xml");
	return existsSync(file) ? ["-s", file] : [];
}

function createKey() {
	const home = join(work, "gnupg");
	mkdirSync(home, { mode: 0o700 });
	run("gpg", ["--homedir", home, "--batch", "--quiet", "--passphrase", "", "--quick-generate-key",
		"socketio-spring release check <check@example.invalid>", "default", "default", "1d"]);
	return home;
}

/** The files of the artifacts, without checksums, signatures and metadata that repositories make. */
function* artifacts(repository, directory = repository) {
	for (const entry of readdirSync(directory, { withFileTypes: true })) {
		const path = join(directory, entry.name);
		if (entry.isDirectory()) {
			yield* artifacts(repository, path);
		} else if (!/(^maven-metadata.*|\.(asc|md5|sha1|sha256|sha512))$/.test(entry.name)) {
			yield relative(repository, path);
		}
	}
}

function hash(algorithm, path) {
	return createHash(algorithm).update(readFileSync(path)).digest("hex");
}

function expect(condition, problem) {
	if (!condition) {
		problems.push(problem);
	}
}

function checkFile(repository, file, home) {
	const path = join(repository, file);
	for (const algorithm of ["md5", "sha1"]) {
		const sum = `${path}.${algorithm}`;
		expect(existsSync(sum) && readFileSync(sum, "utf8").trim() === hash(algorithm, path), `${file}: ${algorithm}`);
	}
	const verified = spawnSync("gpg", ["--homedir", home, "--batch", "--verify", `${path}.asc`, path]);
	expect(verified.status === 0, `${file}: no valid signature`);
}

/** The rules for a POM; what it does not have may be its parent's. */
function checkPom(repository, file) {
	const own = readFileSync(join(repository, file), "utf8").replace(/<!--[\s\S]*?-->/g, "");
	const outside = own.replace(/<(parent|dependencies|dependencyManagement|build|profiles)>[\s\S]*?<\/\1>/g, "");
	for (const element of ["name", "description"]) {
		expect(new RegExp(`<${element}>\\s*\\S`).test(outside), `${file}: no ${element}`);
	}
	const all = withParents(repository, own);
	const rules = {
		url: /<url>\s*\S/, license: /<license>[\s\S]*?<name>[\s\S]*?<url>/, developer: /<developer>[\s\S]*?<name>/,
		"scm connection": /<scm[\s\S]*?<connection>/, "scm url": /<scm[\s\S]*?<url>/,
	};
	for (const [rule, pattern] of Object.entries(rules)) {
		expect(pattern.test(all), `${file}: no ${rule}`);
	}
	expect(!/-SNAPSHOT</.test(own), `${file}: depends on a snapshot`);
	const dependencies = outside.includes("<modules>") ? [] : own.match(/<dependency>[\s\S]*?<\/dependency>/g) ?? [];
	for (const dependency of dependencies) {
		const [, artifact] = /<groupId>io\.github\.springsocketio<[\s\S]*?<artifactId>(.+?)</.exec(dependency) ?? [];
		const published = !artifact || modules.includes(artifact) || /<scope>test</.test(dependency);
		expect(published, `${file}: depends on ${artifact}, which is not published`);
	}
	expect(!/<(repositories|pluginRepositories|systemPath)>/.test(own), `${file}: names repositories or files`);
	if (!/<packaging>pom</.test(outside)) {
		for (const kind of [".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json"]) {
			const sbomOffline = kind === "-cyclonedx.json" && process.argv.includes("-o");
			expect(sbomOffline || existsSync(join(repository, file.replace(/\.pom$/, kind))), `${file}: no ${kind}`);
		}
	}
}

function withParents(repository, pom) {
	const [, artifact, version] = /<parent>[\s\S]*?<artifactId>(.+?)<[\s\S]*?<version>(.+?)</.exec(pom) ?? [];
	if (!artifact) {
		return pom;
	}
	const path = join(repository, GROUP, artifact, version, `${artifact}-${version}.pom`);
	expect(existsSync(path), `${artifact}-${version}.pom: a parent that is not deployed`);
	return existsSync(path) ? pom + withParents(repository, readFileSync(path, "utf8")) : pom;
}

let failed = true;
try {
	const home = createKey();
	const first = copy(join(work, "a"), 0o022);
	const second = copy(join(work, "some/where", "else"), 0o077);
	const deployed = build(first, join(work, "repository"), {
		umask: 0o022, options: [], env: { GNUPGHOME: home, LC_ALL: "C.UTF-8", TZ: "UTC" },
	});
	const otherHome = join(work, "home");
	mkdirSync(otherHome);
	const again = build(second, join(work, "again"), {
		umask: 0o077,
		options: ["-Dgpg.skip=true", `-Dmaven.repo.local=${localRepository()}`, ...settings()],
		env: {
			HOME: otherHome, USER: "somebody", LOGNAME: "somebody", LC_ALL: "C", TZ: "Pacific/Kiritimati",
			npm_config_cache: npm("cache"), npm_config_userconfig: npm("userconfig"),
			MAVEN_OPTS: `-Duser.name=somebody -Duser.home=${otherHome} -Duser.language=de -Duser.country=AT -Dfile.encoding=ISO-8859-1`,
		},
	});
	const files = [...artifacts(deployed)].sort();
	expect(files.length > 0, "Nothing was deployed");
	expect(files.join() === [...artifacts(again)].sort().join(), "The builds have different files");
	for (const file of files) {
		checkFile(deployed, file, home);
		if (file.endsWith(".pom")) {
			checkPom(deployed, file);
		}
		const sum = hash("sha256", join(deployed, file));
		const same = existsSync(join(again, file)) && hash("sha256", join(again, file)) === sum;
		expect(same, `${file}: the second build differs`);
		console.log(`${sum} ${same ? "=" : "≠"} ${file}`);
	}
	const poms = modules.length + 1;
	expect(files.filter((file) => file.endsWith(".pom")).length === poms, `Not the POMs of ${poms} modules`);
	failed = problems.length > 0;
	console.log(failed ? problems.join("\n") : `${files.length} files: complete, signed, and the same in both builds`);
} catch (error) {
	console.error(error.message);
} finally {
	spawnSync("gpgconf", ["--homedir", join(work, "gnupg"), "--kill", "all"]);
	if (failed || process.env.KEEP === "true") {
		console.log(`Kept: ${work}`);
	} else {
		rmSync(work, { recursive: true, force: true });
	}
	process.exitCode = failed ? 1 : 0;
}
