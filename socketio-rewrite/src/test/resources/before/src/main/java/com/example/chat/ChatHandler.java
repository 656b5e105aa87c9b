package com.example.chat;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.annotation.OnConnect;
import com.corundumstudio.socketio.annotation.OnDisconnect;
import com.corundumstudio.socketio.annotation.OnEvent;

import org.springframework.stereotype.Component;

@Component
public class ChatHandler {

	private final SocketIOServer server;

	public ChatHandler(SocketIOServer server) {
		this.server = server;
	}

	@OnConnect
	public void onConnect(SocketIOClient client) {
		String language = client.getHandshakeData().getSingleUrlParam("language");
		client.set("language", (language != null) ? language : "en");
		client.joinRoom("lobby");
		client.sendEvent("welcome", client.getSessionId().toString());
	}

	@OnDisconnect
	public void onDisconnect(SocketIOClient client) {
		this.server.getRoomOperations("lobby").sendEvent("left", client.getSessionId().toString());
	}

	@OnEvent("join")
	public void join(SocketIOClient client, String room, AckRequest ack) {
		client.joinRoom(room);
		ack.sendAckData(client.getAllRooms().contains(room));
	}

	@OnEvent("leave")
	public void leave(SocketIOClient client, String room) {
		client.leaveRoom(room);
	}

	@OnEvent("message")
	public void message(SocketIOClient client, AckRequest ack, Message message) {
		String language = client.get("language");
		this.server.getRoomOperations(message.getRoom()).sendEvent("message", client, message.getText(), language);
		if (ack.isAckRequested()) {
			ack.sendAckData("delivered", message.getText().length());
		}
	}

	@OnEvent("sum")
	public void sum(AckRequest ack, int first, int second) {
		ack.sendAckData(first + second);
	}

}
