#!/usr/bin/env bash
# Compares this server with socket.io on Node.js and with netty-socketio under the same load, and prints tables of
# medians with ratios to the first. Needs Linux, JDK 17 or newer, Maven, Node.js and two cores that do nothing else;
# takes about ten minutes a round.
#
# usage: benchmarks/compare.sh [-Drounds=3] [-Dseconds=5] [-DwarmUp=8] [-Dscenarios=ECHO,POLLING] [-Dpin=true]
set -euo pipefail
cd "$(dirname "$0")/.."
target=$PWD/benchmarks/target
# Builds what is measured. The tests are skipped here because this script measures CPU time: they would run for minutes
# on the same cores right before it, and check nothing that it uses. "mvn verify" runs all of them.
mvn -q -pl benchmarks -am -Dquick -DskipTests package
mkdir -p "$target/peers"
cp -R benchmarks/peers/node-socketio "$target/peers/"
(cd "$target/peers/node-socketio" && npm install --no-audit --no-fund --loglevel=error)
mvn -q -f benchmarks/peers/netty-socketio/pom.xml -DbuildDirectory="$target/peers/netty-socketio" package
pin=()
case " $* " in *" -Dpin=false "*) ;; *) pin=(taskset -c 1) ;; esac
# compression for clients that offer it, as those of one scenario do; netty-socketio declines what they offer
export COMPRESSION=1 SOCKETIO_WEBSOCKET_COMPRESSION_ENABLED=true
exec "${pin[@]}" java "$@" -cp "$target/test-classes:$target/classes" io.github.springsocketio.benchmarks.compare.Comparison \
	"socket.io=node $target/peers/node-socketio/server.js" \
	"netty-socketio=java -cp $target/peers/netty-socketio/classes:$target/peers/netty-socketio/lib/* peer.Peer" \
	"socketio-spring=java -jar $target/benchmark-server.jar"
