#!/usr/bin/env bash
# Measures what a thousand sockets whose blocking handlers sleep mean for the latency of other sockets, with platform
# threads and, where the JDK has them, virtual threads. Needs Linux, JDK 17 or newer (21 for virtual threads), Maven and
# two cores that do nothing else; takes four minutes.
#
# usage: benchmarks/blocking.sh [-Drounds=5] [-Dseconds=5] [-DwarmUp=10] [-DperSecond=2000] [-Dpin=true]

. "$(dirname "$0")/common.sh"
build benchmarks
servers=("platform threads=$java -jar $target/benchmark-server.jar")
if "$java" --version | grep -qE '^[a-z]+ (2[1-9]|[3-9][0-9])'; then
	servers+=("virtual threads=$java -Dspring.threads.virtual.enabled=true -jar $target/benchmark-server.jar")
fi
exec "${benchmark[@]}" $compare.BlockingComparison "${servers[@]}"
