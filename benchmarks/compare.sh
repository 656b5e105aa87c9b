#!/usr/bin/env bash
# Compares this server with socket.io on Node.js and with netty-socketio under the same load, and prints tables of
# medians with ratios to the first. Needs Linux, JDK 17 or newer, Maven, Node.js and two cores that do nothing else;
# takes about ten minutes a round.
#
# usage: benchmarks/compare.sh [-Drounds=3] [-Dseconds=5] [-DwarmUp=8] [-Dscenarios=ECHO,POLLING] [-Dpin=true]

. "$(dirname "$0")/common.sh"
build benchmarks
install_node_socketio
build_netty_socketio
# compression for clients that offer it, as those of one scenario do; netty-socketio declines what they offer
export COMPRESSION=1 SOCKETIO_WEBSOCKET_COMPRESSION_ENABLED=true
exec "${benchmark[@]}" $compare.Comparison \
	"socket.io=$node_socketio" \
	"netty-socketio=$netty_socketio" \
	"socketio-spring=$java -jar $target/benchmark-server.jar"
