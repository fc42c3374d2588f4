const INTERVAL_MILLISECONDS = 2000

/**
 * Ends the server when the process of its embedded database ends unexpectedly.
 *
 * Without this, every answer would be 503 until an operator acts. The supervisor of the server starts the server
 * again, and that start starts the database too.
 *
 * @returns a function that stops the watching, for use before the process is ended on purpose
 */
export function watchProcess(pid: number): () => void {
  const timer = setInterval(() => {
    if (isRunning(pid)) return
    clearInterval(timer)
    throw new Error('The private PostgreSQL has ended by itself, and so does the server; start it again.')
  }, INTERVAL_MILLISECONDS)
  timer.unref()
  return () => clearInterval(timer)
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
