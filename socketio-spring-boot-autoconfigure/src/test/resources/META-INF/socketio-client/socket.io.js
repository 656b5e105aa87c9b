// stands for the client
