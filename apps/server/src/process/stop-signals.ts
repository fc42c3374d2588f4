/** One Ctrl-C may arrive twice: the terminal sends it to the whole group, and a launcher passes it on. */
const ECHO_MILLISECONDS = 1000

/** Stops the process on SIGINT and SIGTERM. The first signal stops gently. A later signal stops at once. */
export function onStopSignal(stop: () => void): void {
  let firstAt: number | undefined
  const handle = () => {
    if (firstAt === undefined) {
      firstAt = performance.now()
      stop()
    } else if (performance.now() - firstAt > ECHO_MILLISECONDS) {
      process.exit(1)
    }
  }
  process.on('SIGINT', handle)
  process.on('SIGTERM', handle)
}
