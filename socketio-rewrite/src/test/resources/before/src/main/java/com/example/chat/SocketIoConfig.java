package com.example.chat;

import com.corundumstudio.socketio.AuthorizationResult;
import com.corundumstudio.socketio.SocketConfig;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.annotation.SpringAnnotationScanner;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
public class SocketIoConfig {

	private static final int KILOBYTE = 1024;

	@Value("${chat.host}")
	private String host;

	@Value("${chat.port}")
	private int port;

	@Bean
	public SocketIOServer socketIOServer() {
		com.corundumstudio.socketio.Configuration config = new com.corundumstudio.socketio.Configuration();
		config.setHostname(this.host);
		config.setPort(port);
		config.setContext("/realtime");
		config.setTransports(Transport.WEBSOCKET, Transport.POLLING);
		config.setPingInterval(20_000);
		config.setPingTimeout(15 * 1000);
		config.setMaxFramePayloadLength(512 * KILOBYTE);
		config.setMaxHttpContentLength(64 * 1024);
		config.setOrigin("http://localhost:3000");
		config.setRandomSession(true);
		SocketConfig socket = new SocketConfig();
		socket.setReuseAddress(true);
		config.setSocketConfig(socket);
		config.setAuthorizationListener((data) -> AuthorizationResult.SUCCESSFUL_AUTHORIZATION);
		return new SocketIOServer(config);
	}

	@Bean
	public SpringAnnotationScanner springAnnotationScanner(SocketIOServer server) {
		return new SpringAnnotationScanner(server);
	}

}
