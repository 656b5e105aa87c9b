#!/usr/bin/env bash
# Measures the latency of 100 clients with ten echoes a second each while 10,000 others arrive, by polling and an upgrade
# each, on this server and on socket.io on Node.js. Needs Linux, JDK 17 or newer, Maven, Node.js, two cores that do nothing
# else and 15,000 open files; takes three minutes.
#
# usage: benchmarks/storm.sh [-Drounds=3] [-Dclients=10000] [-DinFlight=1000] [-DwarmUp=5] [-Dpin=true]
set -euo pipefail
cd "$(dirname "$0")/.."
target=$PWD/benchmarks/target
# Builds what is measured. The tests are skipped here because this script measures CPU time: they would run for minutes
# on the same cores right before it, and check nothing that it uses. "mvn verify" runs all of them.
mvn -q -pl benchmarks -am -Dquick -DskipTests package
mkdir -p "$target/peers"
cp -R benchmarks/peers/node-socketio "$target/peers/"
(cd "$target/peers/node-socketio" && npm install --no-audit --no-fund --loglevel=error)
pin=()
case " $* " in *" -Dpin=false "*) ;; *) pin=(taskset -c 1) ;; esac
exec "${pin[@]}" java "$@" -cp "$target/test-classes:$target/classes" \
	io.github.springsocketio.benchmarks.compare.StormComparison \
	"socket.io on Node.js=node $target/peers/node-socketio/server.js" \
	"this server=java -jar $target/benchmark-server.jar" \
	"this server, one event loop=java -Dsocketio.event-loop-per-processor=true -jar $target/benchmark-server.jar"
