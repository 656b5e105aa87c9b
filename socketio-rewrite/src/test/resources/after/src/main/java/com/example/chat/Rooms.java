package com.example.chat;

import io.github.springsocketio.socketio.ConnectionListener;
import io.github.springsocketio.socketio.Event;
import io.github.springsocketio.socketio.Socket;
import io.github.springsocketio.socketio.SocketEventListener;
import io.github.springsocketio.socketio.SocketIoServer;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Service;

@Service
public class Rooms {

	private final SocketIoServer server;

	private final Map<String, String> names = new ConcurrentHashMap<>();

	public Rooms(SocketIoServer server) {
		this.server = server;
		server.onConnection(connected());
		server.onDisconnect((socket, reason, detail) -> this.disconnected(socket));
		server.onDisconnect((client, reason, detail) -> this.names.remove(client.id()));
		server.on("name", String.class, named());
		server.on("note", String.class, (client, text, ack) -> {
			client.emit("noted", text);
			ack.ack();
		});
		server.on("count", String.class, (client, room, ack) -> {
			Collection<Socket> clients = server.sockets().sockets().values().stream().filter((socket) -> socket.rooms().contains(room)).toList();
			ack.ack(clients.size(), server.sockets().sockets().values().size());
		});
		server.on("whisper", Message.class, (socket, argument, event) -> {
			this.whisper(socket, argument, event);
			event.ack();
		});
		server.on("ask", String.class, new SocketEventListener.Typed<String>() {
			@Override
			public void onEvent(Socket client, String question, Event ack) {
				ask(client, question);
				ack.ack();
			}
		});
		server.on("quit", String.class, (client, reason, ack) -> {
			client.data().remove("language");
			if (client.data().containsKey("language")) {
				ack.ack();
				return;
			}
			client.disconnect();
			ack.ack();
		});
		server.on("range", (client, ack) -> {
			String text = ack.get(0, String.class);
			int begin = ack.get(1, Integer.class);
			int end = ack.get(2, Integer.class);
			ack.ack(text.substring(begin, end), ack.size());
		});
	}

	private ConnectionListener connected() {
		return (client) -> this.names.put(client.id(), "nobody");
	}

	private SocketEventListener.Typed<String> named() {
		return (client, name, ack) -> {
			this.names.put(client.id(), name);
			ack.ack();
		};
	}

	private void disconnected(Socket client) {
		String name = this.names.get(client.id());
		this.server.emit("gone", name);
	}

	private void whisper(Socket client, Message message, Event ack) {
		String id = message.getRoom();
		Socket receiver = this.server.sockets().sockets().get(id);
		receiver.emit("whisper", this.names.get(client.id()), message.getText());
	}

	private void ask(Socket client, String question) {
		client.timeout(Duration.ofSeconds(5)).emitWithAck(String.class, "question", question).subscribe((answer) -> {
			client.emit("answered", answer);
		}, (error) -> {
			client.emit("unanswered");
		});
		client.emitWithAck("ping-me").subscribe((acknowledgement) -> {
			client.emit("pinged");
		}, (error) -> {
		});
	}

}
