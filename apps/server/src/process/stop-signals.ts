/** A terminal sends Ctrl-C to the whole group, and a launcher passes it on: the same wish arrives twice. */
const ECHO_MILLISECONDS = 1000

/** Stops the process on SIGINT and SIGTERM: gently at the first, at once at a later repeat. */
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
