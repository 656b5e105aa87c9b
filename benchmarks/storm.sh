#!/usr/bin/env bash
# Measures the latency of 100 clients with ten echoes a second each while 10,000 others arrive, by polling and an upgrade
# each, on this server and on socket.io on Node.js. Needs Linux, JDK 17 or newer, Maven, Node.js, two cores that do nothing
# else and 15,000 open files; takes three minutes.
#
# usage: benchmarks/storm.sh [-Drounds=3] [-Dclients=10000] [-DinFlight=1000] [-DwarmUp=5] [-Dpin=true]

. "$(dirname "$0")/common.sh"
build benchmarks
install_node_socketio
exec "${benchmark[@]}" $compare.StormComparison \
	"socket.io on Node.js=$node_socketio" \
	"this server=$java -jar $target/benchmark-server.jar" \
	"this server, one event loop=$java -Dsocketio.event-loop-per-processor=true -jar $target/benchmark-server.jar"
