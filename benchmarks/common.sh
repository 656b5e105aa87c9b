# What the scripts of this directory share. Each of them sources this file, with its own arguments as $@. It changes to the
# root of the repository and defines:
#   target     the build directory of this module
#   java       the program in JAVA_HOME, or on the PATH
#   pin        the beginning of a command that runs on the second core; empty with -Dpin=false
#   benchmark  the beginning of a command that measures, with the arguments; a main class in the package $compare follows
# The client runs on the second core, and starts each server on the first.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
target=$PWD/benchmarks/target
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
pin=()
case " $* " in *" -Dpin=false "*) ;; *) pin=(taskset -c 1) ;; esac
benchmark=("${pin[@]}" "$java" "$@" -cp "$target/test-classes:$target/classes")
compare=io.github.springsocketio.benchmarks.compare

# Builds what is measured: the modules in the first argument, with any further arguments for Maven. The tests are skipped
# here because these scripts measure CPU time: they would run for minutes on the same cores right before it, and check
# nothing that is used. "mvn verify" runs all of them. BUILT=1 skips the build.
build() {
	[ -n "${BUILT:-}" ] || mvn -q -pl "$1" -am -Dquick -DskipTests package "${@:2}"
}

# Installs socket.io for Node.js; node_socketio is the command that starts it.
install_node_socketio() {
	mkdir -p "$target/peers"
	cp -R benchmarks/peers/node-socketio "$target/peers/"
	(cd "$target/peers/node-socketio" && npm install --no-audit --no-fund --loglevel=error)
	node_socketio="node $target/peers/node-socketio/server.js"
}

# Builds netty-socketio; netty_socketio is the command that starts it.
build_netty_socketio() {
	mvn -q -f benchmarks/peers/netty-socketio/pom.xml -DbuildDirectory="$target/peers/netty-socketio" package
	netty_socketio="$java -cp $target/peers/netty-socketio/classes:$target/peers/netty-socketio/lib/* peer.Peer"
}
