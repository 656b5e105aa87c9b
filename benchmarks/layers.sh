#!/usr/bin/env bash
# Measures what a connection costs on the layers below this server, and on this server: Reactor Netty; with the HttpHandler
# of Spring; with a chain of WebFlux; and with three filters in it that do nothing. A connection is a handshake by polling
# (poll), a websocket whose client joins and leaves (websocket), or a client that polls, joins, upgrades and leaves
# (upgrade). The table has the CPU time for each of the first 2,000 connections of a process, the part of it that the
# compiler used, and the CPU time after the warm-up. Needs Linux, JDK 17 or newer, Maven and two cores that do nothing else;
# takes about ten minutes a round.
#
# usage: benchmarks/layers.sh [-Drounds=3] [-Dseconds=5] [-DwarmUp=20] [-Dtraffic=poll,websocket,upgrade] [-Dpin=true]

. "$(dirname "$0")/common.sh"
build benchmarks
# one class path for all
"$java" -Djarmode=tools -jar "$target/benchmark-server.jar" extract --force --destination "$target/layers"
main="$java -cp $target/layers/benchmark-server.jar io.github.springsocketio.benchmarks"
# A client that only polls once leaves a session, which ends when the client does not answer the first ping.
settings="env SOCKETIO_PINGINTERVAL=2s SOCKETIO_PINGTIMEOUT=2s SOCKETIO_LIMITS_MAXUNJOINEDSESSIONS=0"
exec "${benchmark[@]}" $compare.LayerComparison \
	"Reactor Netty=$main.BareServer netty" \
	"with HttpHandler=$main.BareServer http-handler" \
	"with WebFlux=$main.BareServer web-handler" \
	"with three filters=$main.BareServer filters" \
	"this server=$settings $main.BenchmarkServer"
