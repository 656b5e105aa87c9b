package com.example.chat;

import java.util.List;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.BroadcastOperations;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.listener.DisconnectListener;

import org.springframework.stereotype.Component;

@Component
class Administration {

	Administration(SocketIOServer server) {
		SocketIONamespace admin = server.addNamespace("/admin");
		admin.addConnectListener((SocketIOClient client) -> client.sendEvent("namespace", client.getNamespace().getName()));
		admin.addEventListener("announce", String.class, (SocketIOClient client, String text, AckRequest ack) -> {
			server.getNamespace("").getBroadcastOperations().sendEvent("announcement", text);
			ack.sendAckData(List.of(text, client.isChannelOpen()));
		});
		admin.addEventListener("close-room", String.class, (client, room, ack) -> {
			BroadcastOperations operations = server.getRoomOperations(room);
			operations.sendEvent("closing", room);
			operations.disconnect();
		});
		admin.addDisconnectListener(new DisconnectListener() {
			@Override
			public void onDisconnect(SocketIOClient client) {
				admin.getBroadcastOperations().sendEvent("admin-left");
			}
		});
	}

}
