/** Where the progress is written. */
interface Screen {
  isTTY?: boolean
  write(text: string): unknown
}

const BAR_CHARACTERS = 20
const PAUSE_MILLISECONDS = 200
/** Without a terminal there is a line for each tenth. */
const TENTHS = 10

/**
 * Shows how far a long work is, with count and rate: as a bar on a terminal, else as a line for each tenth.
 *
 * @param work - what is done, for the beginning of each line: `sealed anew`
 */
export function showProgress(
  work: string,
  screen: Screen = process.stderr,
): (progress: { done: number; total: number }) => void {
  const startedAt = performance.now()
  let shownAt = Number.NEGATIVE_INFINITY
  let tenth = 0
  return ({ done, total }) => {
    const now = performance.now()
    const rate = Math.round(done / Math.max(0.001, (now - startedAt) / 1000))
    const told = `${work} ${done} of ${total}, ${rate} per second`
    const share = Math.min(1, done / total)
    if (screen.isTTY) {
      if (done < total && now - shownAt < PAUSE_MILLISECONDS) return
      shownAt = now
      const bar = '#'.repeat(Math.floor(share * BAR_CHARACTERS)).padEnd(BAR_CHARACTERS, '.')
      screen.write(`\r[${bar}] ${told}${done < total ? '' : '\n'}`)
    } else if (Math.floor(share * TENTHS) > tenth) {
      tenth = Math.floor(share * TENTHS)
      screen.write(`${told}\n`)
    }
  }
}
