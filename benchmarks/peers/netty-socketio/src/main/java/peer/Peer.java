package peer;

import java.util.Map;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketConfig;
import com.corundumstudio.socketio.SocketIOServer;

/**
 * The answers of BenchmarkServer on netty-socketio, with the native transport.
 */
public final class Peer {

	private Peer() {
	}

	public static void main(String[] args) {
		SocketConfig socket = new SocketConfig();
		socket.setReuseAddress(true);
		Configuration configuration = new Configuration();
		configuration.setHostname("127.0.0.1");
		configuration.setPort(Integer.parseInt(System.getenv("PORT")));
		configuration.setUseLinuxNativeEpoll(true);
		configuration.setSocketConfig(socket);
		// One, as the server has one core. With more, a poll may begin on one while another closes the connection of the
		// poll before, as netty-socketio does after each, and disconnects the client because of it.
		configuration.setWorkerThreads(Integer.getInteger("workers", 1));
		SocketIOServer server = new SocketIOServer(configuration);
		server.addEventListener("echo", Map.class, (client, value, ack) -> client.sendEvent("echo", value));
		server.addEventListener("attachment", byte[].class, (client, value, ack) -> client.sendEvent("attachment", value));
		server.addEventListener("ack", Map.class, (client, value, ack) -> ack.sendAckData(value));
		server.addEventListener("broadcast", Map.class,
				(client, value, ack) -> server.getBroadcastOperations().sendEvent("broadcast", value));
		server.start();
	}

}
