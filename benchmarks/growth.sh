#!/usr/bin/env bash
# Measures what an echo, a delivery of a broadcast, joining and leaving a room, a connection, its recovery and an idle
# connection cost this server with 10 to 19,000 connections, writes the values to docs/data/growth.json, and makes the
# picture and the table of docs/performance.md from them. Needs Linux, JDK 17 or newer, Maven, Node.js, 20,000 open
# files for a process and two cores that do nothing else; takes about ten minutes.
#
# usage: benchmarks/growth.sh [-Dsizes=10,100,1000,10000,19000] [-Drounds=3] [-Dseconds=2] [-DwarmUp=8] [-Dpin=true]

. "$(dirname "$0")/common.sh"
build benchmarks
ulimit -n "$(ulimit -Hn)"
mkdir -p docs/data
"${benchmark[@]}" "-Dcommand=benchmarks/growth.sh${*:+ $*}" $compare.GrowthComparison \
	"$java -jar $target/benchmark-server.jar" \
	"env SOCKETIO_CONNECTIONSTATERECOVERY_ENABLED=true $java -jar $target/benchmark-server.jar" \
	docs/data/growth.json
node site/growth.mjs
