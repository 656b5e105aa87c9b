#!/usr/bin/env bash
# Measures what an echo, a delivery of a broadcast, joining and leaving a room, a connection, its recovery and an idle
# connection cost this server with 10 to 19,000 connections, writes the values to docs/data/growth.json, and makes the
# picture and the table of docs/performance.md from them. Needs Linux, JDK 17 or newer, Maven, Node.js, 20,000 open
# files for a process and two cores that do nothing else; takes about ten minutes.
#
# usage: benchmarks/growth.sh [-Dsizes=10,100,1000,10000,19000] [-Drounds=3] [-Dseconds=2] [-DwarmUp=8] [-Dpin=true]
set -euo pipefail
cd "$(dirname "$0")/.."
target=$PWD/benchmarks/target
# Builds what is measured. The tests are skipped here because this script measures CPU time: they would run for minutes
# on the same cores right before it, and check nothing that it uses. "mvn verify" runs all of them.
[ -n "${BUILT:-}" ] || mvn -q -pl benchmarks -am -Dquick -DskipTests package
ulimit -n "$(ulimit -Hn)"
pin=()
case " $* " in *" -Dpin=false "*) ;; *) pin=(taskset -c 1) ;; esac
mkdir -p docs/data
"${pin[@]}" java "$@" "-Dcommand=benchmarks/growth.sh${*:+ $*}" -cp "$target/test-classes:$target/classes" \
	io.github.springsocketio.benchmarks.compare.GrowthComparison \
	"java -jar $target/benchmark-server.jar" \
	"env SOCKETIO_CONNECTIONSTATERECOVERY_ENABLED=true java -jar $target/benchmark-server.jar" \
	docs/data/growth.json
node site/growth.mjs
