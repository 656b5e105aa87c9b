package com.example.chat;

import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketIoServer;
import io.github.springsocketio.socketio.annotation.OnConnected;
import io.github.springsocketio.socketio.annotation.OnDisconnect;
import io.github.springsocketio.socketio.annotation.OnEvent;
import io.github.springsocketio.socketio.annotation.SocketIoController;

@SocketIoController
public class ChatHandler {

	private final SocketIoServer server;

	public ChatHandler(SocketIoServer server) {
		this.server = server;
	}

	@OnConnected
	public void onConnect(Socket client) {
		String language = client.handshake().query().get("language");
		client.data().put("language", (language != null) ? language : "en");
		client.join("lobby");
		client.emit("welcome", client.id());
	}

	@OnDisconnect
	public void onDisconnect(Socket client) {
		this.server.to("lobby").emit("left", client.id());
	}

	@OnEvent("join")
	public void join(Socket client, String room, Event ack) {
		client.join(room);
		ack.ack(client.rooms().contains(room));
	}

	@OnEvent("leave")
	public void leave(Socket client, String room) {
		client.leave(room);
	}

	@OnEvent("message")
	public void message(Socket client, Event ack, Message message) {
		String language = (String) client.data().get("language");
		this.server.to(message.getRoom()).except(client.id()).emit("message", message.getText(), language);
		if (ack.isAckRequested()) {
			ack.ack("delivered", message.getText().length());
		}
	}

	@OnEvent("sum")
	public void sum(Event ack, int first, int second) {
		ack.ack(first + second);
	}

}
