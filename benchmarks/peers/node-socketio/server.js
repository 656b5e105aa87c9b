const { Server } = require("socket.io");

const io = new Server(Number(process.env.PORT), {
  // for clients that offer it, as those of one scenario do
  perMessageDeflate: process.env.COMPRESSION === "1",
});

io.on("connection", (socket) => {
  socket.on("echo", (...args) => socket.emit("echo", ...args));
  socket.on("attachment", (...args) => socket.emit("attachment", ...args));
  socket.on("ack", (value, answer) => answer(value));
  socket.on("broadcast", (value) => io.emit("broadcast", value));
});
