#!/usr/bin/env bash
# Compares clusters of this server with clusters of socket.io on Node.js: the CPU of all nodes for a delivery to a client
# of another node, from 2 to 8 nodes on one core, with the adapter on Redis Streams or another one. Senders request no
# acknowledgement, as this server would await Redis before it sends one. Needs Linux, JDK 17 or newer, Maven, Node.js,
# redis-server and two cores that do nothing else; takes about five minutes a round.
#
# usage: [ADAPTER=streams|pubsub|sharded] benchmarks/cluster.sh [-Drounds=3] [-Dseconds=5] [-DwarmUp=10] [-Dnodes=2,4,8]
#        [-Dclients=1,20] [-DperSecond=100] [-DwarmUpPerSecond=2000] [-Dpin=true]

. "$(dirname "$0")/common.sh"
build benchmarks,conformance
node conformance/src/test/node/install.mjs "$target/peers/cluster"
port=${REDIS_PORT:-16379}
"${pin[@]}" redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no >"$target/redis.log" &
redis=$!
trap 'kill $redis' EXIT
settings="env ADAPTER=${ADAPTER:-streams} REDIS_URL=redis://127.0.0.1:$port"
"${benchmark[@]}" $compare.ClusterComparison \
	"socket.io=$settings node $target/peers/cluster/proof/node.mjs" \
	"socketio-spring=$settings PROFILE=cluster $java -jar $PWD/conformance/target/conformance.jar"
