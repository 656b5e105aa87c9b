package com.example.chat;

import io.github.springsocketio.socketio.BroadcastOperator;
import io.github.springsocketio.socketio.DisconnectListener;
import io.github.springsocketio.socketio.DisconnectReason;
import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.Namespace;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoServer;
import java.util.List;

import org.springframework.stereotype.Component;

@Component
class Administration {

	Administration(SocketIoServer server) {
		Namespace admin = server.of("/admin");
		admin.onConnection((Socket client) -> client.emit("namespace", client.namespace().name()));
		admin.on("announce", String.class, (Socket client, String text, Event ack) -> {
			server.of("/").emit("announcement", text);
			ack.ack(List.of(text, client.connected()).toArray());
		});
		admin.on("close-room", String.class, (client, room, ack) -> {
			BroadcastOperator operations = server.to(room);
			operations.emit("closing", room);
			operations.disconnectSockets();
			ack.ack();
		});
		admin.onDisconnect(new DisconnectListener() {
			@Override
			public void onDisconnect(Socket client, DisconnectReason reason, String detail) {
				admin.emit("admin-left");
			}
		});
	}

}
