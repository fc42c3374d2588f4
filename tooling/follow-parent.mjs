// `npm start` loads this into the server. When the bootstrap dies, even by SIGKILL, the server drains and ends too.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
