const INTERVAL_MILLISECONDS = 2000

/**
 * Ends the server when the process of its own database ends by itself.
 *
 * Without it every answer would be 503 until somebody looked. What started the server starts it again, and that start
 * brings the database back.
 *
 * @returns what stops the watching, before the process is ended on purpose
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
