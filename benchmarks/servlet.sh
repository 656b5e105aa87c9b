#!/usr/bin/env bash
# Compares what an echo on a websocket and by long-polling costs on Reactor Netty, on Tomcat and Jetty in a Spring MVC
# application, and with netty-socketio, and prints tables of medians with ratios to the first. Then compares the echo on a
# websocket with servers that send the same bytes without this project: Reactor Netty alone, and an endpoint of each
# container. Needs Linux, JDK 17 or newer, Maven and two cores that do nothing else; takes about twelve minutes a round.
#
# usage: benchmarks/servlet.sh [-Drounds=3] [-Dseconds=5] [-DwarmUp=20] [-Dpause=1000] [-Dscenarios=ECHO,ECHO_5000,POLLING] [-Dpin=true]

# The container's threads are always runnable under this load and starve the compiler of the JVM: without the pauses the
# code is not compiled after minutes, and a poll costs several times as much.
set -- -Dscenarios=ECHO,ECHO_5000,POLLING -DwarmUp=20 -Dpause=1000 "$@"
. "$(dirname "$0")/common.sh"
mvc=socketio-spring-boot-starter-webmvc
build benchmarks,$mvc dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/class-path.txt
build_netty_socketio
# of the tests, which have both containers, without what is for tests only
jars() {
	tr ':' '\n' <"$mvc/target/class-path.txt" |
		grep -vE "spring-(security|session|data)|spring-boot-(starter-)?(security|test)|lettuce|junit|mockito|$1" |
		paste -sd:
}
main=io.github.springsocketio.benchmarks.BenchmarkServer
# arguments files, as the class paths are long: name, what is left out, main class
arguments() {
	printf -- '-cp\n%s\n%s\n' "$target/classes:$target/test-classes:$(jars "$2")" "$3" >"$target/$1.args"
}
arguments tomcat jetty $main
arguments jetty tomcat $main
arguments tomcat-alone jetty $compare.BareContainer
arguments jetty-alone tomcat $compare.BareContainer
# as many requests on a connection as elsewhere
export SERVER_TOMCAT_MAXKEEPALIVEREQUESTS=-1
"${benchmark[@]}" $compare.Comparison \
	"Reactor Netty=$java -jar $target/benchmark-server.jar" \
	"Tomcat=$java @$target/tomcat.args" \
	"Jetty=$java @$target/jetty.args" \
	"netty-socketio=$netty_socketio"
"$java" -Djarmode=tools -jar "$target/benchmark-server.jar" extract --force --destination "$target/layers"
exec "${benchmark[@]}" -Dscenarios=ECHO,ECHO_5000 $compare.Comparison \
	"Reactor Netty=$java -jar $target/benchmark-server.jar" \
	"Reactor Netty alone=$java -cp $target/layers/benchmark-server.jar io.github.springsocketio.benchmarks.BareServer netty" \
	"Tomcat alone=$java @$target/tomcat-alone.args" \
	"Jetty alone=$java @$target/jetty-alone.args"
