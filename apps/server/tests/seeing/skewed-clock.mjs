// Loaded before a server: its clock is half a minute ahead.
const now = Date.now
Date.now = () => now() + 30_000
