#!/usr/bin/env bash
# Measures what a thousand sockets whose blocking handlers sleep mean for the latency of other sockets, with platform
# threads and, where the JDK has them, virtual threads. Needs Linux, JDK 17 or newer (21 for virtual threads), Maven and
# two cores that do nothing else; takes four minutes.
#
# usage: benchmarks/blocking.sh [-Drounds=5] [-Dseconds=5] [-DwarmUp=10] [-DperSecond=2000] [-Dpin=true]
set -euo pipefail
cd "$(dirname "$0")/.."
target=$PWD/benchmarks/target
# Builds what is measured. The tests are skipped here because this script measures CPU time: they would run for minutes
# on the same cores right before it, and check nothing that it uses. "mvn verify" runs all of them.
mvn -q -pl benchmarks -am -Dquick -DskipTests package
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
servers=("platform threads=$java -jar $target/benchmark-server.jar")
if "$java" --version | grep -qE '^[a-z]+ (2[1-9]|[3-9][0-9])'; then
	servers+=("virtual threads=$java -Dspring.threads.virtual.enabled=true -jar $target/benchmark-server.jar")
fi
pin=()
case " $* " in *" -Dpin=false "*) ;; *) pin=(taskset -c 1) ;; esac
exec "${pin[@]}" "$java" "$@" -cp "$target/test-classes:$target/classes" \
	io.github.springsocketio.benchmarks.compare.BlockingComparison "${servers[@]}"
