package com.example.chat;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.VoidAckCallback;
import com.corundumstudio.socketio.listener.ConnectListener;
import com.corundumstudio.socketio.listener.DataListener;
import com.corundumstudio.socketio.listener.DisconnectListener;

import org.springframework.stereotype.Service;

@Service
public class Rooms {

	private final SocketIOServer server;

	private final Map<UUID, String> names = new ConcurrentHashMap<>();

	public Rooms(SocketIOServer server) {
		this.server = server;
		server.addConnectListener(connected());
		server.addDisconnectListener(this::disconnected);
		server.addDisconnectListener((client) -> this.names.remove(client.getSessionId()));
		server.addEventListener("name", String.class, named());
		server.addEventListener("note", String.class, (client, text, ack) -> client.sendEvent("noted", text));
		server.addEventListener("count", String.class, (client, room, ack) -> {
			Collection<SocketIOClient> clients = server.getRoomOperations(room).getClients();
			ack.sendAckData(clients.size(), server.getAllClients().size());
		});
		server.addEventListener("whisper", Message.class, this::whisper);
		server.addEventListener("ask", String.class, new DataListener<String>() {
			@Override
			public void onData(SocketIOClient client, String question, AckRequest ack) {
				ask(client, question);
			}
		});
		server.addEventListener("quit", String.class, (client, reason, ack) -> {
			client.del("language");
			if (client.has("language")) {
				return;
			}
			client.disconnect();
		});
		server.addMultiTypeEventListener("range", (client, args, ack) -> {
			String text = args.first();
			int begin = args.get(1);
			int end = args.<Integer>get(2);
			ack.sendAckData(text.substring(begin, end), args.size());
		}, String.class, Integer.class, Integer.class);
	}

	private ConnectListener connected() {
		return (client) -> this.names.put(client.getSessionId(), "nobody");
	}

	private DataListener<String> named() {
		return (client, name, ack) -> {
			this.names.put(client.getSessionId(), name);
		};
	}

	private void disconnected(SocketIOClient client) {
		String name = this.names.get(client.getSessionId());
		this.server.getBroadcastOperations().sendEvent("gone", name);
	}

	private void whisper(SocketIOClient client, Message message, AckRequest ack) {
		UUID id = UUID.fromString(message.getRoom());
		SocketIOClient receiver = this.server.getClient(id);
		receiver.sendEvent("whisper", this.names.get(client.getSessionId()), message.getText());
	}

	private void ask(SocketIOClient client, String question) {
		client.sendEvent("question", new AckCallback<String>(String.class, 5) {
			@Override
			public void onSuccess(String answer) {
				client.sendEvent("answered", answer);
			}

			@Override
			public void onTimeout() {
				client.sendEvent("unanswered");
			}
		}, question);
		client.sendEvent("ping-me", new VoidAckCallback() {
			@Override
			protected void onSuccess() {
				client.sendEvent("pinged");
			}
		});
	}

}
