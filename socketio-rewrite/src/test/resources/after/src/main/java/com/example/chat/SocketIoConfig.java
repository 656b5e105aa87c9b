package com.example.chat;

import org.springframework.context.annotation.Configuration;

// TODO socketio-spring: setAuthorizationListener((data) -> AuthorizationResult.SUCCESSFUL_AUTHORIZATION): an AllowRequest bean
@Configuration
public class SocketIoConfig {

	private static final int KILOBYTE = 1024;

}
