import type { Logger } from 'pino'
import type { ExaminedPage } from '../tables/purge-page.ts'
import { MINUTE_SECONDS } from '../words/time.ts'
import type { SweepOutcome } from './sweep-outcome.ts'

const REPORT_MILLISECONDS = MINUTE_SECONDS * 1000

/** Counts what one turn of a sweep does, and writes it into the log: each minute, and at the end when there is something. */
export function createProgress(name: string, log: Logger) {
  const startedAt = performance.now()
  let reportedAt = startedAt
  const count = { examined: 0, purged: 0 }

  function report(end: SweepOutcome['end'] | 'under way'): void {
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    reportedAt = performance.now()
    log.info({ event: 'housekeeping', table: name, ...count, end, seconds }, 'expired rows are deleted')
  }

  return {
    get examined() {
      return count.examined
    },
    add({ examined, purged }: Pick<ExaminedPage, 'examined' | 'purged'>): void {
      count.examined += examined
      count.purged += purged
      if (performance.now() - reportedAt >= REPORT_MILLISECONDS) report('under way')
    },
    close(end: SweepOutcome['end'], fault: unknown): SweepOutcome {
      if (count.purged > 0 || end !== 'complete') report(end)
      return { name, ...count, end, fault }
    },
  }
}
