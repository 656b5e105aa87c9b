/* A certificate for one run, made by the JDK that runs the server. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

const PASSWORD = "changeit";

/** A certificate for localhost that signs itself: the environment of the server that has it, and what its clients trust. */
export function selfSigned() {
	const folder = mkdtempSync(join(tmpdir(), "certificate"));
	after(() => rmSync(folder, { recursive: true }));
	const store = join(folder, "server.p12");
	const certificate = join(folder, "server.pem");
	const common = ["-alias", "server", "-keystore", store, "-storetype", "PKCS12", "-storepass", PASSWORD];
	keytool("-genkeypair", ...common, "-keyalg", "EC", "-validity", "2", "-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1");
	keytool("-exportcert", ...common, "-rfc", "-file", certificate);
	return {
		ca: readFileSync(certificate, "utf8"),
		environment: { SERVER_SSL_KEYSTORE: store, SERVER_SSL_KEYSTORETYPE: "PKCS12", SERVER_SSL_KEYSTOREPASSWORD: PASSWORD },
	};
}

function keytool(...args) {
	const command = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin", "keytool") : "keytool";
	const { status, error, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
	if (status !== 0) {
		throw new Error(`keytool failed: ${error ?? stdout + stderr}`);
	}
}
