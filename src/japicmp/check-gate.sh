#!/usr/bin/env bash
# Shows that the API check (profile "api" of pom.xml) works: it fails when a public type or method is removed, or when an
# abstract method is added, and passes when something else is added, or when what is marked @Internal changes.
set -euo pipefail
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

write_sources() {
	rm -rf "$1"
	mkdir "$1"
	cp socketio-protocol/src/main/java/io/github/springsocketio/Internal.java "$1"
	cat >"$1/Api.java" <<-'END'
		package com.example.api;
		public interface Api {
			void call();
			void removed();
			@io.github.springsocketio.Internal
			void internalMethod();
			interface Nested {
			}
		}
	END
	cat >"$1/Hidden.java" <<-'END'
		package com.example.api;
		@io.github.springsocketio.Internal
		public class Hidden {
			public void removed() {
			}
			public static class Nested {
			}
		}
	END
	sed 's/Hidden/AlsoHidden/' "$1/Hidden.java" >"$1/AlsoHidden.java"
}

compare() {
	mvn -q -B -ntp -f src/japicmp/pom.xml -Dquick clean verify -Djapicmp.baseline=baseline \
		-Dapi-gate.directory="$work" >"$work/log" 2>&1
}

fail() {
	cat "$work/log"
	echo "$1"
	exit 1
}

write_sources "$work/baseline"
javac -d "$work/classes" "$work"/baseline/*.java
jar --create --file "$work/baseline.jar" -C "$work/classes" .

write_sources "$work/changed"
sed -i 's/void call();/& void added();/; /removed()/d; /interface Nested/,/}/d' "$work/changed/Api.java"
if compare; then
	fail "The API check passes although the public API is broken"
fi
for change in removed:METHOD_REMOVED Nested:CLASS_REMOVED added:METHOD_ADDED_TO_INTERFACE; do
	grep -q "com\.example\.api\.Api.${change%:*}.*:${change#*:}" "$work/log" || fail "The API check does not report $change"
done
echo "ok: the API check fails when the public API is broken"

write_sources "$work/changed"
echo 'package com.example.api; public class Added { }' >"$work/changed/Added.java"
sed -i 's/void call();/& default void added() { }/; /Internal/d; /internalMethod/d' "$work/changed/Api.java"
sed -i '/removed()/,/}/d; /class Nested/,/}/d' "$work/changed/Hidden.java"
rm "$work/changed/AlsoHidden.java"
compare || fail "The API check fails although only additions and internal changes were made"
echo "ok: the API check passes when the public API grows and internal types change"
