// Loaded into the server by `npm start`: when the bootstrap dies, even by SIGKILL, the server drains and ends too.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
