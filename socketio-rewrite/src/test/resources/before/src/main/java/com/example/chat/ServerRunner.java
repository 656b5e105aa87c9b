package com.example.chat;

import com.corundumstudio.socketio.SocketIOServer;
import jakarta.annotation.PreDestroy;

import org.springframework.boot.CommandLineRunner;
import org.springframework.stereotype.Component;

@Component
public class ServerRunner implements CommandLineRunner {

	private final SocketIOServer server;

	public ServerRunner(SocketIOServer server) {
		this.server = server;
	}

	@Override
	public void run(String... args) {
		this.server.start();
	}

	@PreDestroy
	public void stop() {
		this.server.stop();
	}

}
